// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.RequestEvent;
import org.autoprov.core.service.RequestFollower;
import org.autoprov.core.service.RequestMonitor;
import org.autoprov.core.service.TransferEvent;
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
                "prints each request as it comes, with what was decided at each step, and how large transfers go",
                "[--once] [--count NUMBER] [FILTER...]",
                "FILTER is a device (id, MAC or IP address), or text that the request or a decision contains.\n"
                        + "Ends after --count requests (--once: one), or with Ctrl-C.",
                this::watch));
    }

    /** What is printed for a request, or for a transfer. */
    private record Entry(boolean isRequest, List<String> lines) {}

    private void watch(Arguments arguments, Screen screen) throws Exception {
        long left = arguments.has("--once") ? 1 : arguments.number("--count", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
        boolean endless = !arguments.has("--once") && !arguments.has("--count");
        Selection selection = new Selection(devices, arguments.count() == 0 ? null : arguments.rest(0));
        BlockingQueue<Entry> entries = new LinkedBlockingQueue<>(1000);
        AtomicLong dropped = new AtomicLong();
        AutoCloseable following = monitor.follow(new RequestFollower() {
            @Override
            public void request(RequestEvent event) {
                if (selection.wants(event) && !entries.offer(new Entry(true, lines(event)))) {
                    dropped.incrementAndGet();
                }
            }

            @Override
            public void transfer(TransferEvent event) {
                if (selection.wants(event) && !entries.offer(new Entry(false, List.of(line(event))))) {
                    dropped.incrementAndGet();
                }
            }
        });
        try {
            while (endless || left > 0) {
                Entry entry = entries.take();
                for (String line : entry.lines()) {
                    screen.line(line);
                }
                left -= entry.isRequest() ? 1 : 0;
                long missed = dropped.getAndSet(0);
                if (missed > 0) {
                    screen.line("(" + Text.count(missed, "event") + " not shown: they came faster)");
                }
                screen.flush();
            }
        } finally {
            following.close();
        }
    }

    private static List<String> lines(RequestEvent event) {
        List<String> lines = new ArrayList<>();
        lines.add("#" + event.number() + " " + TIME.format(event.time()) + " " + event.request());
        event.steps().forEach(step -> lines.add("    " + step));
        lines.add("    → " + event.outcome() + String.format(Locale.ROOT, " (%.1f ms)", event.micros() / 1000.0));
        return lines;
    }

    private static String line(TransferEvent event) {
        String progress = event.total() > 0
                ? Text.bytes(event.bytes()) + " of " + Text.bytes(event.total()) + ", "
                        + event.bytes() * 100 / event.total() + " %"
                : Text.bytes(event.bytes());
        String speed = event.millis() > 0 ? ", " + Text.bytes(event.bytes() * 1000 / event.millis()) + "/s" : "";
        String how = switch (event.state()) {
            case RUNNING -> progress + speed;
            case DONE -> "done, " + progress + speed;
            case BROKEN -> "broke off after " + progress + ": " + event.reason();
        };
        return "… " + TIME.format(event.time()) + " " + event.request() + ": " + how;
    }
}
