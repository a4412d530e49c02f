// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A datagram of RFC 1350, with the options of RFC 2347. Reading one is total: no input throws. */
sealed interface Packet {

    int READ = 1;
    int WRITE = 2;
    int DATA = 3;
    int ACK = 4;
    int ERROR = 5;
    int OACK = 6;

    /** RFC 2347 allows a request 512 octets; some clients with long paths go beyond. */
    int LONGEST_REQUEST = 1_500;

    /** Octets before the content of a DATA packet. */
    int DATA_HEADER = 4;

    /**
     * RRQ or WRQ.
     *
     * @param write whether the phone wants to send the file
     * @param file as it stands in the packet
     * @param mode in lower case
     * @param options names in lower case, in their order
     */
    record Request(boolean write, String file, String mode, Map<String, String> options) implements Packet {}

    /**
     * DATA.
     *
     * @param block 0 to 65535
     * @param bytes a view of the datagram: valid until the next one is received
     */
    record Data(int block, ByteBuffer bytes) implements Packet {}

    /**
     * ACK.
     *
     * @param block 0 to 65535
     */
    record Ack(int block) implements Packet {}

    /**
     * ERROR.
     *
     * @param code 0 to 65535
     * @param message as it came, not fit for a log
     */
    record Failure(int code, String message) implements Packet {}

    /**
     * OACK; only a server sends one.
     *
     * @param options names in lower case, in their order
     */
    record OptionAck(Map<String, String> options) implements Packet {}

    /**
     * Reads a datagram from its position to its limit.
     *
     * @return null when it is none of the six, or malformed
     */
    static Packet parse(ByteBuffer datagram) {
        if (datagram.remaining() < 2) {
            return null;
        }
        int start = datagram.position();
        int end = datagram.limit();
        int operation = datagram.getShort(start) & 0xffff;
        int body = start + 2;
        switch (operation) {
            case READ, WRITE:
                return end - start > LONGEST_REQUEST ? null : request(operation == WRITE, datagram, body, end);
            case DATA:
                return end - body < 2
                        ? null
                        : new Data(block(datagram, body), datagram.slice(body + 2, end - body - 2));
            case ACK:
                return end - body < 2 ? null : new Ack(block(datagram, body));
            case ERROR:
                return end - body < 2 ? null : new Failure(block(datagram, body), message(datagram, body + 2, end));
            case OACK:
                Map<String, String> options = end - start > LONGEST_REQUEST ? null : options(datagram, body, end);
                return options == null ? null : new OptionAck(options);
            default:
                return null;
        }
    }

    private static int block(ByteBuffer datagram, int at) {
        return datagram.getShort(at) & 0xffff;
    }

    private static Packet request(boolean write, ByteBuffer datagram, int start, int end) {
        int fileEnd = nul(datagram, start, end);
        int modeEnd = fileEnd < 0 ? -1 : nul(datagram, fileEnd + 1, end);
        if (modeEnd < 0) {
            return null;
        }
        Map<String, String> options = options(datagram, modeEnd + 1, end);
        if (options == null) {
            return null;
        }
        String mode = text(datagram, fileEnd + 1, modeEnd).toLowerCase(Locale.ROOT);
        return new Request(write, text(datagram, start, fileEnd), mode, options);
    }

    /** Pairs of name and value, each ended by a NUL; null when one is cut off or given twice. */
    private static Map<String, String> options(ByteBuffer datagram, int start, int end) {
        if (start == end) {
            return Map.of();
        }
        Map<String, String> options = new LinkedHashMap<>();
        int at = start;
        while (at < end) {
            int nameEnd = nul(datagram, at, end);
            int valueEnd = nameEnd < 0 ? -1 : nul(datagram, nameEnd + 1, end);
            if (valueEnd < 0) {
                return null;
            }
            String name = text(datagram, at, nameEnd).toLowerCase(Locale.ROOT);
            if (options.put(name, text(datagram, nameEnd + 1, valueEnd)) != null) {
                return null;
            }
            at = valueEnd + 1;
        }
        return options;
    }

    /** The text of an ERROR; some senders forget its NUL. */
    private static String message(ByteBuffer datagram, int start, int end) {
        int nul = nul(datagram, start, end);
        return text(datagram, start, nul < 0 ? end : nul);
    }

    private static int nul(ByteBuffer datagram, int start, int end) {
        for (int i = start; i < end; i++) {
            if (datagram.get(i) == 0) {
                return i;
            }
        }
        return -1;
    }

    /** UTF-8, and where it is not, ISO 8859-1: so each octet counts and none is lost. */
    private static String text(ByteBuffer datagram, int start, int end) {
        byte[] octets = new byte[end - start];
        datagram.get(start, octets);
        boolean ascii = true;
        for (byte octet : octets) {
            ascii &= octet >= 0;
        }
        if (!ascii) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(octets))
                        .toString();
            } catch (CharacterCodingException e) {
                // falls through: it is no UTF-8
            }
        }
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** Writes an ACK into the buffer, from its start. */
    static ByteBuffer ack(ByteBuffer buffer, int block) {
        return buffer.clear().putShort((short) ACK).putShort((short) block).flip();
    }

    /** Writes the head of a DATA packet; its content goes behind, and then the buffer is to be flipped. */
    static ByteBuffer dataHeader(ByteBuffer buffer, int block) {
        return buffer.clear().putShort((short) DATA).putShort((short) block);
    }

    /** Writes an ERROR into the buffer, from its start. */
    static ByteBuffer error(ByteBuffer buffer, int code, String message) {
        buffer.clear().putShort((short) ERROR).putShort((short) code);
        return buffer.put(message.getBytes(StandardCharsets.UTF_8))
                .put((byte) 0)
                .flip();
    }

    /** Writes an OACK into the buffer, from its start. */
    static ByteBuffer optionAck(ByteBuffer buffer, Map<String, String> options) {
        buffer.clear().putShort((short) OACK);
        options.forEach((name, value) -> {
            buffer.put(name.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
            buffer.put(value.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
        });
        return buffer.flip();
    }
}
