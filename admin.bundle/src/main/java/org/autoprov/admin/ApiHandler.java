// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
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
    private static final int MOST_DRAINED_BYTES = 1 << 20;

    private final Api api;
    private final int bodyMax;

    ApiHandler(Api api, int bodyMax) {
        this.api = api;
        this.bodyMax = bodyMax;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        BodyReader body = new BodyReader(request, bodyMax);
        ApiReply reply;
        try {
            HttpURI uri = request.getHttpURI();
            reply = api.answer(new ApiRequest(
                    request.getMethod(),
                    uri.getPath() == null ? "" : uri.getPath(),
                    ApiRequest.parameters(uri.getQuery()),
                    request.getHeaders()::get,
                    body));
        } catch (RuntimeException e) {
            LOG.error("{} {} failed, it got the status 500", request.getMethod(), Request.getPathInContext(request), e);
            reply = ApiReply.text(500, "Internal error");
        }
        if (!body.drained()) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        send(reply, request, response, callback);
        return true;
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
        if (head || reply.body().length == 0) {
            if (reply.status() != 204) {
                headers.put(HttpHeader.CONTENT_LENGTH, reply.body().length);
            }
            response.write(true, null, callback);
        } else {
            response.write(true, ByteBuffer.wrap(reply.body()), callback);
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

        /** A client that sends first and reads later would find a reset connection instead of its answer. */
        boolean drained() {
            boolean announced = request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
            if (ended || !announced) {
                return true;
            }
            if (request.getHeaders().contains(HttpHeader.EXPECT) || request.getLength() > MOST_DRAINED_BYTES) {
                return false;
            }
            try {
                byte[] buffer = new byte[BUFFER];
                int left = MOST_DRAINED_BYTES;
                for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                    left -= count;
                    if (left < 0) {
                        return false;
                    }
                }
                return true;
            } catch (IOException e) {
                LOG.debug("A body broke off", e);
                return false;
            }
        }
    }
}
