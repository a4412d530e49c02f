// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.tftp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** One WRQ: sends blocks by windows, goes on where the server acknowledges. For one thread. */
final class Upload {

    private final Wire wire;
    private final Wishes wishes;
    private final byte[] content;
    private final Map<String, String> asked;
    private Terms terms = Terms.PLAIN;
    private boolean accepted;
    /** The first block that is not acknowledged, from 1, and how many were sent from there on. */
    private int first = 1;

    private int sent;
    private boolean over;

    Upload(Wire wire, Wishes wishes, byte[] content) {
        this.wire = wire;
        this.wishes = wishes;
        this.content = wishes.netAscii() ? NetAscii.encode(content) : content;
        this.asked = wishes.options(this.content.length);
    }

    Result run(String name) throws IOException {
        wire.send(new Packet.Request(true, name, wishes.mode(), asked));
        while (!over) {
            Packet packet = wire.receive();
            if (packet instanceof Packet.Failure failure) {
                return result(OptionalInt.of(failure.code()), failure.message());
            } else if (packet instanceof Packet.OptionAck oack) {
                agree(oack);
            } else if (packet instanceof Packet.Ack ack) {
                take(ack);
            } else {
                wire.defects().add("DATA to a write request");
            }
        }
        return result(OptionalInt.empty(), "");
    }

    private Result result(OptionalInt error, String message) {
        return new Result(error, message, new byte[0], List.copyOf(wire.defects()), wire.millis());
    }

    private void agree(Packet.OptionAck oack) throws IOException {
        if (asked.isEmpty()) {
            throw new Packet.Malformed("an OACK though no option was asked for");
        }
        if (!accepted) {
            terms = Terms.of(oack, asked, wire.defects());
            wire.agree(terms.timeoutSeconds());
            if (terms.transferSize().orElse(content.length) != content.length) {
                wire.defects().add("an OACK with another tsize than was asked");
            }
            accepted = true;
            sendWindow();
        }
    }

    private void take(Packet.Ack ack) throws IOException {
        int acknowledged = ack.block() - (first - 1) & 0xffff;
        if (!accepted && acknowledged == 0) {
            accepted = true;
            sendWindow();
        } else if (acknowledged > 0 && acknowledged <= sent) {
            first += acknowledged;
            over = first > total();
            if (!over) {
                sendWindow();
            }
        } else if (acknowledged > sent && acknowledged < 1 << 15) {
            wire.defects().add("an ACK of block " + ack.block() + ", which was not sent");
        }
        // Another ACK of the same block is passed over: to answer it would double each packet from here on.
    }

    private int total() {
        return content.length / terms.blockSize() + 1;
    }

    private void sendWindow() throws IOException {
        List<Packet> window = new ArrayList<>();
        for (int block = first; block <= total() && window.size() < terms.windowSize(); block++) {
            int from = (block - 1) * terms.blockSize();
            int to = Math.min(content.length, from + terms.blockSize());
            window.add(new Packet.Data(block & 0xffff, Arrays.copyOfRange(content, from, to)));
        }
        sent = window.size();
        wire.send(window);
    }
}
