// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.access;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a token may do, as pieces with dots between: {@code *} matches exactly one piece, {@code #} one or more, any other
 * itself. Immutable.
 */
final class AccessPattern {

    static final int MAX_LENGTH = 256;
    private static final Pattern SYNTAX =
            Pattern.compile("(\\*|#|[A-Za-z0-9_{}@:~-]+)(\\.(\\*|#|[A-Za-z0-9_{}@:~-]+))*");

    private final String text;
    private final List<String> pieces;

    /** @throws IllegalArgumentException when it is not written like that, or longer than {@link #MAX_LENGTH} */
    AccessPattern(String text) {
        if (text == null || text.length() > MAX_LENGTH || !SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "an access pattern is pieces of letters, digits, - and _ with dots between; * is one piece, # any rest");
        }
        this.text = text;
        this.pieces = pieces(text);
    }

    private static List<String> pieces(String text) {
        return List.of(text.split("\\.", -1));
    }

    /**
     * Whether this access, such as {@code provd.dev_mgr.read}, is granted. Takes time in proportion to both lengths'
     * product at most, whatever the pattern.
     */
    boolean matches(String access) {
        List<String> wanted = pieces(access);
        int p = 0;
        int w = 0;
        int afterHash = -1; // where to go on when what follows the last # does not fit
        int taken = 0; // how far that # reaches
        while (w < wanted.size()) {
            String piece = p < pieces.size() ? pieces.get(p) : null;
            if ("#".equals(piece)) {
                afterHash = ++p;
                taken = ++w;
            } else if (piece != null && (piece.equals("*") || piece.equals(wanted.get(w)))) {
                p++;
                w++;
            } else if (afterHash >= 0) {
                p = afterHash;
                w = ++taken;
            } else {
                return false;
            }
        }
        return p == pieces.size();
    }

    @Override
    public String toString() {
        return text;
    }
}
