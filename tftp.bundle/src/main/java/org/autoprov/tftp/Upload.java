// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneRequest;

/**
 * A file that a phone sends. The request is acknowledged once core begins to read, that is when it wants the file, and
 * the last block once core has kept it: a phone that got that acknowledgement may forget its file.
 */
final class Upload extends Transfer {

    /** Octets that may wait for core to read them, beside the window on its way. */
    private static final int ROOM = 256 * 1_024;

    /** How long the last acknowledgement is repeated if the phone asks: many do after five seconds, so five times. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(30);

    /**
     * A phone that asks and then sends nothing holds its place no longer than this, whatever it negotiated: time for six
     * repetitions, of which one arrives even where one packet in twenty is lost.
     */
    private static final long HALF_OPEN_NANOS = TimeUnit.SECONDS.toNanos(30);

    /**
     * In lock step the phone repeats what was lost, after five or six seconds mostly; but some begin to wait anew with
     * each packet that comes (tftp-hpa). So one acknowledgement is repeated soon, for those that take it as a hint, and
     * the next ones are out of the way.
     */
    private static final long ASIDE_NANOS = TimeUnit.SECONDS.toNanos(7);

    private enum State {
        /** Core has not said whether it wants the file. */
        OFFERED,
        RECEIVING,
        /** All is here; core has not said that it is kept. */
        KEEPING,
        /** Acknowledged. */
        KEPT
    }

    private final Terms terms;
    private final RoundTrip roundTrip;
    private final NetAscii text;
    private final UploadStream stream;
    private State state = State.OFFERED;

    /** The block that comes next, counted from 1 without roll-over. */
    private long expected = 1;

    private int sinceAck;
    private boolean reportedGap;

    /** Whether the last acknowledgement was repeated because nothing came. */
    private boolean repeatedAck;

    /** Whether an acknowledgement waits until core has read. */
    private boolean owing;

    private long received;

    Upload(TransferLoop loop, Lane lane, InetSocketAddress peer, Packet.Request request, PhoneRequest asked) {
        super(loop, lane, peer, request, asked);
        int block = lane.endpoint().mostBlock();
        Terms most = Terms.of(request, block, loop.options().windowMost(), -1);
        terms = Terms.of(request, block, Math.max(1, Math.min(most.window(), ROOM / most.blockSize())), -1);
        roundTrip = new RoundTrip(terms.timeoutSeconds());
        text = terms.netascii() ? new NetAscii() : null;
        stream = new UploadStream(() -> loop.post(this::wanted), () -> loop.post(this::drained));
    }

    UploadStream stream() {
        return stream;
    }

    private void wanted() {
        if (!isEnded() && state == State.OFFERED) {
            state = State.RECEIVING;
            heard = loop.now();
            acknowledge(loop.now());
        }
    }

    /** Core read all; what was held back can be acknowledged. */
    private void drained() {
        if (owing && !isEnded() && state == State.RECEIVING) {
            acknowledge(loop.now());
        }
    }

    /** Core is done with the file, one way or the other. */
    void kept(PhoneReply.Status status) {
        if (isEnded()) {
            return;
        }
        if (status == PhoneReply.Status.STORED && state == State.KEEPING) {
            state = State.KEPT;
            finished();
            acknowledge(loop.now());
            loop.wheel().set(this, loop.now(), LINGER_NANOS);
        } else if (state == State.OFFERED) {
            loop.send(lane, peer, Refusal.of(status)); // it never began
            end();
        } else {
            refuse(Refusal.of(status));
        }
    }

    @Override
    void received(Packet packet, long now) {
        if (packet instanceof Packet.Failure failure) {
            failedByPeer(failure);
        } else if (!(packet instanceof Packet.Data data)) {
            if (expected > 1 || !(packet instanceof Packet.Ack) || !mayHearEchoes()) {
                refuse(Refusal.BAD_OPERATION);
            }
        } else if (state != State.OFFERED) {
            data(data, now);
        }
    }

