// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.request.PhoneReply;

/**
 * A file that a phone sends. The request is acknowledged once core begins to read, that is when it wants the file, and
 * the last block once core has kept it: a phone that got that acknowledgement may forget its file.
 */
final class Upload extends Transfer {

    /** Octets that may wait for core to read them, beside the window on its way. */
    private static final int ROOM = 256 * 1_024;

    /** How long the last acknowledgement is repeated if the phone asks. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(5);

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

    /** Whether an acknowledgement waits until core has read. */
    private boolean owing;

    private long received;

    Upload(TransferLoop loop, Lane lane, InetSocketAddress peer, Packet.Request request, long now) {
        super(loop, lane, peer, request, now);
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
            loop.counters().finished.increment();
            loop.journal().finished(this);
            acknowledge(loop.now());
            loop.wheel().set(this, loop.now(), LINGER_NANOS);
        } else {
            refuse(Refusal.of(status));
        }
    }

    @Override
    void received(Packet packet, long now) {
        if (packet instanceof Packet.Failure failure) {
            failedByPeer(failure);
        } else if (!(packet instanceof Packet.Data data)) {
            refuse(Refusal.BAD_OPERATION);
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
            loop.wheel().set(this, now, roundTrip.waitNanos());
        }
    }

    @Override
    void onTime(long now) {
        if (state == State.KEPT) {
            end();
        } else if (state == State.RECEIVING && owing) {
            heard = now; // it is our turn, not the phone's
            loop.wheel().set(this, now, roundTrip.waitNanos());
        } else if (state == State.RECEIVING && now - heard >= roundTrip.giveUpNanos()) {
            loop.counters().timeouts.increment();
            broken("the phone does not answer");
        } else if (state == State.RECEIVING) {
            roundTrip.lost();
            loop.counters().retransmissions.increment();
            acknowledge(now);
        }
    }

    @Override
    boolean repeated(long now) {
        if (state == State.RECEIVING && expected == 1) {
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
    long progress() {
        return received;
    }

    @Override
    void release() {
        stream.fail(new IOException("the phone broke off"));
    }
}
