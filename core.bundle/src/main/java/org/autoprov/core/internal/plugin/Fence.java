// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.plugin;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands around every call into a vendor's code. The call runs on the caller's thread; what it throws is caught, logged with
 * the plugin's name and counted; after {@link #LIMIT_MILLIS} its thread is interrupted. A plugin that did not return in time
 * {@link #MAX_TIMEOUTS} times, or that ignores the interrupt, is suspended: it is not called again until it is replaced.
 */
public final class Fence {

    /** How long a call may take, milliseconds. */
    static final long LIMIT_MILLIS = 2000;

    static final int MAX_TIMEOUTS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Fence.class);
    private static final int MAX_LOGGED = 20;

    /** As long as the watchdog needs to interrupt a call and to see whether that helped. */
    private static final long CALM_MILLIS = LIMIT_MILLIS + 1500;

    private static final long WAIT_MILLIS = 5;

    private final String name;
    private final Watchdog watchdog;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger timeouts = new AtomicInteger();
    private final AtomicLong failures = new AtomicLong();
    private volatile String lastFailure;
    private volatile boolean suspended;
    private volatile boolean stalling;

    Fence(String name, Watchdog watchdog) {
        this.name = name;
        this.watchdog = watchdog;
    }

    /** A call into a plugin; {@code X} is what it may throw as an answer. */
    interface Call<T, X extends Exception> {
        T run() throws X;
    }

    /** A plugin's code failed, timed out, or is suspended. */
    static final class FencedException extends Exception {
        private static final long serialVersionUID = 1;

        FencedException(String message) {
            super(message);
        }
    }

    /**
     * Runs a call.
     *
     * @throws X passed through: it is an answer, not a failure
     * @throws FencedException for everything else that it throws
     */
    <T, X extends Exception> T call(String what, Class<X> answer, Call<T, X> call) throws X, FencedException {
        if (suspended) {
            throw new FencedException(name + " is suspended: " + lastFailure);
        }
        Watchdog.Watch watch = watchdog.start(this);
        running.incrementAndGet();
        try {
            return call.run();
        } catch (ThreadDeath | VirtualMachineError e) {
            if (!(e instanceof StackOverflowError)) {
                throw e;
            }
            throw failed(what, e);
        } catch (Throwable e) { // whatever a vendor's code throws must not get further
            if (answer.isInstance(e) && !watch.barked()) {
                throw answer.cast(e);
            }
            throw failed(what, e);
        } finally {
            running.decrementAndGet();
            if (watch.stop()) {
                Thread.interrupted(); // the watchdog's, not anybody else's
            }
            if (stalling) {
                stalling = false;
            }
        }
    }

    private FencedException failed(String what, Throwable e) {
        String line = what + " failed: " + oneLine(e);
        lastFailure = line;
        if (failures.incrementAndGet() <= MAX_LOGGED) {
            LOG.warn("plugin {}: {}{}", name, line, place(e));
        }
        LOG.debug("plugin {}", name, e);
        return new FencedException(name + ": " + line);
    }

    /** Where in the vendor's code it happened: the first frame, which is as a rule the one that matters. */
    private static String place(Throwable e) {
        StackTraceElement[] frames = e.getStackTrace();
        return frames.length == 0 ? "" : " at " + frames[0];
    }

    private static String oneLine(Throwable e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
    }

    /** Called by the watchdog: the call has lasted longer than it may. */
    void timedOut() {
        stalling = true;
        lastFailure = "did not return within " + LIMIT_MILLIS + " ms";
        failures.incrementAndGet();
        if (timeouts.incrementAndGet() >= MAX_TIMEOUTS) {
            suspend("is suspended: it did not return within " + LIMIT_MILLIS + " ms, " + MAX_TIMEOUTS + " times");
        } else {
            LOG.warn("plugin {} {}; interrupted", name, lastFailure);
        }
    }

    /** Called by the watchdog: the call goes on although it was interrupted. */
    void ignoredInterrupt() {
        suspend("is suspended: it did not return within " + LIMIT_MILLIS + " ms and ignores interrupts");
    }

    private void suspend(String why) {
        if (!suspended) {
            suspended = true;
            lastFailure = why;
            LOG.error("plugin {} {}; replace it to use it again", name, why);
        }
    }

    /** Called by the watchdog: a call has lasted suspiciously long, so callers who can do without it should. */
    void stalls() {
        stalling = true;
    }

    /** Waits while a call inside lasts suspiciously long. @return false when the plugin is not to be called */
    boolean awaitCalm() {
        if (stalling && !suspended) {
            long end = System.nanoTime() + CALM_MILLIS * 1_000_000;
            try {
                while (stalling && !suspended && System.nanoTime() < end) {
                    Thread.sleep(WAIT_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !suspended;
    }

    boolean suspended() {
        return suspended;
    }

    long failures() {
        return failures.get();
    }

    String lastFailure() {
        return lastFailure;
    }

    /** Calls that are inside now. */
    int running() {
        return running.get();
    }
}
