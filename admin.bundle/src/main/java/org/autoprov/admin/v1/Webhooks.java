// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.service.Metrics;

/**
 * Sends events to where tenants want to be told: four at a time in all, one per tenant, each tenant's in their order. What
 * waits is kept in memory; a stop of the server forgets it. With several servers over one database each sends what it did
 * itself. Thread-safe.
 */
final class Webhooks {

    /** A connection that hangs holds one of these threads. */
    private static final int MOST_AT_A_TIME = 4;

    /** Of what a tenant is told that named no kinds: what phones ask may be very much. */
    private static final Set<String> USUAL = Set.of("device", "line", EventFilter.OPERATION);

    private final EventSettings settings;
    private final String run;
    private final WebhookSender sender;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor pool;
    private final Map<String, WebhookQueue> queues = new HashMap<>();
    private final Tally tally = new Tally();
    private boolean wantRequests;

    /** How many messages went which way. */
    static final class Tally {
        final LongAdder delivered = new LongAdder();
        final LongAdder failed = new LongAdder();
        final LongAdder dropped = new LongAdder();
    }

    /** @param run names this run of the server, for ids of messages that never come again */
    Webhooks(EventSettings settings, String run, Clock clock) {
        this.settings = settings;
        this.run = run;
        this.clock = clock;
        this.sender = new WebhookSender(settings.internalWebhooks(), settings.webhookTime());
        AtomicInteger number = new AtomicInteger();
        pool = new ScheduledThreadPoolExecutor(MOST_AT_A_TIME, task -> {
            Thread thread = new Thread(task, "autoprov-webhook-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.setKeepAliveTime(30, TimeUnit.SECONDS);
        pool.allowCoreThreadTimeOut(true);
        pool.setRemoveOnCancelPolicy(true);
    }

    /** Takes over which tenant has which webhook. @param tenants all of them */
    synchronized void update(Iterable<Tenant> tenants) {
        Set<String> gone = new HashSet<>(queues.keySet());
        wantRequests = false;
        for (Tenant tenant : tenants) {
            if (tenant.webhook() == null) {
                continue;
            }
            gone.remove(tenant.id());
            Set<String> types = tenant.webhook().events();
            EventFilter filter = new EventFilter(types.isEmpty() ? USUAL : types, null);
            WebhookQueue queue = queues.computeIfAbsent(
                    tenant.id(), id -> new WebhookQueue(sender, pool, settings.webhookPauses(), clock, tally));
            queue.update(tenant, filter);
            wantRequests |= filter.wantsRequests();
        }
        gone.forEach(id -> queues.remove(id).close());
    }

    synchronized boolean isEmpty() {
        return queues.isEmpty();
    }

    synchronized boolean wantRequests() {
        return wantRequests;
    }

    /** Sends an event to those whom it concerns, later. @param number unique in this run */
    synchronized void offer(long number, Event event) {
        if (queues.isEmpty()) {
            return;
        }
        for (String tenant : event.audience().tenants()) {
            WebhookQueue queue = queues.get(tenant);
            if (queue != null && queue.wants(event)) {
                String id = "msg_" + run + '-' + number + '-' + tenant.substring(0, Math.min(8, tenant.length()));
                queue.offer(new WebhookMessage(id, event.type(), event.time(), event.dataFor(tenant)));
            }
        }
    }

    void measure(Metrics metrics) {
        String name = "autoprov_webhook_messages_total";
        String help = "Messages to webhooks by what became of them; dropped ones were never tried.";
        metrics.counter(name, help, tally.delivered.sum(), "result", "delivered");
        metrics.counter(name, help, tally.failed.sum(), "result", "failed");
        metrics.counter(name, help, tally.dropped.sum(), "result", "dropped");
    }

    synchronized void close() {
        queues.values().forEach(WebhookQueue::close);
        queues.clear();
        pool.shutdownNow();
    }
}
