// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From Jetty's request to the API's, and back. */
final class ApiHandler extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

    private static final int BUFFER = 16_384;
    private static final int MOST_DRAINED_BYTES = 64 << 20;

    private final Api api;
    private final int bodyMax;

    ApiHandler(Api api, int bodyMax) {
        this.api = api;
        this.bodyMax = bodyMax;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        BodyReader body = new BodyReader(request, bodyMax);
        ApiReply reply = reply(request, body);
        if (body.isTaken()) {
            send(reply, request, response, callback);
            return true;
        }
        if (request.getHeaders().contains(HttpHeader.EXPECT)) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE); // it waits to be asked for its body, and is not
            send(reply, request, response, callback);
            return true;
        }
        // A client that sends first and reads later would find a reset connection instead of its answer.
        drain(request, MOST_DRAINED_BYTES, ended -> {
            if (!ended) {
                response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
            }
            send(reply, request, response, callback);
        });
        return true;
    }

    private ApiReply reply(Request request, BodyReader body) {
        try {
            HttpURI uri = request.getHttpURI();
            return api.answer(new ApiRequest(
                    request.getMethod(),
                    uri.getPath() == null ? "" : uri.getPath(),
                    ApiRequest.parameters(uri.getQuery()),
                    name -> header(request.getHeaders(), name),
                    body));
        } catch (RuntimeException e) {
            LOG.error("{} {} failed, it got the status 500", request.getMethod(), Request.getPathInContext(request), e);
            return ApiReply.text(500, "Internal error");
        }
    }

    /** Lets go of what is left of a body, without holding a thread. @param then takes whether all of it came */
    private static void drain(Request request, int most, Consumer<Boolean> then) {
        int left = most;
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                int rest = left;
                request.demand(() -> drain(request, rest, then));
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                then.accept(false);
                return;
            }
            left -= chunk.remaining();
            chunk.release();
            if (chunk.isLast() || left < 0) {
                then.accept(left >= 0);
                return;
            }
        }
    }

    /** A field that stands there more than once, as one list (RFC 9110 section 5.3). */
    private static String header(HttpFields fields, String name) {
        List<String> values = fields.getValuesList(name);
        return values.isEmpty() ? null : values.size() == 1 ? values.get(0) : String.join(", ", values);
    }

    private static void send(ApiReply reply, Request request, Response response, Callback callback) {
        response.setStatus(reply.status());
        HttpFields.Mutable headers = response.getHeaders();
        Cors.FIELDS.forEach(headers::put);
        reply.headers().forEach(headers::put);
        if (reply.contentType() != null) {
            headers.put(new HttpField(HttpHeader.CONTENT_TYPE, reply.contentType()));
        }
        boolean head = request.getMethod().equals("HEAD");
        if (reply.stream() != null && !head) {
            new JettySink(response, callback).start(reply.stream());
        } else if (reply.longBody() != null && !head) {
            write(reply.longBody(), request, response, callback);
        } else if (head || reply.body().length == 0) {
            if (reply.status() != 204 && reply.longBody() == null && reply.stream() == null) {
                headers.put(HttpHeader.CONTENT_LENGTH, reply.body().length);
            }
            response.write(true, null, callback);
        } else {
            response.write(true, ByteBuffer.wrap(reply.body()), callback);
        }
    }

    /** The header is gone when something fails, so the connection is cut: the client sees that there was more. */
    private static void write(ApiReply.LongBody body, Request request, Response response, Callback callback) {
        try {
            OutputStream out = Content.Sink.asOutputStream(response);
            body.writeTo(out);
            out.close();
            callback.succeeded();
        } catch (IOException e) {
            LOG.debug("{} was not read to its end", Request.getPathInContext(request), e);
            callback.failed(e);
        } catch (RuntimeException e) {
            LOG.error("{} {} broke off", request.getMethod(), Request.getPathInContext(request), e);
            callback.failed(e);
        }
    }

    /** Reads a body within its limit, and lets go of one that nobody wanted. */
    private static final class BodyReader implements ApiRequest.Body {

        private final Request request;
        private final InputStream stream;
        private final int limit;
        private boolean ended;

        BodyReader(Request request, int limit) {
            this.request = request;
            this.limit = limit;
            stream = Content.Source.asInputStream(request);
        }

        @Override
        public byte[] read() throws IOException {
            if (request.getLength() > limit) {
                throw new ApiRequest.BodyTooLargeException(limit);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.max(BUFFER, request.getLength()));
            byte[] buffer = new byte[BUFFER];
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                if (bytes.size() + count > limit) {
                    throw new ApiRequest.BodyTooLargeException(limit);
                }
                bytes.write(buffer, 0, count);
            }
            ended = true;
            return bytes.toByteArray();
        }

        @Override
        public InputStream open() {
            return stream;
        }

        /** Whether nothing of it is left on the connection. */
        boolean isTaken() {
            boolean announced = request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
            return ended || !announced;
        }
    }
}
