// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceState;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.Masking;
import org.autoprov.core.service.RefusedException;

/** Devices: search, make, change, delete, and what is done with them. */
final class DeviceResources {

    private static final String COLLECTION = "/1/devices";
    private static final String ONE = COLLECTION + "/{device}";
    private static final String ACCESS = "provd.v1.devices";
    private static final Set<String> STATES = Set.of("configured", "autoprov", "unconfigured", "new");

    private final DeviceService devices;
    private final LineService lines;
    private final Services services;
    private final Visibility visibility;
    private final DeviceView view;

    DeviceResources(Services services) {
        this.services = services;
        this.devices = services.devices();
        this.lines = services.lines();
        this.visibility = new Visibility(devices, lines);
        this.view = new DeviceView(devices, visibility);
    }

    List<Route> routes() {
        return List.of(
                Route.get(COLLECTION, ACCESS + ".read", this::list),
                Route.post(COLLECTION, ACCESS + ".create", this::create),
                Route.get(ONE, ACCESS + ".{device}.read", this::get),
                Route.patch(ONE, ACCESS + ".{device}.update", this::update),
                Route.delete(ONE, ACCESS + ".{device}.delete", this::delete),
                Route.post(ONE + "/reset", ACCESS + ".{device}.reset.create", this::reset),
                Route.post(ONE + "/reconfigure", ACCESS + ".{device}.reconfigure.create", this::reconfigure),
                Route.post(ONE + "/resync", ACCESS + ".{device}.resync.create", this::resync));
    }

    private ApiReply list(Exchange exchange) throws Problem {
        Masking masking = exchange.masking();
        Predicate<Device> wanted = wanted(exchange);
        List<Device> found = devices.all().stream()
                .filter(device -> visibility.sees(exchange, device))
                .filter(wanted)
                .sorted(Comparator.comparing(Device::id))
                .toList();
        return Answers.page(exchange, found, Device::id, device -> view.write(exchange, device, masking));
    }

    /** By {@code q}, a text that any attribute or line has, and by single attributes. */
    private Predicate<Device> wanted(Exchange exchange) throws Problem {
        Predicate<Device> wanted = device -> true;
        String state = exchange.query("state");
        if (state != null && !STATES.contains(state)) {
            throw new Problem(Problem.Type.BAD_REQUEST, "state must be one of " + String.join(", ", STATES));
        }
        if (state != null) {
            wanted = wanted.and(device -> DeviceState.matches(device, state));
        }
        String q = exchange.query("q");
        if (q != null && !q.isBlank()) {
            wanted = wanted.and(new DeviceSearch(q, lines, exchange::reaches));
        }
        String mac = exchange.query("mac");
        if (mac != null) {
            MacAddress address = MacAddress.parse(mac)
                    .orElseThrow(() -> new Problem(Problem.Type.BAD_REQUEST, "mac is not a MAC address"));
            wanted = wanted.and(device -> address.equals(device.mac()));
        }
        return wanted.and(is(exchange, "tenant", Device::tenant))
                .and(is(exchange, "ip", Device::ip))
                .and(is(exchange, "sn", Device::sn))
                .and(is(exchange, "plugin", Device::plugin))
                .and(is(exchange, "vendor", Device::vendor))
                .and(is(exchange, "model", Device::model))
                .and(is(exchange, "version", Device::version))
                .and(is(exchange, "config", Device::config));
    }

    private static Predicate<Device> is(
            Exchange exchange, String name, java.util.function.Function<Device, String> attribute) {
        String value = exchange.query(name);
        return value == null
                ? device -> true
                : device -> value.equals(Objects.requireNonNullElse(attribute.apply(device), ""))
                        && Visibility.owns(exchange, device);
    }

