// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.request.FileContent;
import org.autoprov.core.request.PhoneReply;

/**
 * A file on its way to a phone. Blocks are counted from 1 without roll-over; block 0 stands for the OACK. A window is
 * sent, then acknowledged (RFC 7440); lock step is a window of one.
 */
final class Download extends Transfer {

    /** Octets of one turn, about: a large window of large blocks gives way to others in between. */
    private static final int TURN = 32 * 1_024;

    /** What a packet costs beside its content, in octets. */
    private static final int PACKET = 512;

    /** What is left to send of a small one, octets. */
    private static final long SMALL = 64 * 1_024;

    /** An acknowledgement may be late by so many blocks; one that is off further is wrong. */
    private static final int LATE = 4_096;

    private static final long REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private Terms terms;
    private Blocks blocks;
    private RoundTrip roundTrip;
    private long length;

    /** The first block that is not acknowledged. */
    private long base;

    /** The block that is sent next; from base to the window's end. */
    private long next;

    /** The highest one that ever went out. */
    private long highest = -1;

    /** The short one that ends it; the largest number until it was met. */
    private long last = Long.MAX_VALUE;

    private long sentAt;

    /** How often the window was sent again, so that the phone may answer as often. */
    private int again;

    /** Repeated acknowledgements that our own repetitions explain. */
    private int explained;

    private boolean answeredRepetition;
    private boolean measurable;

    Download(TransferLoop loop, Lane lane, InetSocketAddress peer, Packet.Request request, long now) {
        super(loop, lane, peer, request, now);
    }

    /** What core answered. */
    void begin(PhoneReply reply) {
        if (isEnded()) {
            return;
        }
        if (reply.status() != PhoneReply.Status.SERVED) {
            loop.send(lane, peer, Refusal.of(reply.status()));
            end();
            return;
        }
        FileContent content = reply.content();
        if (content.bytes() != null) {
            begin(Source.of(content.bytes()));
        } else {
            loop.images().open(content, this::begin);
        }
    }

    private void begin(Source source) {
        if (source == null) {
            refuse(Refusal.FAILED);
            return;
        }
        if (isEnded()) {
            source.release();
            return;
        }
        length = source.length();
        terms = Terms.of(request, lane.endpoint().mostBlock(), loop.options().windowMost(), length);
        blocks = new Blocks(source, terms, () -> loop.queue(this));
        roundTrip = new RoundTrip(terms.timeoutSeconds());
        base = terms.answer().isEmpty() ? 1 : 0;
        next = base;
        heard = loop.now();
        measurable = true;
        loop.push(this);
    }

    @Override
    void received(Packet packet, long now) {
        if (packet instanceof Packet.Failure failure) {
            failedByPeer(failure);
        } else if (!(packet instanceof Packet.Ack ack)) {
            refuse(Refusal.BAD_OPERATION);
        } else if (blocks != null) {
            acknowledged(ack.block(), now);
        }
    }

    private void acknowledged(int number, long now) {
        int ahead = (short) (number - (int) (base - 1));
        if (base == 0 && ahead != 1) {
            refuse(Refusal.BAD_BLOCK);
        } else if (ahead > 0 && ahead <= highest - base + 1) {
            advance(base - 1 + ahead, now);
        } else if (ahead > 0 || -ahead > Math.min(base - 1, LATE)) {
            refuse(Refusal.BAD_BLOCK);
        } else if (ahead == 0 && next > base) {
            repeatedAck();
        }
    }

    /**
     * Once per window, when nothing that was sent twice explains it (the sorcerer's apprentice, RFC 1123 4.2.3.1): then
     * the phone asks again because the first packet of the window is lost.
     */
    private void repeatedAck() {
        if (explained > 0) {
            explained--;
        } else if (!answeredRepetition) {
            answeredRepetition = true;
            sendAgain();
        }
    }

    private void advance(long acknowledged, long now) {
        heard = now;
        if (measurable && acknowledged == next - 1) {
            roundTrip.measured(now - sentAt);
        }
        explained = again;
        again = 0;
        answeredRepetition = false;
        measurable = acknowledged >= highest;
        base = acknowledged + 1;
        next = base;
        if (acknowledged == last) {
            loop.counters().finished.increment();
            loop.journal().finished(this);
            end();
        } else {
            loop.push(this);
        }
    }

    private void sendAgain() {
        again++;
        measurable = false;
        next = base;
        loop.push(this);
    }

    @Override
    void onTime(long now) {
        if (blocks == null) {
            return;
        }
        if (now - heard >= roundTrip.giveUpNanos()) {
            loop.counters().timeouts.increment();
            broken("the phone does not answer");
            return;
        }
        roundTrip.lost();
        sendAgain();
        loop.wheel().set(this, now, waitNanos(now));
    }

    /** To the next retransmission, or to the end of all patience. */
    private long waitNanos(long now) {
        return Math.max(0, Math.min(roundTrip.waitNanos(), heard + roundTrip.giveUpNanos() - now));
    }

    @Override
    boolean repeated(long now) {
        if (blocks == null) {
            return true;
        }
        if (highest <= (terms.answer().isEmpty() ? 1 : 0)) {
            if (now - sentAt >= REPEAT_NANOS) {
                sendAgain();
            }
            return true;
        }
        // Whoever has all but the last acknowledgement on the way may ask anew; it may have overtaken that.
        return highest < last && now - heard < SILENCE_NANOS;
    }

    @Override
    boolean turn(long now) {
        long end = Math.min(last, base == 0 ? 0 : base + terms.window() - 1);
        for (int sent = 0; sent < TURN && next <= end; sent += terms.blockSize() + PACKET) {
            int count = send(next);
            if (count == Blocks.NOT_HERE_YET || isEnded()) {
                return false;
            }
            if (!lane.isWritable()) {
                return false; // the lane wakes it up, and this block goes out once more
            }
            if (next > 0 && count < terms.blockSize()) {
                last = next;
                end = next;
            }
            if (next <= highest) {
                loop.counters().retransmissions.increment();
            }
            highest = Math.max(highest, next);
            next++;
            sentAt = now;
        }
        if (next <= end) {
            return true;
        }
        loop.wheel().set(this, now, waitNanos(now));
        return false;
    }

    /** Puts one packet on its way. */
    private int send(long block) {
        ByteBuffer buffer = loop.buffer();
        if (block == 0) {
            lane.send(Packet.optionAck(buffer, terms.answer()), this);
            return 0;
        }
        try {
            Packet.dataHeader(buffer, (int) block & 0xffff);
            int count = blocks.put(block, buffer);
            if (count != Blocks.NOT_HERE_YET) {
                lane.send(buffer.flip(), this);
                loop.counters().bytesSent.add(count);
            }
            return count;
        } catch (IOException e) {
            loop.journal().unreadable(this, e);
            refuse(Refusal.FAILED);
            return Blocks.NOT_HERE_YET;
        }
    }

    @Override
    boolean isSmall() {
        return terms == null || length - progress() <= SMALL;
    }

    @Override
    long progress() {
        return terms == null ? 0 : Math.min(length, Math.max(0, base - 1) * terms.blockSize());
    }

    @Override
    void release() {
        if (blocks != null) {
            blocks.release();
        }
    }
}
