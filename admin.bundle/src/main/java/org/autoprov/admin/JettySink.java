// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends a stream's messages one write after the other, each with all that waits then. */
final class JettySink implements EventStream.Sink {

    /** Whoever leaves more than this unread is given up, bytes. */
    private static final int MOST_WAITING = 1 << 20;

    private final Response response;
    private final Callback callback;
    private final List<Runnable> actions = new ArrayList<>();
    private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private int underWay;
    private boolean writing = true; // the header, until started() is called
    private boolean closing;
    private boolean gone;

    JettySink(Response response, Callback callback) {
        this.response = response;
        this.callback = callback;
    }

    /** Sends the header, then lets the stream send. */
    void start(EventStream stream) {
        response.write(false, null, Callback.from(this::wrote, this::fail));
        stream.open(this);
    }

    @Override
    public boolean send(byte[] bytes) {
        synchronized (this) {
            if (gone || closing) {
                return false;
            }
            if (waiting.size() + bytes.length <= MOST_WAITING) {
                waiting.writeBytes(bytes);
                bytes = null;
            }
        }
        if (bytes != null) {
            fail(new IllegalStateException("the reader is too slow"));
            return false;
        }
        write();
        return true;
    }

    /** Writes what waits, unless a write is under way: that one goes on with it. */
    private void write() {
        ByteBuffer next;
        boolean last;
        synchronized (this) {
            if (writing || gone || waiting.size() == 0 && !closing) {
                return;
            }
            writing = true;
            last = closing;
            underWay = waiting.size();
            next = ByteBuffer.wrap(waiting.toByteArray());
            waiting = new ByteArrayOutputStream();
        }
        if (last) {
            end();
            response.write(true, next, callback);
        } else {
            response.write(false, next, Callback.from(this::wrote, this::fail));
        }
    }

    private void wrote() {
        synchronized (this) {
            writing = false;
            underWay = 0;
        }
        write();
    }

    private void fail(Throwable cause) {
        if (end()) {
            callback.failed(cause);
        }
    }

    /** @return whether it had not ended yet */
    private boolean end() {
        List<Runnable> due;
        synchronized (this) {
            if (gone) {
                return false;
            }
            gone = true;
            due = List.copyOf(actions);
        }
        due.forEach(Runnable::run);
        return true;
    }

    @Override
    public synchronized int waiting() {
        return underWay + waiting.size();
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        write();
    }

    @Override
    public void onClose(Runnable action) {
        synchronized (this) {
            if (!gone) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }
}
