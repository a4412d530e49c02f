// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.request.FileContent;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.service.RequestMonitor;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to one request. Exactly one of {@link #send}, {@link #refuse}, {@link #methodNotAllowed} and
 * {@link #breakOff} is called, once; none of them waits for the phone to take the bytes.
 */
final class Answer implements Callback {

    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

    private static final HttpField ACCEPT_RANGES = new PreEncodedHttpField(HttpHeader.ACCEPT_RANGES, "bytes");
    private static final HttpField READERS = new PreEncodedHttpField(HttpHeader.ALLOW, "GET, HEAD");
    private static final HttpField ALL_METHODS = new PreEncodedHttpField(HttpHeader.ALLOW, "GET, HEAD, PUT, POST");
    private static final HttpField RETRY_AFTER = new PreEncodedHttpField(HttpHeader.RETRY_AFTER, "10");

    private static final int MOST_DRAINED_BYTES = 1 << 20;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final PhoneEndPoint endPoint;
    private final ListenerOptions options;
    private final Counters counters;
    private long length;
    private InputStream unread;

    Answer(
            Request request,
            Response response,
            Callback callback,
            PhoneEndPoint endPoint,
            ListenerOptions options,
            Counters counters) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.endPoint = endPoint;
        this.options = options;
        this.counters = counters;
    }

    void due(long nanos) {
        endPoint.due(nanos);
    }

    /**
     * After the answer, takes what is left of an unwanted body, within reason. A phone that sends first and reads later
     * would otherwise find a reset connection instead of the answer.
     */
    void thenDrain(InputStream body) {
        unread = body;
    }

    void methodNotAllowed() {
        response.getHeaders().add(ALL_METHODS);
        refuse(405);
    }

    /** After a body that did not arrive whole nothing on this connection can be told apart any more. */
    void breakOff() {
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        refuse(400);
    }

    void refuse(int status) {
        if (response.isCommitted()) {
            failed(new IOException("the answer had begun"));
            return;
        }
        response.setStatus(status);
        if (status == 503) {
            response.getHeaders().add(RETRY_AFTER);
        }
        write(null, 0);
    }

    /** @param monitor gets to know how a large file goes */
    void send(PhoneReply reply, PhoneRequest asked, RequestMonitor monitor) {
        switch (reply.status()) {
            case SERVED -> serve(reply.content(), asked, monitor);
            case NOT_WRITABLE -> {
                response.getHeaders().add(READERS);
                refuse(405);
            }
            default -> refuse(reply.status().http());
        }
    }

    private void serve(FileContent file, PhoneRequest phoneRequest, RequestMonitor monitor) {
        HttpFields asked = request.getHeaders();
        HttpFields.Mutable headers = response.getHeaders();
        headers.add(HttpHeader.ETAG, file.etag());
        if (file.lastModified() != null) {
            headers.add(HttpHeader.LAST_MODIFIED, DateGenerator.formatDate(file.lastModified()));
        }
        int status = Preconditions.evaluate(asked, file);
        if (status != 200) {
            refuse(status);
            return;
        }
        headers.add(ACCEPT_RANGES);
        boolean head = request.getMethod().equals("HEAD");
        // A range has a meaning for GET only (RFC 9110 section 14.2).
        ByteRange range = head || !asked.contains(HttpHeader.RANGE) || !Preconditions.rangeApplies(asked, file)
                ? null
                : ByteRange.parse(asked.get(HttpHeader.RANGE), file.length());
        if (range != null) {
            headers.add(HttpHeader.CONTENT_RANGE, range.contentRange(file.length()));
            if (range.length() == 0) {
                refuse(416);
                return;
            }
            response.setStatus(206);
        }
        headers.add(ContentTypes.field(file.contentType()));
        long first = range == null ? 0 : range.first();
        length = range == null ? file.length() : range.length();
        if (head) {
            headers.put(HttpHeader.CONTENT_LENGTH, length);
            length = 0;
            write(null, 0);
        } else if (file.bytes() != null) {
            // Jetty sets the length: all is there in one write, which goes out with the header fields.
            write(ByteBuffer.wrap(file.bytes(), (int) first, (int) length), length);
        } else {
            serveFromDisk(file, first, new Progress(monitor, phoneRequest, length));
        }
    }

    private void serveFromDisk(FileContent file, long first, Progress progress) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file.path(), StandardOpenOption.READ);
            if (channel.size() == file.length()) {
                response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
                due(patience(length));
                new FileTransfer(response, endPoint, channel, first, length, progress, this).iterate();
                return;
            }
            LOG.warn("The file {} has changed on disk, a phone must ask for it again", file.path());
        } catch (IOException e) {
            LOG.warn("The file {} cannot be read, a phone goes without it: {}", file.path(), e.toString());
        }
        FileTransfer.close(channel);
        response.getHeaders().clear();
        length = 0;
        refuse(503);
    }

    private void write(ByteBuffer content, long bytes) {
        due(patience(bytes));
        response.write(true, content, this);
    }

    /** How long the phone may take for that many bytes, nanoseconds. */
    private long patience(long bytes) {
        return TimeUnit.MILLISECONDS.toNanos(options.requestMillis())
                + TimeUnit.SECONDS.toNanos(bytes / options.slowest());
    }

    private void drain() {
        due(DRAIN_NANOS);
        byte[] waste = new byte[8_192];
        int rest = MOST_DRAINED_BYTES;
        try {
            for (int read = 0; read >= 0 && rest > 0; rest -= read) {
                read = unread.read(waste, 0, Math.min(waste.length, rest));
            }
        } catch (IOException e) {
            LOG.debug("A phone broke off what nobody wanted", e);
        }
    }

    @Override
    public void succeeded() {
        if (length > 0) {
            counters.bytesSent.add(length);
        }
        if (unread != null) {
            drain();
        }
        // First, because the next request of this connection may begin within the second line.
        endPoint.due(PhoneEndPoint.IDLE);
        callback.succeeded();
    }

    @Override
    public void failed(Throwable cause) {
        LOG.debug("A phone did not take its answer", cause);
        counters.broken.increment();
        endPoint.due(PhoneEndPoint.IDLE);
        callback.failed(cause);
    }
}
