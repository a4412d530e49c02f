// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.autoprov.core.device.Device;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.RequestEvent;
import org.autoprov.core.service.RequestMonitor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Follows requests as they come. */
@Component(service = CommandGroup.class)
public final class WatchCommands implements CommandGroup {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final RequestMonitor monitor;
    private final DeviceService devices;

    @Activate
    public WatchCommands(@Reference RequestMonitor monitor, @Reference DeviceService devices) {
        this.monitor = monitor;
        this.devices = devices;
    }

    @Override
    public List<Command> commands() {
        return List.of(new Command(
                "watch",
                "prints each request as it comes, with what was decided at each step",
                "[--once] [--count NUMBER] [FILTER...]",
                "FILTER is a device (id, MAC or IP address), or text that the request or a decision contains.\n"
                        + "Ends after --count requests (--once: one), or with Ctrl-C.",
                this::watch));
    }

    private void watch(Arguments arguments, Screen screen) throws Exception {
        long left = arguments.has("--once") ? 1 : arguments.number("--count", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
        boolean endless = !arguments.has("--once") && !arguments.has("--count");
        Predicate<RequestEvent> filter = filter(arguments.count() == 0 ? null : arguments.rest(0));
        BlockingQueue<RequestEvent> events = new LinkedBlockingQueue<>(1000);
        AtomicLong dropped = new AtomicLong();
        AutoCloseable following = monitor.follow(event -> {
            if (filter.test(event) && !events.offer(event)) {
                dropped.incrementAndGet();
            }
        });
        try {
            while (endless || left-- > 0) {
                print(events.take(), screen);
                long missed = dropped.getAndSet(0);
                if (missed > 0) {
                    screen.line("(" + Text.count(missed, "request") + " not shown: they came faster)");
                }
                screen.flush();
            }
        } finally {
            following.close();
        }
    }

    private Predicate<RequestEvent> filter(String text) {
        if (text == null) {
            return event -> true;
        }
        String id = devices.find(text).map(Device::id).orElse(null);
        String wanted = text.toLowerCase(Locale.ROOT);
        return event -> id != null && id.equals(event.deviceId())
                || contains(event.request(), wanted)
                || contains(event.outcome(), wanted)
                || event.steps().stream().anyMatch(step -> contains(step, wanted));
    }

    private static boolean contains(String text, String wanted) {
        return text != null && text.toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static void print(RequestEvent event, Screen screen) throws InterruptedException {
        screen.line("#" + event.number() + " " + TIME.format(event.time()) + " " + event.request());
        for (String step : event.steps()) {
            screen.line("    " + step);
        }
        screen.line("    → " + event.outcome() + String.format(Locale.ROOT, " (%.1f ms)", event.micros() / 1000.0));
    }
}
