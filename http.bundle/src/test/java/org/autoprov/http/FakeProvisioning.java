// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.autoprov.core.request.FileContent;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.service.ProvisioningService;

/** Serves what the test put there, and remembers the last request. */
final class FakeProvisioning implements ProvisioningService {

    static final int UPLOAD_LIMIT = 100_000;

    final Map<String, FileContent> files = new ConcurrentHashMap<>();
    final Map<String, PhoneReply> replies = new ConcurrentHashMap<>();
    private final AtomicInteger turns = new AtomicInteger();
    volatile PhoneRequest last;
    volatile byte[] uploaded;
    volatile long announced;
    volatile boolean readsUploads = true;

    /** Every second one of the generated files is ready, so that both ways through the listener are gone. */
    @Override
    public Optional<PhoneReply> provisionAtOnce(PhoneRequest request) {
        FileContent file = files.get(request.path());
        boolean ready = file != null && file.bytes() != null && (turns.getAndIncrement() & 1) == 0;
        return ready ? Optional.of(provision(request)) : Optional.empty();
    }

    @Override
    public PhoneReply provision(PhoneRequest request) {
        last = request;
        if (request.path().equals("bug")) {
            throw new IllegalStateException("a bug");
        }
        FileContent file = files.get(request.path());
        if (file != null) {
            return PhoneReply.served(file);
        }
        return replies.getOrDefault(request.path(), PhoneReply.notFound("none"));
    }

    @Override
    public PhoneReply upload(PhoneRequest request, InputStream body, long length) throws IOException {
        last = request;
        announced = length;
        PhoneReply fixed = replies.get(request.path());
        if (fixed != null) {
            return fixed;
        }
        if (!readsUploads) {
            return PhoneReply.of(PhoneReply.Status.NOT_WRITABLE, "no");
        }
        if (length > UPLOAD_LIMIT) {
            return PhoneReply.of(PhoneReply.Status.TOO_LARGE, "announced");
        }
        byte[] bytes = body.readNBytes(UPLOAD_LIMIT + 1);
        if (bytes.length > UPLOAD_LIMIT) {
            return PhoneReply.of(PhoneReply.Status.TOO_LARGE, "read");
        }
        uploaded = bytes;
        return PhoneReply.of(PhoneReply.Status.STORED, "");
    }

    @Override
    public void observe(PhoneRequest request) {
        throw new UnsupportedOperationException();
    }
}
