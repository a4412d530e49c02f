// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.util.ArrayList;
import java.util.List;

/** Turns the file name of a request into the path that core gets. */
final class FileName {

    private FileName() {}

    /**
     * Without leading slashes, empty segments and dots; two dots take the segment before them away. A back slash counts
     * as a slash: Cisco's soft phone asks for {@code Communicator\…}.
     *
     * @return null when it leads out of the root, or holds a control character
     */
    static String normalise(String asked) {
        String name = asked.replace('\\', '/');
        boolean plain = true;
        char before = '/';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c >= 0x7f && c < 0xa0 || Character.isSurrogate(c)) {
                return null;
            }
            plain &= before != '/' || c != '/' && c != '.';
            before = c;
        }
        return plain ? name : segments(name);
    }

    private static String segments(String name) {
        List<String> kept = new ArrayList<>();
        String[] segments = name.split("/", -1);
        for (String segment : segments) {
            if (segment.equals("..")) {
                if (kept.isEmpty()) {
                    return null;
                }
                kept.remove(kept.size() - 1);
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.add(segment);
            }
        }
        String path = String.join("/", kept);
        // A slash at the end asks for a folder; core says no to that.
        return segments[segments.length - 1].isEmpty() && !path.isEmpty() ? path + '/' : path;
    }
}
