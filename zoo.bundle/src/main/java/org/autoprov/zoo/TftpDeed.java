// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Packets that no sane phone sends over TFTP.
 *
 * @param name shown
 * @param packets sent to the listening port, one after the other
 * @param afterwards sent to the port that answers, if one does
 * @param silent whether any answer is wrong; else only one that accepts
 */
record TftpDeed(String name, List<byte[]> packets, List<byte[]> afterwards, boolean silent) {

    private static final int RRQ = 1;
    private static final int WRQ = 2;
    private static final int DATA = 3;
    private static final int ACK = 4;
    private static final int ERROR = 5;
    private static final int OACK = 6;
    /** What UDP over IPv4 can carry. */
    private static final int LARGEST = 65_507;

    private static final String MISSING = "no-such-file.cfg";

    private static TftpDeed of(String name, byte[]... packets) {
        return new TftpDeed(name, List.of(packets), List.of(), false);
    }

    /** All of them. */
    static List<TftpDeed> all() {
        List<TftpDeed> deeds = new ArrayList<>();
        malformed(deeds);
        names(deeds);
        options(deeds);
        strays(deeds);
        return deeds;
    }

    private static void malformed(List<TftpDeed> deeds) {
        deeds.add(of("an empty packet", new byte[0]));
        deeds.add(of("one byte", new byte[] {0}));
        for (int opcode : List.of(0, 7, 255, 256, 65535)) {
            deeds.add(of("opcode " + opcode, packet(opcode, MISSING + "\0octet\0")));
        }
        deeds.add(of("a request of two bytes", packet(RRQ, "")));
        deeds.add(of("a request with an empty name", packet(RRQ, "\0octet\0")));
        deeds.add(of("a request without any NUL", packet(RRQ, MISSING)));
        deeds.add(of("a request without a mode", packet(RRQ, MISSING + "\0")));
        deeds.add(of("a request whose mode does not end", packet(RRQ, MISSING + "\0octet")));
        deeds.add(of("an option whose value does not end", packet(RRQ, MISSING + "\0octet\0blksize\0001400")));
        deeds.add(of("an option without a value", packet(RRQ, MISSING + "\0octet\0blksize\0")));
        deeds.add(of("nothing but NULs", packet(RRQ, "\0".repeat(500))));
        deeds.add(of("noise", noise(4096)));
        deeds.add(of("noise as large as a packet can be", noise(LARGEST)));
        deeds.add(of("a request without end", packet(RRQ, "a".repeat(LARGEST - 2))));
        deeds.add(of("a name of 60,000 characters", request(RRQ, "a".repeat(60_000), "octet")));
    }

    private static void names(List<TftpDeed> deeds) {
        for (String name : List.of(
                "../../../../etc/passwd",
                "/../../../../etc/passwd",
                "..\\..\\..\\etc\\passwd",
                "/etc/passwd",
                "./../autoprov.db",
                "%2e%2e/%2e%2e/etc/passwd",
                "a/../../../etc/passwd",
                "\u0001\u0002\u001b[31m\u0007",
                "a\r\nb.cfg",
                "\u00ff\u00fe.cfg",
                "C:\\boot.ini",
                "//host/share",
                ".",
                "/")) {
            deeds.add(of("RRQ " + Report.printable(name), request(RRQ, name, "octet")));
        }
        for (String mode : List.of("netascii", "mail", "binary", "", "octet\u001b", "o".repeat(10_000))) {
            deeds.add(of(
                    "mode " + Report.printable(mode.substring(0, Math.min(20, mode.length()))),
                    request(RRQ, MISSING, mode)));
        }
        for (String name : List.of("../../owned", "/etc/owned", "unknown.bin", "\u0000x", "a".repeat(1000))) {
            deeds.add(of(
                    "WRQ " + Report.printable(name.substring(0, Math.min(40, name.length()))),
                    request(WRQ, name, "octet")));
        }
        deeds.add(of("WRQ of a terabyte", request(WRQ, "unknown.bin", "octet", "tsize", "1099511627776")));
    }

    private static void options(List<TftpDeed> deeds) {
        for (String option : List.of("blksize", "windowsize", "timeout", "tsize", "multicast", "rollover", "")) {
            List<byte[]> packets = new ArrayList<>();
            for (String value :
                    List.of("0", "-1", "7", "65536", "9".repeat(400), "1e3", "0x10", "ten", "", "\u001b", " 512")) {
                packets.add(request(RRQ, MISSING, "octet", option, value));
            }
            deeds.add(new TftpDeed("nonsense for the option \"" + option + "\"", packets, List.of(), false));
        }
        deeds.add(of("an option twice", request(RRQ, MISSING, "octet", "blksize", "1024", "blksize", "8")));
        String[] many = new String[8000];
        Arrays.setAll(many, i -> i % 2 == 0 ? "o" + i : "1");
        deeds.add(of("4,000 options", request(RRQ, MISSING, "octet", many)));
    }

    private static void strays(List<TftpDeed> deeds) {
        byte[] data = packet(DATA, "\0\1hello");
        byte[] ack = packet(ACK, "\0\7");
        byte[] error = packet(ERROR, "\0\5unknown transfer ID\0");
        byte[] oack = packet(OACK, "blksize\0001024\0");
        deeds.add(of("DATA to the listening port", data, packet(DATA, "\0\0"), packet(DATA, "")));
        deeds.add(of("ACK of blocks that nobody sent", ack, packet(ACK, "\u00ff\u00ff"), packet(ACK, "\0")));
        deeds.add(of("OACK to the listening port", oack, packet(OACK, "")));
        // An ERROR is never answered (RFC 1350), or two machines would answer each other for ever.
        deeds.add(new TftpDeed("ERROR to the listening port", List.of(error, packet(ERROR, "")), List.of(), true));
        byte[] request = request(RRQ, MISSING, "octet");
        deeds.add(new TftpDeed(
                "a transfer that is over goes on",
                List.of(request),
                List.of(ack, packet(ACK, "\u00ff\u00ff"), data, oack, request, error, noise(64), new byte[0]),
                false));
        deeds.add(new TftpDeed(
                "an upload that is refused goes on",
                List.of(request(WRQ, "unknown.bin", "octet")),
                List.of(data),
                false));
        deeds.add(new TftpDeed("the same request 1,000 times", Collections.nCopies(1000, request), List.of(), false));
    }

    /** A request with options: name, value, name, value. */
    static byte[] request(int opcode, String name, String mode, String... options) {
        return packet(
                opcode, name + "\0" + mode + "\0" + (options.length == 0 ? "" : String.join("\0", options) + "\0"));
    }

    /** Each character is a byte. */
    private static byte[] packet(int opcode, String rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(opcode >> 8);
        bytes.write(opcode);
        bytes.writeBytes(rest.getBytes(StandardCharsets.ISO_8859_1));
        return bytes.toByteArray();
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        noise[0] = 9; // no opcode
        return noise;
    }
}