    private ApiReply create(Exchange exchange) throws Problem, RefusedException {
        Fields fields = new Fields(exchange.body());
        String id = fields.text("id");
        String tenant = fields.text("tenant");
        boolean shared = fields.flag("shared", false);
        Device.Editor editor =
                Device.create(id == null ? UUID.randomUUID().toString().replace("-", "") : id);
        DeviceFields.read(fields, editor);
        if (id != null && !id.matches("[A-Za-z0-9._-]{1,64}")) {
            fields.fault("id", "an id must have 1 to 64 letters, digits, or characters of - _ .");
        }
        if (tenant != null && !exchange.reaches(tenant)) {
            fields.fault("tenant", "there is no such tenant");
        }
        fields.end();
        Device device = editor.tenant(tenant == null ? exchange.caller().tenant() : tenant)
                .shared(shared)
                .build();
        if (device.mac() != null && devices.find(device.mac().toString()).isPresent()) {
            throw new Problem(Problem.Type.CONFLICT, "a device with this MAC address exists");
        }
        Device stored = devices.create(exchange.actor(), device);
        return Answers.created(
                COLLECTION + '/' + Answers.encode(stored.id()),
                view.write(exchange, stored, Masking.of(Map.of())),
                stored.revision());
    }

    private ApiReply get(Exchange exchange) throws Problem {
        return reply(exchange, visibility.seen(exchange, exchange.variable("device")));
    }

    private ApiReply reply(Exchange exchange, Device device) throws Problem {
        return Answers.document(view.write(exchange, device, exchange.masking()), device.revision());
    }

    private ApiReply update(Exchange exchange) throws Problem, RefusedException {
        long expected = exchange.expectedRevision();
        for (int attempt = 1; ; attempt++) {
            Device before = visibility.owned(exchange, exchange.variable("device"));
            exchange.match(before.revision());
            Map<String, Object> patch = new LinkedHashMap<>(exchange.body());
            Fields fields = new Fields(patch);
            Device.Editor editor = before.edit();
            DeviceFields.read(fields, editor);
            if (patch.get("options") instanceof Map<?, ?>) {
                editor.options(Fields.merge(before.options(), fields.object("options")));
            }
            editor.shared(fields.flag("shared", before.shared()));
            if (fields.has("trusted_address")) {
                editor.trustedAddress(fields.text("trusted_address"));
            }
            fields.end();
            try {
                return reply(exchange, devices.update(exchange.actor(), editor.build()));
            } catch (RefusedException e) {
                if (e.reason() != RefusedException.Reason.STALE || expected != 0 || attempt == 5) {
                    throw e;
                }
            }
        }
    }

    private ApiReply delete(Exchange exchange) throws Problem, RefusedException {
        Device device = visibility.owned(exchange, exchange.variable("device"));
        exchange.match(device.revision());
        requireOwnLines(exchange, device, "deleted");
        devices.delete(exchange.actor(), device.id());
        return Answers.done();
    }

    /** A gateway's owner does not take other tenants' lines off it by the way. */
    private void requireOwnLines(Exchange exchange, Device device, String what) throws Problem {
        for (Line line : visibility.linesOf(device)) {
            if (!exchange.reaches(line.tenant())) {
                throw new Problem(Problem.Type.CONFLICT, "lines of other tenants are tied to it; it cannot be " + what);
            }
        }
    }

    private ApiReply reset(Exchange exchange) throws Problem, RefusedException {
        new Fields(exchange.body()).end();
        Device device = visibility.owned(exchange, exchange.variable("device"));
        exchange.match(device.revision());
        requireOwnLines(exchange, device, "reset");
        return reply(exchange, devices.reset(exchange.actor(), device.id()));
    }

    private ApiReply reconfigure(Exchange exchange) throws Problem, RefusedException {
        new Fields(exchange.body()).end();
        Device device = visibility.owned(exchange, exchange.variable("device"));
        return reply(exchange, devices.reconfigure(exchange.actor(), device.id()));
    }

    /** Also the tenant of a port may restart the phone: its part is not there before. */
    private ApiReply resync(Exchange exchange) throws Problem {
        new Fields(exchange.body()).end();
        Device device = visibility.seen(exchange, exchange.variable("device"));
        return OperationResources.begun(services.operations()
                .track(
                        "device.resync",
                        device.id(),
                        exchange.caller().tenant(),
                        exchange.actor(),
                        services.synchronizer().get().synchronize(exchange.actor(), device)));
    }
}
