// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.Masking;
import org.autoprov.core.service.RefusedException;

/** Lines: SIP accounts of the caller's tenants, with their provisioning codes. */
final class LineResources {

    private static final String COLLECTION = "/1/lines";
    private static final String ONE = COLLECTION + "/{line}";
    private static final String ACCESS = "provd.v1.lines";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int TRIES = 5;

    private final LineService lines;
    private final DeviceService devices;
    private final Visibility visibility;

    LineResources(Services services) {
        this.lines = services.lines();
        this.devices = services.devices();
        this.visibility = new Visibility(devices, lines);
    }

    List<Route> routes() {
        return List.of(
                Route.get(COLLECTION, ACCESS + ".read", this::list),
                Route.post(COLLECTION, ACCESS + ".create", this::create),
                Route.get(ONE, ACCESS + ".{line}.read", this::get),
                Route.patch(ONE, ACCESS + ".{line}.update", this::update),
                Route.delete(ONE, ACCESS + ".{line}.delete", this::delete),
                Route.post(ONE + "/code", ACCESS + ".{line}.code.create", this::renewCode),
                Route.delete(ONE + "/device", ACCESS + ".{line}.device.delete", this::untie));
    }

    /**
     * By {@code q}, a text that id, code, username, display name, number or device has; by {@code tenant}, {@code code} and
     * {@code username} as they are; by {@code device}, an id, MAC address or serial number; by {@code bound}.
     */
    private ApiReply list(Exchange exchange) throws Problem {
        Masking masking = exchange.masking();
        Predicate<Line> wanted = wanted(exchange);
        List<Line> found = candidates(exchange)
                .filter(line -> exchange.reaches(line.tenant()))
                .filter(wanted)
                .sorted(Comparator.comparing(Line::id))
                .toList();
        return Answers.page(exchange, found, Line::id, line -> LineView.write(line, masking));
    }

    /** A code or a device names few lines at once. */
    private Stream<Line> candidates(Exchange exchange) {
        String code = exchange.query("code");
        String device = exchange.query("device");
        if (code != null) {
            return lines.findByCode(code).stream();
        }
        return device == null ? lines.all().stream() : onDevice(exchange, device);
    }

    private Stream<Line> onDevice(Exchange exchange, String idOrAddress) {
        return devices.find(idOrAddress).filter(device -> visibility.sees(exchange, device)).map(Device::id).stream()
                .flatMap(id -> lines.ofDevice(id).stream());
    }

    private Predicate<Line> wanted(Exchange exchange) throws Problem {
        Predicate<Line> wanted = line -> true;
        if (exchange.query("bound") != null) {
            boolean bound = exchange.flag("bound");
            wanted = wanted.and(line -> line.isBound() == bound);
        }
        String tenant = exchange.query("tenant");
        if (tenant != null) {
            wanted = wanted.and(line -> line.tenant().equals(tenant));
        }
        String username = exchange.query("username");
        if (username != null) {
            wanted = wanted.and(line -> line.username().equals(username));
        }
        String device = exchange.query("device");
        if (device != null && exchange.query("code") != null) {
            List<String> ids = onDevice(exchange, device).map(Line::id).toList();
            wanted = wanted.and(line -> ids.contains(line.id()));
        }
        String q = exchange.query("q");
        if (q != null && !q.isBlank()) {
            String text = q.strip().toLowerCase(Locale.ROOT);
            wanted = wanted.and(line -> has(line, text));
        }
        return wanted;
    }

