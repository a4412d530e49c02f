// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.request.FileContent;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneRequest;

/** A file on its way to a phone. */
final class Download extends Transfer {

    /** Octets of one turn, about: a large window of large blocks gives way to others in between. */
    private static final int TURN = 32 * 1_024;

    /** What a packet costs beside its content, in octets. */
    private static final int PACKET = 512;

    /** What is left to send of a small one, octets. */
    private static final long SMALL = 64 * 1_024;

    private static final long REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private Terms terms;
    private Blocks blocks;
    private Window window;
    private RoundTrip roundTrip;
    private long length;
    private long sentAt;

    Download(TransferLoop loop, Lane lane, InetSocketAddress peer, Packet.Request request, PhoneRequest asked) {
        super(loop, lane, peer, request, asked);
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
        window = new Window(terms.window(), !terms.answer().isEmpty());
        roundTrip = new RoundTrip(terms.timeoutSeconds());
        heard = loop.now();
        loop.push(this);
    }

    @Override
    void received(Packet packet, long now) {
        if (packet instanceof Packet.Failure failure) {
            failedByPeer(failure);
        } else if (!(packet instanceof Packet.Ack ack)) {
            if (!(packet instanceof Packet.Data) || !isAtFirst() || !mayHearEchoes()) {
                refuse(Refusal.BAD_OPERATION);
            }
        } else if (blocks != null) {
            switch (window.acknowledged(ack.block())) {
                case MOVED -> moved(now);
                case LOST -> sendAgain();
                case WRONG -> {
                    if (!isAtFirst() || !mayHearEchoes()) {
                        refuse(Refusal.BAD_BLOCK);
                    }
                }
                case NOTHING -> {}
            }
        }
    }

    private boolean isAtFirst() {
        return window == null || window.isAtFirst();
    }

    private void moved(long now) {
        heard = now;
        if (window.isMeasured()) {
            roundTrip.measured(now - sentAt);
        }
        if (window.isComplete()) {
            finished();
            end();
        } else {
            loop.push(this);
        }
    }

    private void sendAgain() {
        window.back();
        loop.push(this);
    }

    @Override
    void onTime(long now) {
        if (blocks == null) {
            return;
        }
        if (now - heard >= roundTrip.giveUpNanos()) {
            loop.counters().timeouts.increment();
            broken(window.hasSentLast() ? "the phone does not confirm the end" : "the phone does not answer");
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
        if (window.isAtFirst()) {
            if (now - sentAt >= REPEAT_NANOS) {
                sendAgain();
            }
            return true;
        }
        // Whoever has all but the last acknowledgement on the way may ask anew; it may have overtaken that.
        return !window.hasSentLast() && now - heard < SILENCE_NANOS;
    }

    @Override
    boolean turn(long now) {
        for (int sent = 0; sent < TURN && window.isOpen(); sent += terms.blockSize() + PACKET) {
            int count = send(window.next());
            if (count == Blocks.NOT_HERE_YET || isEnded()) {
                return false;
            }
            if (!lane.isWritable()) {
                return false; // the lane wakes it up, and this block goes out once more
            }
            if (window.sent(window.next() > 0 && count < terms.blockSize())) {
                loop.counters().retransmissions.increment();
            }
            sentAt = now;
        }
        if (window.isOpen()) {
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
    boolean isDone() {
        return window != null && window.isComplete();
    }

    @Override
    long progress() {
        return terms == null ? 0 : Math.min(length, window.arrived() * terms.blockSize());
    }

    /** In netascii line ends take more octets than the file has. */
    @Override
    long total() {
        return terms == null || terms.netascii() ? -1 : length;
    }

    @Override
    void release() {
        if (blocks != null) {
            blocks.release();
        }
    }
}