    private void data(Packet.Data data, long now) {
        int ahead = (short) (data.block() - (int) expected);
        if (data.bytes().remaining() > terms.blockSize()) {
            refuse(Refusal.BAD_OPERATION);
        } else if (ahead < 0 && -ahead <= expected) {
            // The last block again: its acknowledgement is lost, or is still owed.
            if (ahead == -1 && !owing && state != State.KEEPING) {
                acknowledge(now);
            }
        } else if (state != State.RECEIVING) {
            refuse(Refusal.BAD_BLOCK);
        } else if (ahead == 0 && owing) {
            heard = now; // it does not wait for its turn; what it sends is not kept, so it costs no memory
        } else if (ahead == 0) {
            take(data, now);
        } else if (ahead > 0 && ahead < terms.window()) {
            gap(now);
        } else {
            refuse(Refusal.BAD_BLOCK);
        }
    }

    /** A block of this window is missing; say once how far it is complete. */
    private void gap(long now) {
        heard = now;
        if (!reportedGap && !owing) {
            acknowledge(now);
            reportedGap = true;
        }
    }

    private void take(Packet.Data data, long now) {
        heard = now;
        reportedGap = false;
        repeatedAck = false;
        byte[] bytes = new byte[data.bytes().remaining()];
        data.bytes().get(bytes);
        received += bytes.length;
        loop.counters().bytesReceived.add(bytes.length);
        stream.put(text == null ? bytes : text.decode(bytes));
        expected++;
        sinceAck++;
        if (bytes.length < terms.blockSize()) {
            state = State.KEEPING;
            loop.wheel().cancel(this);
            if (text != null) {
                stream.put(text.end());
            }
            stream.end();
        } else if (sinceAck >= terms.window()) {
            if (stream.held() > ROOM) {
                owing = true;
                sinceAck = 0;
            } else {
                acknowledge(now);
            }
        } else {
            loop.wheel().set(this, now, roundTrip.waitNanos());
        }
    }

    private void acknowledge(long now) {
        owing = false;
        sinceAck = 0;
        reportedGap = false;
        if (expected == 1 && !terms.answer().isEmpty()) {
            lane.send(Packet.optionAck(loop.buffer(), terms.answer()), this);
        } else {
            lane.send(Packet.ack(loop.buffer(), (int) (expected - 1) & 0xffff), this);
        }
        if (state == State.RECEIVING) {
            loop.wheel().set(this, now, waitNanos(now));
        }
    }

    @Override
    void onTime(long now) {
        if (state == State.KEPT) {
            end();
        } else if (state == State.RECEIVING && owing) {
            heard = now; // it is our turn, not the phone's
            loop.wheel().set(this, now, roundTrip.waitNanos());
        } else if (state == State.RECEIVING && now - heard >= patienceNanos()) {
            loop.counters().timeouts.increment();
            broken("the phone does not answer");
        } else if (state == State.RECEIVING && expected == 1 && !terms.answer().isEmpty()) {
            // Never unasked: curl takes a second OACK for its turn to send the next block under the number 1. A phone
            // that got none repeats its request.
            loop.wheel().set(this, now, heard + patienceNanos() - now);
        } else if (state == State.RECEIVING) {
            roundTrip.lost();
            repeatedAck = true;
            loop.counters().retransmissions.increment();
            acknowledge(now);
        }
    }

    private long patienceNanos() {
        return expected > 1 ? roundTrip.giveUpNanos() : Math.min(HALF_OPEN_NANOS, roundTrip.giveUpNanos());
    }

    private long waitNanos(long now) {
        boolean aside = repeatedAck && terms.window() == 1 && terms.timeoutSeconds() == 0;
        long wait = aside ? Math.max(ASIDE_NANOS, roundTrip.waitNanos()) : roundTrip.waitNanos();
        return Math.max(0, Math.min(wait, heard + patienceNanos() - now));
    }

    @Override
    boolean repeated(long now) {
        if (state == State.RECEIVING && expected == 1) {
            heard = now;
            acknowledge(now);
        }
        return state != State.KEPT;
    }

    @Override
    boolean turn(long now) {
        return false; // it sends only single packets, and those at once
    }

    @Override
    boolean isSmall() {
        return true;
    }

    @Override
    boolean isDone() {
        return state == State.KEPT;
    }

    @Override
    long progress() {
        return received;
    }

    @Override
    long total() {
        return Terms.announcedSize(request);
    }

    @Override
    void release() {
        stream.fail(new IOException("the phone broke off"));
    }
}
