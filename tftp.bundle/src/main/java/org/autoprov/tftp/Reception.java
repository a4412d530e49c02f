// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.service.ProvisioningService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a request packet to core's request, and back. On the loop's thread; what may wait moves to another. */
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final TftpOptions options;
    private final ProvisioningService provisioning;
    private final Executor blocking;
    private final Runnable unknownAddress;

    /** An upload may hold a thread for as long as its phone is slow, so they never get all threads. */
    private final Semaphore uploads;

    private final Crowd crowd;

    private TransferLoop loop;

    /** Takes every second transfer with a window; null when there is none. */
    private Shard companion;

    private boolean closed;

    /**
     * @param blocking asks core
     * @param uploads permits for as many as may run at a time
     * @param unknownAddress called when a request reached an address that no endpoint stands for
     */
    Reception(
            TftpOptions options,
            ProvisioningService provisioning,
            Executor blocking,
            Crowd crowd,
            Semaphore uploads,
            Runnable unknownAddress) {
        this.crowd = crowd;
        this.uploads = uploads;
        this.options = options;
        this.provisioning = provisioning;
        this.blocking = blocking;
        this.unknownAddress = unknownAddress;
    }

    void attach(TransferLoop owner) {
        loop = owner;
    }

    /**
     * Windows keep a thread busy where lock step waits for the phone: with a second thread they are sent at twice the
     * speed. Lock step stays on one, for waking a second costs more than it brings.
     */
    void share(Shard other) {
        companion = other;
    }

    /** From now on requests are not heard. */
    void close() {
        closed = true;
    }

    /** A request arrived. */
    void request(Lane listening, InetSocketAddress peer, Packet.Request request) {
        Endpoint endpoint = listening.endpoint();
        // By what stands in the packet, so that its repetition goes the same way.
        boolean windowed = !request.write() && request.options().containsKey("windowsize");
        if (windowed && companion != null && peer.hashCode() * 0x9e3779b9 < 0) {
            companion.request(endpoint, peer, request);
        } else {
            request(endpoint, peer, request);
        }
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
        if (endpoint.address().getAddress().isAnyLocalAddress()) {
            unknownAddress.run();
        }
        Lane lane = endpoint.lane();
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
        boolean all = crowd.all() >= options.transfers();
        boolean client = crowd.of(peer.getAddress()) >= options.transfersPerClient();
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
        PhoneRequest phoneRequest = PhoneRequest.from(Protocol.TFTP, withoutZone(peer.getAddress()))
                .action(request.write() ? PhoneRequest.Action.WRITE : PhoneRequest.Action.READ)
                .path(path)
                .server(lane.endpoint().address())
                .build();
        if (request.write()) {
            write(new Upload(loop, lane, peer, request, loop.now()), phoneRequest);
        } else {
            read(new Download(loop, lane, peer, request, loop.now()), phoneRequest);
        }
    }

    /** A known phone is answered on this thread, which saves handing it over; others may have to wait. */
    private void read(Download download, PhoneRequest request) {
        loop.counters().reads.increment();
        loop.add(download);
        Optional<PhoneReply> reply;
        try {
            reply = provisioning.provisionAtOnce(request);
        } catch (RuntimeException e) {
            LOG.error("{} failed, the phone gets an error", download.getClass().getSimpleName(), e);
            download.refuse(Refusal.FAILED);
            return;
        }
        if (reply.isPresent()) {
            download.begin(reply.get());
        } else {
            blocking.execute(() -> {
                PhoneReply late = provision(request);
                loop.post(() -> download.begin(late));
            });
        }
    }

    private PhoneReply provision(PhoneRequest request) {
        try {
            return provisioning.provision(request);
        } catch (RuntimeException e) {
            LOG.error("A phone's request failed, it gets an error", e);
            return PhoneReply.of(PhoneReply.Status.FAILED, "internal error");
        }
    }

    private void write(Upload upload, PhoneRequest request) {
        loop.counters().writes.increment();
        loop.add(upload);
        if (!uploads.tryAcquire()) {
            loop.counters().overLimit.increment();
            loop.journal().overLimit(upload.peer, "tftp.uploads");
            upload.refuse(Refusal.UNAVAILABLE);
            return;
        }
        long length = upload.request.mode().equals("octet") ? Terms.announcedSize(upload.request) : -1;
        blocking.execute(() -> {
            PhoneReply.Status status = keep(request, upload.stream(), length);
            uploads.release();
            loop.post(() -> upload.kept(status));
        });
    }

    private PhoneReply.Status keep(PhoneRequest request, InputStream body, long length) {
        try (body) {
            return provisioning.upload(request, body, length).status();
        } catch (IOException e) {
            LOG.debug("An upload broke off", e);
        } catch (RuntimeException e) {
            LOG.error("A phone's upload failed, it gets an error", e);
        }
        return PhoneReply.Status.FAILED;
    }

    /** The zone is a matter of this host only. */
    private static InetAddress withoutZone(InetAddress address) {
        if (!(address instanceof Inet6Address six) || six.getScopeId() == 0 && six.getScopedInterface() == null) {
            return address;
        }
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 octets are an address", e);
        }
    }
}
