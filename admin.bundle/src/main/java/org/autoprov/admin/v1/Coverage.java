// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Whether whoever has an access has all of what a pattern stands for. An identity service tells of single accesses only, so
 * it is asked about some that nobody can foresee: what lets a random piece pass lets any piece pass there, since it must be
 * a {@code *} or a {@code #}.
 */
final class Coverage {

    /**
     * Patterns have at most 256 characters, so fewer pieces than this: one that lets so many random pieces in a row pass has
     * a {@code #} among them, and lets any greater number pass.
     */
    private static final int MANY = 130;

    private Coverage() {}

    /**
     * @param has whether an access without wildcards is there
     * @param pattern {@code *} stands for one piece, {@code #} for one or more; of several {@code #}, all from the first to
     *     the last is taken as a single one, which asks for more than the pattern gives, never for less
     */
    static boolean covers(Predicate<String> has, String pattern) {
        List<String> pieces = new ArrayList<>(List.of(pattern.split("\\.", -1)));
        pieces.replaceAll(piece -> piece.equals("*") ? random() : piece);
        int first = pieces.indexOf("#");
        if (first < 0) {
            return has.test(String.join(".", pieces));
        }
        List<String> before = pieces.subList(0, first);
        List<String> after = pieces.subList(pieces.lastIndexOf("#") + 1, pieces.size());
        List<String> any = new ArrayList<>();
        while (any.size() < MANY) {
            any.add(random());
            List<String> access = new ArrayList<>(before);
            access.addAll(any);
            access.addAll(after);
            if (!has.test(String.join(".", access))) {
                return false;
            }
        }
        return true;
    }

    private static String random() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
