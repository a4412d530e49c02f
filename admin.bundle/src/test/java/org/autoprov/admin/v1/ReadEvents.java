// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.autoprov.admin.EventStream;
import org.autoprov.admin.Json;

/** A client of a stream of events, without a socket. Reads by the rules of WHATWG HTML 9.2.6. */
final class ReadEvents implements EventStream.Sink {

    /** @param id what a client would resume from after this */
    record Read(String id, String type, Map<?, ?> data) {}

    private final StringBuilder text = new StringBuilder();
    private final List<Runnable> actions = new ArrayList<>();
    private boolean closed;
    private int taken;
    /** Takes nothing while this is set. */
    private boolean stuck;

    @Override
    public synchronized boolean send(byte[] bytes) {
        if (closed) {
            return false;
        }
        text.append(new String(bytes, StandardCharsets.UTF_8));
        return true;
    }

    @Override
    public synchronized int waiting() {
        return stuck ? text.length() - taken : 0;
    }

    @Override
    public void close() {
        List<Runnable> due;
        synchronized (this) {
            closed = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    @Override
    public void onClose(Runnable action) {
        synchronized (this) {
            if (!closed) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized void stuck(boolean value) {
        stuck = value;
        taken = text.length();
    }

    synchronized String text() {
        return text.toString();
    }

    /** All events so far. */
    List<Read> read() {
        List<Read> events = new ArrayList<>();
        String id = "";
        for (String block : text().split("\n\n")) {
            String type = null;
            String data = null;
            for (String line : block.split("\n")) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                }
            }
            if (data != null) {
                events.add(new Read(id, type, json(data)));
            }
        }
        return events;
    }

    private static Map<?, ?> json(String text) {
        try {
            return (Map<?, ?>) Json.read(text);
        } catch (Json.InvalidJsonException e) {
            throw new AssertionError(text, e);
        }
    }

    List<String> types() {
        return read().stream().map(Read::type).toList();
    }

    /** A part of the data of each event so far. */
    List<Object> all(String key) {
        List<Object> values = new ArrayList<>();
        read().forEach(event -> values.add(event.data().get(key)));
        return values;
    }

    /** What a client would send as Last-Event-ID. */
    String lastId() {
        String all = text();
        int at = all.lastIndexOf("\nid: ");
        return all.substring(at + 5, all.indexOf('\n', at + 1));
    }

    /** The first event of a type, waiting for it. */
    Read await(String type) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < end) {
            for (Read event : read()) {
                if (event.type().equals(type)) {
                    return event;
                }
            }
            pause();
        }
        throw new AssertionError("no " + type + " in " + text());
    }

    void awaitEnd() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!isClosed() && System.nanoTime() < end) {
            pause();
        }
        if (!isClosed()) {
            throw new AssertionError("the stream goes on");
        }
    }

    private static void pause() throws InterruptedException {
        Thread.sleep(20);
    }
}
