// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.service.ProvisioningService;
import org.autoprov.core.service.RequestMonitor;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From Jetty's request to core's, and back. Called on selectors' threads; what may block moves to another. */
final class PhoneHandler extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(PhoneHandler.class);

    /** Fields that are handed on; no phone sends nearly as many. */
    private static final int MOST_HEADERS = 64;

    /** Taken for the length of an upload that does not say how long it is, when its time is limited. */
    private static final long ASSUMED_UPLOAD_BYTES = 1_000_000;

    private final ProvisioningService provisioning;
    private final RequestMonitor monitor;
    private final Refusals refusals;
    private final Counters counters;
    private final ListenerOptions options;
    private final Executor blocking;

    /** An upload may hold a thread for as long as its phone is slow, so they never get all threads. */
    private final Semaphore uploads;

    private volatile boolean closing;

    PhoneHandler(
            ListenerOptions options,
            ProvisioningService provisioning,
            RequestMonitor monitor,
            Refusals refusals,
            Counters counters,
            Executor blocking) {
        super(InvocationType.NON_BLOCKING);
        this.blocking = blocking;
        this.options = options;
        this.provisioning = provisioning;
        this.monitor = monitor;
        this.refusals = refusals;
        this.counters = counters;
        uploads = new Semaphore(options.uploads());
    }

    /** From now on each answer is the last one of its connection. */
    void closeConnections() {
        closing = true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        PhoneEndPoint endPoint =
                (PhoneEndPoint) request.getConnectionMetaData().getConnection().getEndPoint();
        endPoint.due(PhoneEndPoint.UNLIMITED);
        Answer answer = new Answer(request, response, callback, endPoint, options, counters);
        if (closing) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        guard(request, answer, () -> dispatch(request, answer));
        return true;
    }

    /** A step of the way that may refuse the request. */
    private interface Step {
        void take() throws BadRequestException;
    }

    /** Whatever happens, the phone gets an answer, and nothing gets further. */
    private void guard(Request request, Answer answer, Step step) {
        try {
            step.take();
        } catch (BadRequestException e) {
            refusals.add(request.getConnectionMetaData().getRemoteSocketAddress(), e.getMessage());
            answer.refuse(400);
        } catch (HttpException.RuntimeException e) {
            // Jetty reads some header fields only when they are asked for.
            refusals.add(request.getConnectionMetaData().getRemoteSocketAddress(), "a senseless header field");
            answer.refuse(400);
        } catch (Throwable e) {
            LOG.error("A phone's request failed, it got the status 500", e);
            answer.refuse(500);
        }
    }

    private void dispatch(Request request, Answer answer) throws BadRequestException {
        switch (request.getMethod()) {
            case "GET" -> provision(request, answer, read(request, PhoneRequest.Action.READ));
            case "HEAD" -> provision(request, answer, read(request, PhoneRequest.Action.LOOK));
            case "PUT", "POST" -> later(request, answer, () -> upload(request, answer));
            default -> answer.methodNotAllowed();
        }
    }

    /** A known phone is answered on the selector's own thread, which saves handing it over; others may have to wait. */
    private void provision(Request request, Answer answer, PhoneRequest phoneRequest) {
        Optional<PhoneReply> reply = provisioning.provisionAtOnce(phoneRequest);
        if (reply.isPresent()) {
            answer.send(reply.get(), phoneRequest, monitor);
        } else {
            later(request, answer, () -> answer.send(provisioning.provision(phoneRequest), phoneRequest, monitor));
        }
    }

    /** Leaves the selector's thread for one that may block. */
    private void later(Request request, Answer answer, Step step) {
        blocking.execute(() -> guard(request, answer, step));
    }

    private void upload(Request request, Answer answer) throws BadRequestException {
        PhoneRequest phoneRequest = read(request, PhoneRequest.Action.WRITE);
        if (!uploads.tryAcquire()) {
            counters.overLimit.increment();
            answer.refuse(503);
            return;
        }
        long length = request.getLength();
        long seconds = (length < 0 ? ASSUMED_UPLOAD_BYTES : length) / options.slowest();
        answer.due(TimeUnit.MILLISECONDS.toNanos(options.requestMillis()) + TimeUnit.SECONDS.toNanos(seconds));
        try {
            // Not closed here: that would fail the request while its answer is on the way. Jetty does it afterwards.
            InputStream body = Content.Source.asInputStream(request);
            PhoneReply reply = provisioning.upload(phoneRequest, body, length);
            if (reply.status() != PhoneReply.Status.STORED
                    && !request.getHeaders().contains(HttpHeader.EXPECT)) {
                answer.thenDrain(body);
            }
            answer.due(PhoneEndPoint.UNLIMITED);
            answer.send(reply, phoneRequest, monitor);
        } catch (IOException e) {
            LOG.debug("An upload broke off", e);
            answer.breakOff();
        } finally {
            uploads.release();
        }
    }

    private PhoneRequest read(Request request, PhoneRequest.Action action) throws BadRequestException {
        HttpURI uri = request.getHttpURI();
        if (uri.getFragment() != null || uri.getUser() != null) {
            throw new BadRequestException("a fragment or a user in the request target");
        }
        String path = RequestPath.decode(uri.getPath());
        HttpFields headers = request.getHeaders();
        ConnectionMetaData connection = request.getConnectionMetaData();
        InetAddress client = options.trustedProxies() == 0
                ? ClientAddress.peer(connection.getRemoteSocketAddress())
                : ClientAddress.forwarded(
                        headers.getValuesList(HttpHeader.X_FORWARDED_FOR.asString()), options.trustedProxies());
        PhoneRequest.Builder builder = PhoneRequest.from(Protocol.HTTP, client)
                .action(action)
                .path(path)
                .query(QueryParameters.of(uri.getQuery()));
        SocketAddress local = connection.getLocalSocketAddress();
        if (local instanceof InetSocketAddress) {
            builder.server((InetSocketAddress) local);
        }
        // Backwards, so that of a field given twice the first value stays.
        for (int i = Math.min(headers.size(), MOST_HEADERS) - 1; i >= 0; i--) {
            HttpField field = headers.getField(i);
            builder.header(field.getName(), field.getValue() == null ? "" : field.getValue());
        }
        return builder.build();
    }
}
