// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.tftp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** One RRQ: takes blocks in order, acknowledges them by windows, notes what is wrong. For one thread. */
final class Download {

    private static final int MAX_BODY = 16 << 20;
    /** So many blocks may come twice by chance. */
    private static final int CHANCE = 3;
    /** A second copy that comes so soon is no answer to a lost acknowledgement: no server gives up that fast. */
    private static final long PROMPT_NANOS = 10_000_000;

    private final Wire wire;
    private final Wishes wishes;
    private final Map<String, String> asked;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Terms terms = Terms.PLAIN;
    private boolean agreed;
    private int next = 1;
    private long blocks;
    private int unacknowledged;
    private int duplicates;
    private boolean gap;
    private boolean over;
    private long accepted;

    Download(Wire wire, Wishes wishes) {
        this.wire = wire;
        this.wishes = wishes;
        this.asked = wishes.options(0);
    }

    /** Number of the last block that was taken. */
    int lastBlock() {
        return next - 1 & 0xffff;
    }

    Result run(String name) throws IOException {
        wire.send(new Packet.Request(false, name, wishes.mode(), asked));
        while (!over) {
            int timeouts = wire.timeouts();
            Packet packet = wire.receive();
            if (wire.timeouts() > timeouts) {
                unacknowledged = 0; // the acknowledgement that went out again began a new window
            }
            if (packet instanceof Packet.Failure failure) {
                return new Result(
                        OptionalInt.of(failure.code()),
                        failure.message(),
                        new byte[0],
                        List.copyOf(wire.defects()),
                        wire.millis());
            } else if (packet instanceof Packet.OptionAck oack) {
                agree(oack);
            } else if (packet instanceof Packet.Data data) {
                take(data);
            } else {
                wire.defects().add("an ACK to a read request");
            }
        }
        return new Result(OptionalInt.empty(), "", file(), List.copyOf(wire.defects()), wire.millis());
    }

    private void agree(Packet.OptionAck oack) throws IOException {
        if (asked.isEmpty()) {
            throw new Packet.Malformed("an OACK though no option was asked for");
        }
        if (agreed) {
            if (blocks == 0) {
                wire.repeat();
            }
        } else if (blocks > 0) {
            wire.defects().add("an OACK after data");
        } else {
            agreed = true;
            terms = Terms.of(oack, asked, wire.defects());
            wire.agree(terms.timeoutSeconds());
            wire.send(new Packet.Ack(0));
        }
    }

    private void take(Packet.Data data) throws IOException {
        if (data.content().length > terms.blockSize()) {
            throw new Packet.Malformed(
                    "a block of more than " + terms.blockSize() + " bytes, " + data.content().length);
        }
        boolean skipsZero = next == 0 && data.block() == 1 && terms.windowSize() == 1;
        if (skipsZero) {
            wire.defects().add("block 65535 is followed by 1, not 0");
            next = 1;
        }
        int ahead = data.block() - next & 0xffff;
        if (ahead == 0) {
            accept(data);
        } else if (ahead >= 1 << 15) {
            duplicates += System.nanoTime() - accepted < PROMPT_NANOS ? 1 : 0;
            if (data.block() == lastBlock() && blocks > 0) {
                wire.repeat(); // the server did not hear the acknowledgement
            }
        } else if (terms.windowSize() == 1) {
            wire.defects().add("block " + data.block() + " when " + next + " was next");
        } else if (!gap) {
            gap = true;
            unacknowledged = 0;
            wire.repeat(); // RFC 7440: at once, so that the server goes back
        }
    }

    private void accept(Packet.Data data) throws IOException {
        body.write(data.content());
        if (body.size() > MAX_BODY) {
            throw new Packet.Malformed("larger than " + MAX_BODY + " bytes");
        }
        next = next + 1 & 0xffff;
        blocks++;
        gap = false;
        accepted = System.nanoTime();
        over = data.content().length < terms.blockSize();
        List<Packet> acknowledgement = List.of(new Packet.Ack(data.block()));
        if (over || ++unacknowledged >= terms.windowSize()) {
            wire.send(acknowledgement);
            unacknowledged = 0;
        } else {
            wire.progress(acknowledgement);
        }
    }

    private byte[] file() {
        // With windows, one lost packet brings many a second time.
        if (terms.windowSize() == 1 && duplicates >= CHANCE && duplicates >= blocks / 2) {
            wire.defects().add("blocks come more than once");
        }
        byte[] file = body.toByteArray();
        if (wishes.netAscii()) {
            return NetAscii.decode(file, wire.defects()); // its size is another one than tsize may mean
        }
        if (terms.transferSize().isPresent() && terms.transferSize().getAsLong() != file.length) {
            wire.defects().add("tsize says " + terms.transferSize().getAsLong() + " bytes, it has " + file.length);
        }
        return file;
    }
}
