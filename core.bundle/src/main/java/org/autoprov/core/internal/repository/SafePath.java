// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

/** Paths below a folder, as archives and descriptors name them. */
final class SafePath {

    private static final int MAX_PATH = 400;
    private static final int MAX_NAME = 200;
    private static final int MAX_DEPTH = 16;

    private SafePath() {}

    /**
     * The path without empty and {@code .} elements.
     *
     * @throws IllegalArgumentException when it is absolute, leads upwards, or has what file systems do not take
     */
    static String of(String path) {
        if (path.startsWith("/") || path.indexOf('\\') >= 0 || path.matches("[A-Za-z]:.*")) {
            throw refused(path, "is not relative");
        }
        if (path.length() > MAX_PATH) {
            throw refused(path, "is longer than " + MAX_PATH + " characters");
        }
        StringBuilder result = new StringBuilder();
        int depth = 0;
        for (String name : path.split("/")) {
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..") || name.length() > MAX_NAME || ++depth > MAX_DEPTH) {
                throw refused(path, name.equals("..") ? "leads out of its folder" : "is too long or too deep");
            }
            result.append(result.length() == 0 ? "" : "/").append(name);
        }
        if (result.length() == 0
                || path.chars().anyMatch(c -> c < ' ' || c == 127 || Character.isSurrogate((char) c))) {
            throw refused(path, "is no name of a file");
        }
        return result.toString();
    }

    private static IllegalArgumentException refused(String path, String why) {
        return new IllegalArgumentException("the path \"" + ParameterRules.masked(path) + "\" " + why);
    }
}
