// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.autoprov.core.request.FileContent;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.service.ProvisioningService;

/** Serves what the test put there, and remembers the last request. */
final class FakeProvisioning implements ProvisioningService {

    static final int UPLOAD_LIMIT = 3_000_000;

    final Map<String, FileContent> files = new ConcurrentHashMap<>();
    final Map<String, PhoneReply> replies = new ConcurrentHashMap<>();
    final Map<String, byte[]> uploaded = new ConcurrentHashMap<>();
    final AtomicInteger asked = new AtomicInteger();
    final Semaphore slow = new Semaphore(0);
    private final AtomicInteger turns = new AtomicInteger();
    volatile Reader beforeUpload = body -> {};
    volatile PhoneRequest last;
    volatile long announced;

    /** What happens before an upload is read. */
    interface Reader {
        void read(InputStream body) throws IOException, InterruptedException;
    }

    void put(String name, byte[] bytes) {
        files.put(name, FileContent.generated(name, "text/plain", bytes, "\"1\""));
    }

    void put(String name, Path file) {
        try {
            long length = Files.size(file);
            files.put(
                    name,
                    FileContent.onDisk(
                            name,
                            "application/octet-stream",
                            file,
                            length,
                            Files.getLastModifiedTime(file).toInstant()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Every second one of the generated files is ready, so that both ways through the listener are gone. */
    @Override
    public Optional<PhoneReply> provisionAtOnce(PhoneRequest request) {
        if (request.path().equals("bug-at-once")) {
            throw new IllegalStateException("a bug");
        }
        FileContent file = files.get(request.path());
        boolean ready = file != null && file.bytes() != null && (turns.getAndIncrement() & 1) == 0;
        return ready ? Optional.of(provision(request)) : Optional.empty();
    }

    @Override
    public PhoneReply provision(PhoneRequest request) {
        last = request;
        asked.incrementAndGet();
        if (request.path().equals("bug")) {
            throw new IllegalStateException("a bug");
        }
        if (request.path().equals("slow")) {
            slow.acquireUninterruptibly();
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
        asked.incrementAndGet();
        announced = length;
        PhoneReply fixed = replies.get(request.path());
        if (fixed != null) {
            return fixed;
        }
        if (request.path().equals("bug")) {
            throw new IllegalStateException("a bug");
        }
        try {
            beforeUpload.read(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        byte[] bytes = body.readNBytes(UPLOAD_LIMIT + 1);
        if (bytes.length > UPLOAD_LIMIT) {
            return PhoneReply.of(PhoneReply.Status.TOO_LARGE, "read");
        }
        uploaded.put(request.path(), bytes);
        return PhoneReply.of(PhoneReply.Status.STORED, "");
    }

    @Override
    public void observe(PhoneRequest request) {
        throw new UnsupportedOperationException();
    }
}
