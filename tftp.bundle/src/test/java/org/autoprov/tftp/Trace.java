// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conversation, line by line:
 *
 * <pre>
 * > ACK 1                 the phone sends this: a request to port 69, else to where its last answer came from
 * > ACK 1 to 69           to port 69
 * other> ACK 1 to phone   another phone sends it to the port that serves the first one, which is called phone
 * > RAW 0004              octets, in hexadecimal
 * &lt; DATA 2 512            the server must send this next, before anything else to this phone
 * &lt; DATA 2 512 after 1000 and no sooner than so many milliseconds after the line before, at most a tenth later
 * &lt; nothing 300           it sends nothing for so many milliseconds
 * ~ 1 to 65534 of 8       for each of these blocks: &lt; DATA n 8, > ACK n
 * ~ 1 to 65532 of 8 by 4  the same in windows of four
 * </pre>
 */
final class Trace {

    private static final Pattern LINE = Pattern.compile("(\\w*)([<>]) (.*)");
    private static final Pattern MANY = Pattern.compile("~ (\\d+) to (\\d+) of (\\d+)(?: by (\\d+))?");
    private static final int PATIENCE_MILLIS = 20_000;

    private final VirtualServer server;
    private final Map<String, Side> sides = new HashMap<>();

    private static final class Side {
        final InetSocketAddress address;
        final ArrayDeque<MemoryNetwork.Datagram> received = new ArrayDeque<>();
        int tid = VirtualServer.PORT;

        Side(InetSocketAddress address) {
            this.address = address;
        }
    }

    Trace(VirtualServer server) {
        this.server = server;
        side("phone");
    }

    private Side side(String name) {
        return sides.computeIfAbsent(
                name.isEmpty() ? "phone" : name,
                key -> new Side(new InetSocketAddress("198.51.100." + (sides.size() + 1), 40_000)));
    }

    void play(String line) {
        Matcher many = MANY.matcher(line);
        Matcher one = LINE.matcher(line);
        if (many.matches()) {
            int window = many.group(4) == null ? 1 : Integer.parseInt(many.group(4));
            for (int block = Integer.parseInt(many.group(1)); block <= Integer.parseInt(many.group(2)); block++) {
                expect(side(""), "DATA " + (block & 0xffff) + ' ' + many.group(3));
                if (block % window == 0) {
                    send(side(""), "ACK " + (block & 0xffff));
                }
            }
        } else if (!one.matches()) {
            throw new IllegalArgumentException(line);
        } else if (one.group(2).equals(">")) {
            send(side(one.group(1)), one.group(3));
        } else {
            expect(side(one.group(1)), one.group(3));
        }
    }

    private void send(Side side, String text) {
        String[] parts = text.split(" to ", 2);
        boolean request = text.startsWith("RRQ") || text.startsWith("WRQ");
        int port = request ? VirtualServer.PORT : side.tid;
        if (parts.length == 2) {
            port = parts[1].equals("69") ? VirtualServer.PORT : side(parts[1]).tid;
        }
        server.deliver(side.address, port, Phone.packet(parts[0]));
    }

    private void expect(Side side, String text) {
        long start = server.millis();
        if (text.startsWith("nothing ")) {
            assertThat(receive(side, Integer.parseInt(text.substring(8))))
                    .as(text)
                    .isNull();
            return;
        }
        String[] parts = text.split(" after ", 2);
        assertThat(receive(side, PATIENCE_MILLIS)).isEqualTo(parts[0]);
        long least = parts.length == 2 ? Long.parseLong(parts[1]) : 0;
        if (parts.length == 2) {
            assertThat(server.millis() - start).as(text).isBetween(least, least + least / 10 + 20);
        }
    }

    private String receive(Side side, int millis) {
        for (long end = server.millis() + millis; ; server.tick()) {
            deal();
            MemoryNetwork.Datagram next = side.received.poll();
            if (next != null) {
                String words = Phone.words(next.bytes());
                side.tid = words.startsWith("ERROR 5") ? side.tid : next.from().getPort();
                return words;
            }
            if (server.millis() >= end) {
                return null;
            }
        }
    }

    private void deal() {
        for (var next = server.network.sent.poll(); next != null; next = server.network.sent.poll()) {
            for (Side side : sides.values()) {
                if (side.address.equals(next.to())) {
                    side.received.add(next);
                }
            }
        }
    }

    /** Nothing that was sent is left over. */
    void isOver() {
        deal();
        sides.forEach((name, side) -> assertThat(side.received.stream()
                        .map(each -> Phone.words(each.bytes()))
                        .toList())
                .as("left over at " + name)
                .isEmpty());
    }
}
