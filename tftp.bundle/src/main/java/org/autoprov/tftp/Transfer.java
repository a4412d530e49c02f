// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.autoprov.core.request.PhoneRequest;

/** A file on its way between a phone and the server. Lives on the loop's thread only. */
abstract class Transfer extends Wheel.Timer {

    final TransferLoop loop;
    final InetSocketAddress peer;
    final Packet.Request request;

    /** The request as core knows it. */
    final PhoneRequest asked;

    /** The socket that it goes over; the phone sees its port as the server's TID. */
    final Lane lane;

    /** When the request came, as of the loop's clock. */
    final long begun;

    /** Whether it stands in one of the loop's queues of those that may send. */
    boolean queued;

    private boolean ended;
    long heard;

    Transfer(TransferLoop loop, Lane lane, InetSocketAddress peer, Packet.Request request, PhoneRequest asked) {
        this.loop = loop;
        this.lane = lane;
        this.peer = peer;
        this.request = request;
        this.asked = asked;
        begun = loop.now();
        heard = begun;
    }

    /** A packet from the phone, on the right socket; never a request. */
    abstract void received(Packet packet, long now);

    /**
     * The same request came again, from the same port.
     *
     * @return false when it is to be taken for a new one
     */
    abstract boolean repeated(long now);

    /** Sends what it may, a few packets at most; true when there is more. */
    abstract boolean turn(long now);

    /** Whether it goes before large ones. */
    abstract boolean isSmall();

    /** Whether the file has arrived, and it is only there to say so once more. */
    abstract boolean isDone();

    /** Octets of content that arrived on the other side. */
    abstract long progress();

    /** Octets that it will be; negative when nobody knows. */
    abstract long total();

    /** Frees what it holds; called once, at the end. */
    abstract void release();

    /** Whether the phone's last transfer went over the same socket a moment ago, as in single-port mode. */
    final boolean mayHearEchoes() {
        return loop.laneJustLeft(peer) == lane;
    }

    InetAddress client() {
        return peer.getAddress();
    }

    boolean isEnded() {
        return ended;
    }

    /** Ends it, whatever the reason, and never twice. */
    final void end() {
        if (!ended) {
            ended = true;
            loop.wheel().cancel(this);
            loop.remove(this);
            release();
        }
    }

    /** All of it has arrived. */
    final void finished() {
        loop.counters().finished.increment();
        loop.journal().finished(this);
        loop.progress().done(this, loop.now());
    }

    /** Ends it with an ERROR packet. */
    final void refuse(Refusal refusal) {
        if (!ended) {
            loop.send(lane, peer, refusal);
            broken(refusal.message());
        }
    }

    /** Ends it as one that did not come to its end, unless it did. */
    final void broken(String reason) {
        if (!ended && !isDone()) {
            loop.counters().broken.increment();
            loop.journal().broken(this, reason);
            loop.progress().broken(this, loop.now(), reason);
        }
        end();
    }

    final void failedByPeer(Packet.Failure failure) {
        loop.counters().errorReceived(failure.code());
        broken("the phone sent error " + failure.code());
    }

    @Override
    public String toString() {
        return (request.write() ? "WRQ /" : "RRQ /") + request.file() + " of " + client().getHostAddress();
    }
}