    private static boolean has(Line line, String text) {
        return Stream.of(line.id(), line.code(), line.username(), line.displayName(), line.number(), line.device())
                .filter(Objects::nonNull)
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(text));
    }

    /** Body: {@code id}, made when left out; {@code tenant}, by default the caller's; {@code account}; {@code parameters}. */
    private ApiReply create(Exchange exchange) throws Problem, RefusedException {
        Fields fields = new Fields(exchange.body());
        String id = fields.text("id");
        String tenant = fields.text("tenant");
        Map<String, Object> account = fields.object("account");
        Map<String, Object> parameters = fields.object("parameters");
        if (id != null && !ID.matcher(id).matches()) {
            fields.fault("id", "an id must have 1 to 64 letters, digits, or characters of - _ .");
        }
        if (tenant != null && !exchange.reaches(tenant)) {
            fields.fault("tenant", "there is no such tenant");
        }
        if (!(exchange.body().get("account") instanceof Map<?, ?>)) {
            fields.fault("account", "account is needed, with username, password and display_name");
        }
        fields.end();
        Line stored = lines.create(
                exchange.actor(),
                id,
                tenant == null ? exchange.caller().tenant() : tenant,
                Fields.merge(Map.of(), account),
                parameters == null ? Map.of() : Fields.merge(Map.of(), parameters));
        return Answers.created(
                COLLECTION + '/' + Answers.encode(stored.id()),
                LineView.write(stored, Masking.of(Map.of())),
                stored.revision());
    }

    private Line line(Exchange exchange) throws Problem {
        return visibility.line(exchange, exchange.variable("line"));
    }

    private ApiReply get(Exchange exchange) throws Problem {
        return reply(exchange.masking(), line(exchange));
    }

    private static ApiReply reply(Masking masking, Line line) {
        return Answers.document(LineView.write(line, masking), line.revision());
    }

    /** A merge patch of {@code account} and {@code parameters}; a device that has the line is configured anew. */
    private ApiReply update(Exchange exchange) throws Problem, RefusedException {
        Masking masking = exchange.masking();
        long expected = exchange.expectedRevision();
        for (int attempt = 1; ; attempt++) {
            Line before = line(exchange);
            exchange.match(before.revision());
            Line after = patched(before, exchange.body());
            try {
                return reply(masking, lines.update(exchange.actor(), after));
            } catch (RefusedException e) {
                if (e.reason() != RefusedException.Reason.STALE || expected != 0 || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static Line patched(Line before, Map<String, Object> patch) throws Problem {
        Fields fields = new Fields(patch);
        Map<String, Object> account = before.account();
        if (fields.has("account")) {
            Map<String, Object> changed = fields.object("account");
            if (changed != null) {
                account = Fields.merge(before.account(), changed);
            } else if (patch.get("account") == null) {
                fields.fault("account", "a line cannot be without an account");
            }
        }
        Map<String, Object> parameters = before.parameters();
        if (fields.has("parameters")) {
            Map<String, Object> changed = fields.object("parameters");
            parameters = changed == null ? Map.of() : Fields.merge(before.parameters(), changed);
        }
        fields.end();
        return before.with(account, parameters);
    }

    /** @throws RefusedException CONFLICT while it is tied to a device */
    private ApiReply delete(Exchange exchange) throws Problem, RefusedException {
        Line line = line(exchange);
        exchange.match(line.revision());
        lines.delete(exchange.actor(), line.id());
        return Answers.done();
    }

    /** A new code; the old one is of no use from then on. */
    private ApiReply renewCode(Exchange exchange) throws Problem, RefusedException {
        new Fields(exchange.body()).end();
        Masking masking = exchange.masking();
        Line line = line(exchange);
        exchange.match(line.revision());
        return reply(masking, lines.renewCode(exchange.actor(), line.id()));
    }

    /** Unties the line from whatever device it is tied to. @throws Problem NOT_FOUND when it is tied to none */
    private ApiReply untie(Exchange exchange) throws Problem, RefusedException {
        Line line = line(exchange);
        exchange.match(line.revision());
        if (!line.isBound()) {
            throw new Problem(Problem.Type.NOT_FOUND, "the line is tied to no device");
        }
        lines.dissociate(exchange.actor(), line.id());
        return Answers.done();
    }
}
