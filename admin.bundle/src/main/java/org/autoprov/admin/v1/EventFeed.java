// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.autoprov.admin.ApiSettings;
import org.autoprov.admin.EventStream;
import org.autoprov.core.service.ChangeEvent;
import org.autoprov.core.service.ChangeMonitor;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.MetricSource;
import org.autoprov.core.service.Metrics;
import org.autoprov.core.service.OperationService;
import org.autoprov.core.service.RequestEvent;
import org.autoprov.core.service.RequestFollower;
import org.autoprov.core.service.RequestMonitor;
import org.autoprov.core.service.StartFailure;
import org.autoprov.core.service.TenantService;
import org.autoprov.core.service.TransferEvent;
import org.autoprov.core.store.Kind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what happens in this process, and hands it to the readers of {@code /1/events} and to webhooks: while there is
 * a webhook, while somebody reads, and for a minute longer, so that a reader can resume. What phones ask is watched only
 * while somebody wants that. All of it runs on threads of its own, never on that of a request or a commit.
 *
 * <p>Where several servers share one database, each tells of what it did itself; so no change is told twice. Thread-safe.
 */
@Component(
        service = {EventFeed.class, MetricSource.class},
        configurationPid = "org.autoprov",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class EventFeed implements MetricSource {

    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);

    private static final int MOST_HELD = 10_000;
    private static final long TICK_MILLIS = 500;

    private final TenantService tenants;
    private final Clock clock;
    private final EventSettings settings;
    private final Audiences audiences;
    private final EventViews views;
    private final EventSources sources;
    private final OperationWatch operations;
    private final Webhooks webhooks;
    private final String run;

    private final List<EventReader> readers = new CopyOnWriteArrayList<>();
    private final EventRing ring = new EventRing(MOST_HELD);
    private final ScheduledExecutorService timer = daemon("autoprov-events");
    /** Asking the identity service may take long. */
    private final ScheduledExecutorService guard = daemon("autoprov-events-access");

    private final AtomicBoolean guarding = new AtomicBoolean();

    private long requestsFrom;
    private long lastChange;
    private long told;
    private int ticks;
    private boolean closed;

    @Activate
    public EventFeed(
            ApiSettings settings,
            @Reference DeviceService devices,
            @Reference LineService lines,
            @Reference TenantService tenants,
            @Reference OperationService operations,
            @Reference RequestMonitor requests,
            @Reference ChangeMonitor changes) {
        this(settings(settings), devices, lines, tenants, operations, requests, changes, Clock.systemUTC());
    }

    EventFeed(
            EventSettings settings,
            DeviceService devices,
            LineService lines,
            TenantService tenants,
            OperationService operations,
            RequestMonitor requests,
            ChangeMonitor changes,
            Clock clock) {
        this.settings = settings;
        this.tenants = tenants;
        this.clock = clock;
        this.audiences = new Audiences(tenants, devices, lines);
        this.views =
                new EventViews(audiences, lines, key -> tenants.findByKey(key).isPresent());
        this.sources = new EventSources(changes, requests, this::changed, new Phones(), settings.lingerMillis());
        this.operations = new OperationWatch(operations);
        this.run = Long.toString(clock.millis(), Character.MAX_RADIX);
        this.webhooks = new Webhooks(settings, run, clock);
        timer.scheduleWithFixedDelay(this::tickSafely, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static EventSettings settings(ApiSettings settings) {
        int most = settings.api_events_max();
        if (most < 1 || most > 10_000) {
            throw StartFailure.tell("api.events.max: must be 1 to 10000, not " + most, null);
        }
        return EventSettings.usual(most, settings.webhooks_internal());
    }

    private static ScheduledExecutorService daemon(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Whether no further stream may be opened. */
    boolean isFull() {
        return readers.size() >= settings.mostStreams();
    }

    /** The id of an event, as readers get it. */
    String id(long number) {
        return run + '-' + number;
    }

    /** The number of an event by its id; 0 when it is not of this run of the server. */
    long number(String id) {
        if (id.startsWith(run + '-')) {
            String number = id.substring(run.length() + 1);
            if (number.matches("[0-9]{1,18}")) {
                return Long.parseLong(number);
            }
        }
        return 0;
    }

    void join(EventReader reader, EventStream.Sink sink) {
        synchronized (this) {
            if (!closed && !isFull()) {
                collect(reader.filter().wantsRequests());
                readers.add(reader);
                reader.begin(sink, ring, requestsFrom);
                sink.onClose(() -> readers.remove(reader));
                return;
            }
        }
        sink.close();
    }

    /** Begins to watch what is not watched yet. */
    private void collect(boolean withRequests) {
        if (!sources.followsChanges()) {
            audiences.learn();
            operations.begin();
            lastChange = 0;
        }
        sources.wantChanges();
        if (withRequests) {
            if (!sources.followsRequests()) {
                requestsFrom = ring.last() + 1;
            }
            sources.wantRequests();
        }
    }

    private final class Phones implements RequestFollower {
        @Override
        public void request(RequestEvent event) {
            publish(views.request(event));
        }

        @Override
        public void transfer(TransferEvent event) {
            publish(views.transfer(event));
        }
    }

    private void changed(ChangeEvent change) {
        Event event = views.change(change);
        synchronized (this) {
            if (lastChange != 0 && change.number() != lastChange + 1) {
                LOG.warn("Changes came faster than they could be told; those who follow events have missed some");
                ring.clear(); // tells all readers
            }
            lastChange = change.number();
            if (change.entry().kind() == Kind.TENANT) {
                audiences.changed(change.entry().id());
                webhooks.update(tenants.all());
            }
            publish(event);
        }
    }

    private synchronized void publish(Event event) {
        if (!sources.followsChanges()) {
            return; // what was still on its way when the last reader left
        }
        ring.add(event);
        told++;
        webhooks.offer(ring.last(), event);
        for (EventReader reader : readers) {
            reader.pump(ring);
        }
    }

    private void tickSafely() {
        try {
            tick();
        } catch (RuntimeException e) {
            LOG.error("Telling events failed; it goes on", e);
        }
    }

    private synchronized void tick() {
        if (closed) {
            return;
        }
        ticks++;
        if (every(1_000)) {
            webhooks.update(tenants.all());
        }
        if (sources.followsChanges()) {
            operations.poll(EventSources.now(), operation -> publish(views.operation(operation, clock.instant())));
        }
        for (EventReader reader : readers) {
            reader.pump(ring); // what a slow one did not take before
            if (every(settings.commentMillis())) {
                reader.comment();
            }
        }
        if (every(settings.accessMillis()) && !readers.isEmpty() && guarding.compareAndSet(false, true)) {
            guard.execute(this::checkAccess);
        }
        watchAsNeeded();
    }

    private boolean every(long millis) {
        return ticks % Math.max(1, millis / TICK_MILLIS) == 0;
    }

    /** Ends what nobody wants any more, a while later. */
    private void watchAsNeeded() {
        boolean anybody = !readers.isEmpty() || !webhooks.isEmpty();
        boolean anybodyOfRequests = webhooks.wantRequests()
                || readers.stream().anyMatch(reader -> reader.filter().wantsRequests());
        if (anybody) {
            collect(anybodyOfRequests);
        }
        if (sources.letGoOfRequests()) {
            ring.skip();
        }
        if (sources.letGoOfChanges()) {
            ring.clear();
        }
    }

    /** A token that was revoked or has expired reads no more. */
    private void checkAccess() {
        try {
            for (EventReader reader : readers) {
                if (!reader.isAllowed()) {
                    reader.close();
                }
            }
        } catch (RuntimeException e) {
            LOG.error("Whether readers of events still may read could not be checked", e);
        } finally {
            guarding.set(false);
        }
    }

    /** Ends all streams; new ones may be opened. */
    void endStreams() {
        readers.forEach(EventReader::close);
    }

    @Deactivate
    void close() {
        synchronized (this) {
            closed = true;
            sources.close();
        }
        timer.shutdownNow();
        guard.shutdownNow();
        webhooks.close();
        endStreams();
    }

    @Override
    public void measure(Metrics metrics) {
        long events;
        synchronized (this) {
            events = told;
        }
        metrics.gauge("autoprov_event_streams", "Open streams of events.", readers.size());
        metrics.counter("autoprov_events_total", "Events that were told.", events);
        webhooks.measure(metrics);
    }

    /** For tests: whether changes and whether requests are being watched. */
    synchronized Set<String> watched() {
        return !sources.followsChanges()
                ? Set.of()
                : sources.followsRequests() ? Set.of("changes", "requests") : Set.of("changes");
    }
}
