// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.autoprov.zoo.phone.Target;

/**
 * A phone gone mad over TFTP. After each deed the server must have answered with an ERROR or not at all, shown
 * nothing of its insides, and still tell a sane phone that a file is missing.
 */
final class TftpMisbehaviour {

    private static final int RRQ = 1;
    private static final int WRQ = 2;
    private static final int DATA = 3;
    private static final int ACK = 4;
    private static final int ERROR = 5;
    private static final int OACK = 6;

    /** A sane phone asks so often, and waits so long each time: a flood may drown a request. */
    private static final int ATTEMPTS = 4;

    private static final int WAIT_MILLIS = 500;
    /** How long a wrong answer may take after a sane request was answered. */
    private static final int LATE_MILLIS = 60;

    private static final int FLOOD = 200;
    private static final int MAX_ANSWER = 65_535;

    private final Target target;
    private final Verdicts verdicts;
    private int asked;

    TftpMisbehaviour(Target target, PrintStream out) {
        this.target = target;
        this.verdicts = new Verdicts(out);
    }

    /** Tries everything; false when the server failed at something. */
    boolean run() {
        Optional<String> before = serves();
        if (before.isPresent()) {
            verdicts.tell("TFTP: a sane request", before, 0);
            return false;
        }
        for (TftpDeed deed : TftpDeed.all()) {
            long start = System.nanoTime();
            verdicts.tell("TFTP: " + deed.name(), send(deed), start);
        }
        for (int opcode : List.of(RRQ, WRQ)) {
            long start = System.nanoTime();
            String name = opcode == RRQ ? "RRQ" : "WRQ";
            verdicts.tell("TFTP: " + FLOOD + " phones send " + name + " and fall silent", flood(opcode), start);
        }
        return verdicts.conclude();
    }

    /** Does it; what was wrong with the reaction, or empty. */
    private Optional<String> send(TftpDeed deed) {
        try (DatagramSocket socket = new DatagramSocket()) {
            InetSocketAddress server = server();
            for (byte[] packet : deed.packets()) {
                transmit(socket, packet, server);
            }
            Optional<String> wrong = Optional.empty();
            if (!deed.afterwards().isEmpty()) {
                Optional<DatagramPacket> first = receive(socket, WAIT_MILLIS);
                wrong = first.flatMap(answer -> judge(answer, deed.silent()));
                if (first.isPresent()) {
                    for (byte[] packet : deed.afterwards()) {
                        transmit(socket, packet, (InetSocketAddress) first.get().getSocketAddress());
                    }
                }
            }
            Optional<String> sane = serves();
            return wrong.or(() -> sane).or(() -> answers(socket, deed));
        } catch (IOException e) {
            return Optional.of("a sane request failed: " + e.getMessage());
        }
    }

    /** What is wrong with the answers that came to a deed. */
    private static Optional<String> answers(DatagramSocket socket, TftpDeed deed) {
        int most = deed.packets().size() + deed.afterwards().size();
        int count = 0;
        Optional<DatagramPacket> answer = receive(socket, LATE_MILLIS);
        while (answer.isPresent()) {
            Optional<String> wrong = judge(answer.get(), deed.silent());
            if (wrong.isPresent()) {
                return wrong;
            }
            if (++count > most) {
                return Optional.of("more answers than packets");
            }
            answer = receive(socket, 1);
        }
        return Optional.empty();
    }

    private static Optional<String> judge(DatagramPacket answer, boolean silent) {
        byte[] bytes = Arrays.copyOf(answer.getData(), answer.getLength());
        int opcode = bytes.length < 4 || bytes[0] != 0 ? 0 : bytes[1];
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (silent) {
            return Optional.of("answered with opcode " + opcode);
        }
        return switch (opcode) {
            case DATA -> Optional.of("served with DATA");
            case ACK, OACK -> Optional.of("accepted with " + (opcode == ACK ? "ACK" : "OACK"));
            case ERROR ->
                bytes.length < 5 || text.indexOf('\0', 4) != bytes.length - 1
                        ? Optional.of("an ERROR whose message does not end with one NUL")
                        : Verdicts.insides(text);
            default -> Optional.of("an answer that is not TFTP");
        };
    }

    /** What is wrong with the answer to a request for a file that is not there. */
    private Optional<String> serves() {
        byte[] request = TftpDeed.request(RRQ, "no-such-file-" + ++asked + ".cfg", "octet");
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                transmit(socket, request, server());
                Optional<DatagramPacket> answer = receive(socket, WAIT_MILLIS);
                if (answer.isPresent()) {
                    byte[] bytes = answer.get().getData();
                    return bytes[1] == ERROR && (bytes[2] != 0 || bytes[3] != 1)
                            ? Optional.of("a missing file is error " + ((bytes[2] & 0xff) << 8 | bytes[3] & 0xff))
                            : judge(answer.get(), false);
                }
            }
            return Optional.of("a sane request got no answer within " + ATTEMPTS * WAIT_MILLIS / 1000 + " s");
        } catch (IOException e) {
            return Optional.of("a sane request failed: " + e.getMessage());
        }
    }

    /** Many phones begin a transfer and never react. */
    private Optional<String> flood(int opcode) {
        List<DatagramSocket> open = new ArrayList<>();
        try {
            for (int i = 0; i < FLOOD; i++) {
                DatagramSocket socket = new DatagramSocket();
                open.add(socket);
                transmit(socket, TftpDeed.request(opcode, "flood-" + i + ".cfg", "octet", "blksize", "1024"), server());
            }
            return serves();
        } catch (IOException e) {
            return Optional.of("a sane request failed: " + e.getMessage());
        } finally {
            open.forEach(DatagramSocket::close);
        }
    }

    private InetSocketAddress server() throws IOException {
        InetSocketAddress server = new InetSocketAddress(target.host(), target.port());
        if (server.isUnresolved()) {
            throw new IOException("unknown host: " + target.host());
        }
        return server;
    }

    private static void transmit(DatagramSocket socket, byte[] bytes, InetSocketAddress to) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static Optional<DatagramPacket> receive(DatagramSocket socket, int waitMillis) {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_ANSWER], MAX_ANSWER);
        try {
            socket.setSoTimeout(waitMillis);
            socket.receive(packet);
            return Optional.of(packet);
        } catch (IOException e) {
            return Optional.empty(); // a timeout; the system's word that nobody listens counts as silence, too
        }
    }
}
