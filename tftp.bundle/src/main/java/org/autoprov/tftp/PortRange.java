// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

/**
 * UDP ports that transfers may use.
 *
 * @param low the first, 1 to 65535; 0 when any will do
 * @param high the last
 */
record PortRange(int low, int high) {

    static final PortRange ANY = new PortRange(0, 0);

    private static final int MOST = 65_535;

    /**
     * Reads {@code LOW-HIGH}; empty text is any.
     *
     * @throws IllegalArgumentException in one line
     */
    static PortRange parse(String text) {
        String stripped = text == null ? "" : text.strip();
        if (stripped.isEmpty()) {
            return ANY;
        }
        int dash = stripped.indexOf('-');
        int low = dash < 0 ? -1 : port(stripped.substring(0, dash).strip());
        int high = dash < 0 ? -1 : port(stripped.substring(dash + 1).strip());
        if (low < 1 || high < low) {
            throw new IllegalArgumentException("tftp.ports is " + stripped
                    + "; allowed are LOW-HIGH with ports from 1 to 65535, or nothing for any port");
        }
        return new PortRange(low, high);
    }

    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int port = Integer.parseInt(text);
        return port <= MOST ? port : -1;
    }

    boolean isAny() {
        return low == 0;
    }

    int size() {
        return isAny() ? MOST : high - low + 1;
    }
}
