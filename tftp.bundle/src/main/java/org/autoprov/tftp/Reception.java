// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.net.InetSocketAddress;
import java.util.List;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;

/** Where requests arrive: which of them become transfers. For the loop's thread. */
final class Reception {

    private final Shared shared;
    private final TftpOptions options;
    private final Runnable unknownAddress;
    private TransferLoop loop;
    private Enquiries enquiries;

    /** They take their share of the transfers with a window. */
    private List<Shard> companions = List.of();

    private boolean closed;

    /** @param unknownAddress called when a request reached an address that no endpoint stands for */
    Reception(Shared shared, Runnable unknownAddress) {
        this.shared = shared;
        this.options = shared.options();
        this.unknownAddress = unknownAddress;
    }

    void attach(TransferLoop owner) {
        loop = owner;
        enquiries = new Enquiries(shared, owner);
    }

    /**
     * Windows keep a thread busy where lock step waits for the phone: several threads send them at twice the speed of
     * one. Lock step stays on one, for waking a second costs more than it brings.
     */
    void share(List<Shard> others) {
        companions = List.copyOf(others);
    }

    /** From now on requests are not heard. */
    void close() {
        closed = true;
    }

    /** A request arrived. */
    void request(Lane listening, InetSocketAddress peer, Packet.Request request) {
        Endpoint endpoint = listening.endpoint();
        if (endpoint.isWildcard()) {
            elsewhere(peer);
            return;
        }
        // By what stands in the packet, so that its repetition goes the same way.
        boolean windowed = !request.write() && request.options().containsKey("windowsize");
        int turn = windowed ? (peer.hashCode() * 0x9e3779b9 >>> 16) % (companions.size() + 1) : 0;
        if (turn > 0) {
            companions.get(turn - 1).request(endpoint, peer, request);
        } else {
            request(endpoint, peer, request);
        }
    }

    /**
     * Each address of this host has a socket of its own. What the wildcard's gets went to a broadcast address, and must
     * have no answer (RFC 1123 4.2.3.5), to a multicast group, or to an address that is new: that gets its socket now,
     * and the phone's repetition its answer.
     */
    private void elsewhere(InetSocketAddress peer) {
        loop.counters().elsewhere.increment();
        loop.journal().elsewhere(peer);
        unknownAddress.run();
    }

    /** A request, at an endpoint of this thread's. */
    void request(Endpoint endpoint, InetSocketAddress peer, Packet.Request request) {
        if (closed || isRepeated(peer, request)) {
            return;
        }
        if (!Terms.isSane(request)) {
            loop.counters().malformed.increment();
            loop.journal().malformed(peer, request.file().length());
            return;
        }
        if (isOverLimit(peer)) {
            return;
        }
        // A phone may use one port for all its files. An echo of the last one must not meet the next.
        Lane lane = endpoint.lane(loop.laneJustLeft(peer));
        if (lane != null) {
            begin(lane, peer, request);
        }
    }

    private boolean isRepeated(InetSocketAddress peer, Packet.Request request) {
        Transfer running = loop.transfer(peer);
        if (running == null) {
            return false;
        }
        if (running.request.equals(request) && running.repeated(loop.now())) {
            loop.counters().repeatedRequests.increment();
            return true;
        }
        // The phone began anew, from the same port.
        running.broken("the phone asks for something else");
        return false;
    }

    private boolean isOverLimit(InetSocketAddress peer) {
        boolean all = shared.crowd().all() >= options.transfers();
        boolean client = shared.crowd().of(peer.getAddress()) >= options.transfersPerClient();
        if (all || client) {
            loop.counters().overLimit.increment();
            loop.journal().overLimit(peer, all ? "tftp.transfers" : "tftp.transfers_per_client");
        }
        return all || client;
    }

    private void begin(Lane lane, InetSocketAddress peer, Packet.Request request) {
        String path = FileName.normalise(request.file());
        Refusal refusal = !Terms.isKnownMode(request) ? Refusal.BAD_MODE : path == null ? Refusal.BAD_NAME : null;
        if (refusal != null) {
            loop.send(lane, peer, refusal);
            lane.endpoint().giveBack(lane);
            return;
        }
        PhoneRequest asked = PhoneRequest.from(Protocol.TFTP, LocalAddresses.withoutZone(peer.getAddress()))
                .action(request.write() ? PhoneRequest.Action.WRITE : PhoneRequest.Action.READ)
                .path(path)
                .server(lane.endpoint().server())
                .build();
        if (request.write()) {
            Upload upload = new Upload(loop, lane, peer, request, asked);
            loop.counters().writes.increment();
            loop.add(upload);
            enquiries.write(upload);
        } else {
            Download download = new Download(loop, lane, peer, request, asked);
            loop.counters().reads.increment();
            loop.add(download);
            enquiries.read(download);
        }
    }
}
