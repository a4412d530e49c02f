// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks core on behalf of transfers. On the loop's thread; what may wait moves to another. */
final class Enquiries {

    private static final Logger LOG = LoggerFactory.getLogger(Enquiries.class);

    private final Shared shared;
    private final TransferLoop loop;

    Enquiries(Shared shared, TransferLoop loop) {
        this.shared = shared;
        this.loop = loop;
    }

    /** A known phone is answered on this thread, which saves handing it over; others may have to wait. */
    void read(Download download) {
        PhoneRequest request = download.asked;
        Optional<PhoneReply> reply;
        try {
            reply = shared.provisioning().provisionAtOnce(request);
        } catch (RuntimeException e) {
            LOG.error("A phone's request failed, it gets an error", e);
            download.refuse(Refusal.FAILED);
            return;
        }
        if (reply.isPresent()) {
            download.begin(reply.get());
        } else {
            shared.lookups().execute(() -> {
                PhoneReply late = provision(request);
                loop.post(() -> download.begin(late));
            });
        }
    }

    private PhoneReply provision(PhoneRequest request) {
        try {
            return shared.provisioning().provision(request);
        } catch (RuntimeException e) {
            LOG.error("A phone's request failed, it gets an error", e);
            return PhoneReply.of(PhoneReply.Status.FAILED, "internal error");
        }
    }

    /** An upload may hold a thread for as long as its phone is slow, so they never get all threads. */
    void write(Upload upload) {
        if (!enter(upload)) {
            upload.refuse(Refusal.UNAVAILABLE);
            return;
        }
        long length = upload.request.mode().equals("octet") ? Terms.announcedSize(upload.request) : -1;
        shared.lookups().execute(() -> {
            PhoneReply.Status status = keep(upload.asked, upload.stream(), length);
            shared.uploaders().leave(upload.client());
            shared.uploads().release();
            loop.post(() -> upload.kept(status));
        });
    }

    /** One address gets half of the places at most, so that it cannot keep the others from theirs. */
    private boolean enter(Upload upload) {
        int each = (shared.options().uploads() + 1) / 2;
        if (shared.uploaders().of(upload.client()) >= each || !shared.uploads().tryAcquire()) {
            loop.counters().overLimit.increment();
            loop.journal().overLimit(upload.peer, "tftp.uploads");
            return false;
        }
        shared.uploaders().enter(upload.client());
        return true;
    }

    private PhoneReply.Status keep(PhoneRequest request, InputStream body, long length) {
        try (body) {
            return shared.provisioning().upload(request, body, length).status();
        } catch (IOException e) {
            LOG.debug("An upload broke off", e);
        } catch (RuntimeException e) {
            LOG.error("A phone's upload failed, it gets an error", e);
        }
        return PhoneReply.Status.FAILED;
    }
}
