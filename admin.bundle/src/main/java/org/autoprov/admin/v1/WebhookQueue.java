// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.device.Webhook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What waits for one tenant's webhook. One message is tried at a time, the next only after it. Thread-safe. */
final class WebhookQueue {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookQueue.class);

    static final int MOST_WAITING = 1_000;
    static final int MOST_LOST_IN_A_ROW = 10;

    private final WebhookSender sender;
    private final ScheduledExecutorService pool;
    private final List<Duration> pauses;
    private final Clock clock;
    private final Webhooks.Tally tally;

    private final Deque<WebhookMessage> waiting = new ArrayDeque<>();
    private Tenant tenant;
    private EventFilter filter;
    private WebhookMessage current;
    private int tries;
    private int lostInARow;
    private boolean overflowing;
    private boolean off;
    private boolean closed;
    /** The next try; null when none is due. */
    private Future<?> due;

    private boolean sending;

    /** @param pauses before each further try */
    WebhookQueue(
            WebhookSender sender,
            ScheduledExecutorService pool,
            List<Duration> pauses,
            Clock clock,
            Webhooks.Tally tally) {
        this.sender = sender;
        this.pool = pool;
        this.pauses = pauses;
        this.clock = clock;
        this.tally = tally;
    }

    /** The tenant as it is now; one that was changed is tried again at once, whatever went wrong before. */
    synchronized void update(Tenant now, EventFilter wanted) {
        if (tenant != null && tenant.revision() == now.revision()) {
            return;
        }
        tenant = now;
        filter = wanted;
        off = false;
        lostInARow = 0;
        tries = 0;
        if (due != null) {
            due.cancel(false);
            due = null;
        }
        proceed(Duration.ZERO);
    }

    synchronized boolean wants(Event event) {
        return !off && filter.matches(event);
    }

    synchronized void offer(WebhookMessage message) {
        if (closed || off) {
            return;
        }
        if (waiting.size() >= MOST_WAITING) {
            waiting.removeFirst();
            tally.dropped.increment();
            if (!overflowing) {
                overflowing = true;
                LOG.warn("Events for the webhook of {} come faster than it takes them; the oldest are dropped", name());
            }
        }
        waiting.addLast(message);
        proceed(Duration.ZERO);
    }

    /** Lets the next try come, unless one is due or under way. */
    private void proceed(Duration pause) {
        if (!closed && !off && !sending && due == null && (current != null || !waiting.isEmpty())) {
            due = pool.schedule(this::attempt, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void attempt() {
        WebhookMessage message;
        Webhook webhook;
        long revision;
        synchronized (this) {
            if (closed || off || sending) {
                return;
            }
            due = null;
            if (current == null) {
                current = waiting.pollFirst();
                tries = 0;
            }
            if (current == null) {
                return;
            }
            sending = true;
            message = current;
            webhook = tenant.webhook();
            revision = tenant.revision();
        }
        WebhookSender.Outcome outcome;
        try {
            outcome = sender.send(webhook, message, clock.instant().getEpochSecond());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops
            return;
        } catch (RuntimeException e) {
            LOG.error("Sending to a webhook failed; it is tried again", e);
            outcome = new WebhookSender.Outcome(WebhookSender.Result.FAILED, "internal error");
        }
        tried(outcome, revision);
    }

    /** @param revision the tenant's when it was tried: a failure says nothing of what the tenant set meanwhile */
    private synchronized void tried(WebhookSender.Outcome outcome, long revision) {
        sending = false;
        if (closed) {
            return;
        }
        Duration pause = Duration.ZERO;
        if (outcome.result() == WebhookSender.Result.DELIVERED) {
            tally.delivered.increment();
            lostInARow = 0;
            current = null;
            overflowing &= waiting.size() > MOST_WAITING / 2;
        } else if (revision == tenant.revision()) {
            LOG.debug("A message for the webhook of {} did not arrive: {}", name(), outcome.reason());
            pause = failed(outcome);
        }
        proceed(pause);
    }

    /** @return how long to wait before the next try */
    private Duration failed(WebhookSender.Outcome outcome) {
        if (outcome.result() == WebhookSender.Result.FAILED && tries < pauses.size()) {
            return pauses.get(tries++);
        }
        tally.failed.increment();
        current = null;
        lostInARow++;
        boolean gone = outcome.result() == WebhookSender.Result.GONE;
        if (gone || lostInARow >= MOST_LOST_IN_A_ROW) {
            off = true;
            tally.dropped.add(waiting.size());
            waiting.clear();
            LOG.warn("The webhook of {} is off until the tenant is changed: {}", name(), outcome.reason());
        } else {
            LOG.warn("A message for the webhook of {} is given up: {}", name(), outcome.reason());
        }
        return Duration.ZERO;
    }

    /** For the log: neither path nor query, as either may hold a secret. */
    private String name() {
        return tenant + " at " + URI.create(tenant.webhook().url()).getHost();
    }

    synchronized void close() {
        closed = true;
        waiting.clear();
        if (due != null) {
            due.cancel(false);
            due = null;
        }
    }
}
