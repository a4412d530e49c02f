// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What both sides agreed on for one transfer (RFC 2347, 2348, 2349, 7440).
 *
 * @param netascii whether line ends are translated
 * @param blockSize octets of content in each full DATA packet, 8 to 65464
 * @param window DATA packets before an ACK, 1 or more
 * @param timeoutSeconds time to a retransmission; 0 when the phone leaves it to the server
 * @param answer options to acknowledge; empty when the phone asked for none that is known
 */
record Terms(boolean netascii, int blockSize, int window, int timeoutSeconds, Map<String, String> answer) {

    static final int LEAST_BLOCK = 8;
    static final int MOST_BLOCK = 65_464;

    /** Without the option, RFC 1350. */
    static final int DEFAULT_BLOCK = 512;

    private static final int MOST_SECONDS = 255;
    private static final int MOST_WINDOW = 65_535;

    static boolean isKnownMode(Packet.Request request) {
        return request.mode().equals("octet") || request.mode().equals("netascii");
    }

    /** Whether a block size that is asked for is one. A request with one that is not gets no answer. */
    static boolean isSane(Packet.Request request) {
        String text = request.options().get("blksize");
        return text == null || number(text, LEAST_BLOCK, MOST_BLOCK) >= 0;
    }

    /**
     * The server's answer: never more than the phone asked for. Options with senseless values are left out, as unknown
     * ones are.
     *
     * @param mostBlock what the path and the settings allow, octets
     * @param mostWindow packets
     * @param size of the file that is sent, octets; negative when it is not known
     */
    static Terms of(Packet.Request request, int mostBlock, int mostWindow, long size) {
        boolean netascii = request.mode().equals("netascii");
        if (request.options().isEmpty()) {
            return new Terms(netascii, DEFAULT_BLOCK, 1, 0, Map.of());
        }
        int block = DEFAULT_BLOCK;
        int window = 1;
        int seconds = 0;
        Map<String, String> answer = new LinkedHashMap<>();
        for (Map.Entry<String, String> option : request.options().entrySet()) {
            String value = option.getValue();
            switch (option.getKey()) {
                case "blksize" -> {
                    block = (int) Math.min(mostBlock, number(value, LEAST_BLOCK, MOST_BLOCK));
                    answer.put("blksize", Integer.toString(block));
                }
                case "windowsize" -> {
                    long asked = number(value, 1, MOST_WINDOW);
                    if (asked > 0) {
                        window = (int) Math.min(mostWindow, asked);
                        answer.put("windowsize", Integer.toString(window));
                    }
                }
                case "timeout" -> {
                    long asked = number(value, 1, MOST_SECONDS);
                    if (asked > 0) {
                        seconds = (int) asked;
                        answer.put("timeout", Integer.toString(seconds));
                    }
                }
                case "tsize" -> tsize(request, size, answer);
                default -> {} // RFC 2347: what is not understood is not acknowledged
            }
        }
        return new Terms(netascii, block, window, seconds, answer);
    }

    /** The size in netascii is only known at the end, so there it is left out. */
    private static void tsize(Packet.Request request, long size, Map<String, String> answer) {
        long announced = announcedSize(request);
        if (request.write()) {
            if (announced >= 0) {
                answer.put("tsize", Long.toString(announced));
            }
        } else if (size >= 0 && announced >= 0 && request.mode().equals("octet")) {
            answer.put("tsize", Long.toString(size));
        }
    }

    /** The option tsize, octets; negative when there is none that is a number. */
    static long announcedSize(Packet.Request request) {
        String text = request.options().get("tsize");
        return text == null ? -1 : number(text, 0, Long.MAX_VALUE);
    }

    private static long number(String text, long least, long most) {
        if (text.isEmpty() || text.length() > 18) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value >= least && value <= most ? value : -1;
    }
}
