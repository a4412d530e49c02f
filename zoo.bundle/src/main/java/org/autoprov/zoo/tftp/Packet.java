// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.tftp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A TFTP packet (RFC 1350, RFC 2347), read strictly. Texts are UTF-8; Latin-1 where they are not. */
sealed interface Packet {

    int RRQ = 1;
    int WRQ = 2;
    int DATA = 3;
    int ACK = 4;
    int ERROR = 5;
    int OACK = 6;

    /** How many bytes come before a block's content. */
    int DATA_HEAD = 4;

    /** The bytes to send. */
    byte[] bytes();

    /** Bytes that a phone cannot read. */
    final class Malformed extends IOException {
        private static final long serialVersionUID = 1;

        private final int code;

        Malformed(String message) {
            this(Failure.ILLEGAL_OPERATION, message);
        }

        Malformed(int code, String message) {
            super(message);
            this.code = code;
        }

        /** With what the phone turns the server down. */
        Failure reply() {
            return new Failure(code, getMessage());
        }
    }

    /**
     * A request.
     *
     * @param write whether it is a WRQ
     * @param options in the order they are sent
     */
    record Request(boolean write, String name, String mode, Map<String, String> options) implements Packet {
        @Override
        public byte[] bytes() {
            List<String> texts = new ArrayList<>(List.of(name, mode));
            options.forEach((option, value) -> texts.addAll(List.of(option, value)));
            return join(write ? WRQ : RRQ, texts);
        }
    }

    /** @param block 0 to 65535 */
    record Data(int block, byte[] content) implements Packet {
        @Override
        public byte[] bytes() {
            byte[] bytes = Arrays.copyOf(head(DATA, block), DATA_HEAD + content.length);
            System.arraycopy(content, 0, bytes, DATA_HEAD, content.length);
            return bytes;
        }
    }

    /** @param block 0 to 65535 */
    record Ack(int block) implements Packet {
        @Override
        public byte[] bytes() {
            return head(ACK, block);
        }
    }

    /** @param code 0 to 65535 */
    record Failure(int code, String message) implements Packet {
        static final int FILE_NOT_FOUND = 1;
        static final int ILLEGAL_OPERATION = 4;
        static final int UNKNOWN_TRANSFER_ID = 5;
        static final int BAD_OPTION = 8;

        @Override
        public byte[] bytes() {
            byte[] text = message.getBytes(StandardCharsets.UTF_8);
            byte[] bytes = Arrays.copyOf(head(ERROR, code), DATA_HEAD + text.length + 1);
            System.arraycopy(text, 0, bytes, DATA_HEAD, text.length);
            return bytes;
        }
    }

    /** @param texts option, value, option, value, as they came */
    record OptionAck(List<String> texts) implements Packet {
        @Override
        public byte[] bytes() {
            return join(OACK, texts);
        }
    }

    /**
     * Reads a packet that a server may send: no request.
     *
     * @param bytes the whole datagram
     * @return the packet
     * @throws Malformed when it is none; the message is fit for an administrator
     */
    static Packet read(byte[] bytes) throws Malformed {
        if (bytes.length < DATA_HEAD - 2) {
            throw new Malformed("a packet of " + bytes.length + " bytes");
        }
        int opcode = word(bytes, 0);
        if (opcode == OACK) {
            return new OptionAck(pairs(bytes));
        }
        if (opcode < DATA || opcode > OACK) {
            throw new Malformed("a packet with opcode " + opcode);
        }
        if (bytes.length < DATA_HEAD || opcode == ACK && bytes.length > DATA_HEAD) {
            throw new Malformed("a packet with opcode " + opcode + " of " + bytes.length + " bytes");
        }
        int number = word(bytes, 2);
        return switch (opcode) {
            case DATA -> new Data(number, Arrays.copyOfRange(bytes, DATA_HEAD, bytes.length));
            case ACK -> new Ack(number);
            default -> new Failure(number, message(bytes));
        };
    }

    private static String message(byte[] bytes) throws Malformed {
        int end = DATA_HEAD;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        if (end != bytes.length - 1) {
            throw new Malformed("an error whose message does not end with one NUL");
        }
        return text(bytes, DATA_HEAD, end);
    }

    private static List<String> pairs(byte[] bytes) throws Malformed {
        List<String> texts = new ArrayList<>();
        int start = 2;
        for (int i = 2; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                texts.add(text(bytes, start, i));
                start = i + 1;
            }
        }
        if (start != bytes.length || texts.size() % 2 != 0) {
            throw new Malformed("an OACK that is not made of pairs that end with NUL");
        }
        return texts;
    }

    private static String text(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return text.indexOf('\ufffd') < 0 ? text : new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    private static byte[] head(int opcode, int number) {
        return new byte[] {0, (byte) opcode, (byte) (number >> 8), (byte) number};
    }

    private static byte[] join(int opcode, List<String> texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.write(opcode);
        for (String text : texts) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
        }
        return bytes.toByteArray();
    }
}
