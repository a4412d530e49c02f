// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Something that takes time, and how far it is. Whoever does the work reports here, whoever is interested reads; a state
 * only moves forward. Thread-safe.
 */
public final class Operation {

    /** How far it is. */
    public enum State {
        WAITING,
        PROGRESS,
        SUCCESS,
        FAIL
    }

    private final String label;
    private final List<Operation> parts = new CopyOnWriteArrayList<>();
    private State state = State.WAITING;
    private long current = -1;
    private long end;
    private String error = "";
    private final List<Consumer<State>> listeners = new ArrayList<>(1);

    /** @param label letters, digits and underscores; empty for none */
    public Operation(String label) {
        if (!label.matches("\\w*")) {
            throw new IllegalArgumentException("not a label: " + label);
        }
        this.label = label;
    }

    /** A part of it, which ends before it. */
    public Operation part(String partLabel) {
        Operation part = new Operation(partLabel);
        parts.add(part);
        return part;
    }

    public List<Operation> parts() {
        return List.copyOf(parts);
    }

    /** It has begun. */
    public synchronized void begin() {
        if (state == State.WAITING) {
            state = State.PROGRESS;
        }
    }

    /**
     * So much is done.
     *
     * @param done not negative; bytes for what is downloaded or unpacked
     * @param total of how many; 0 when nobody knows
     */
    public synchronized void progress(long done, long total) {
        begin();
        current = done;
        end = total;
    }

    public void succeed() {
        end(State.SUCCESS, "");
    }

    /** @param reason one sentence without secrets */
    public void fail(String reason) {
        end(State.FAIL, reason);
    }

    private void end(State how, String reason) {
        List<Consumer<State>> told;
        synchronized (this) {
            if (isDone()) {
                return;
            }
            state = how;
            error = reason;
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(listener -> listener.accept(how));
    }

    /** Tells how it ended, on the thread that ends it; at once when it has. @param listener quick, throws nothing */
    public void whenDone(Consumer<State> listener) {
        synchronized (this) {
            if (!isDone()) {
                listeners.add(listener);
                return;
            }
        }
        listener.accept(state());
    }

    /** Empty for none. */
    public String label() {
        return label;
    }

    /** How much is done, as {@link #progress} told; negative when it did not. */
    public synchronized long current() {
        return current;
    }

    /** Of how much; 0 when nobody knows. */
    public synchronized long total() {
        return end;
    }

    public synchronized State state() {
        return state;
    }

    public synchronized boolean isDone() {
        return state == State.SUCCESS || state == State.FAIL;
    }

    /** Why it failed; empty unless it did. */
    public synchronized String error() {
        return error;
    }

    /**
     * As clients of the REST API 0.2 read it: {@code [label|]state[;current[/end]]}, then each part the same way in
     * brackets.
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        synchronized (this) {
            if (!label.isEmpty()) {
                text.append(label).append('|');
            }
            text.append(state.name().toLowerCase(java.util.Locale.ROOT));
            if (current >= 0) {
                text.append(';').append(current);
                if (end > 0) {
                    text.append('/').append(end);
                }
            }
        }
        parts.forEach(part -> text.append('(').append(part.text()).append(')'));
        return text.toString();
    }
}
