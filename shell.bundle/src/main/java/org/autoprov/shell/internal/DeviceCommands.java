// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceState;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.Masking;
import org.autoprov.core.service.TenantService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Devices: listing them, looking at one, steering one. */
@Component(service = CommandGroup.class)
public final class DeviceCommands implements CommandGroup {

    private static final String DEVICE =
            "DEVICE is an id or a MAC address, or the beginning of one; an IP address, a serial number or a UUID.";

    private final DeviceService devices;
    private final LineService lines;
    private final TenantService tenants;
    private final Finder finder;

    @Activate
    public DeviceCommands(
            @Reference DeviceService devices,
            @Reference LineService lines,
            @Reference TenantService tenants,
            @Reference Finder finder) {
        this.devices = devices;
        this.lines = lines;
        this.tenants = tenants;
        this.finder = finder;
    }

    @Override
    public List<Command> commands() {
        return List.of(
                new Command(
                        "devices",
                        "lists devices",
                        "[--tenant TENANT] [--vendor VENDOR] [--model MODEL] [--plugin PLUGIN]"
                                + " [--state new|autoprov|configured|unconfigured] [TEXT...]",
                        "TEXT is looked for in id, addresses, serial number, version, config, description and lines.",
                        this::list),
                new Command(
                        "device",
                        "shows everything of a device",
                        "DEVICE [--secrets]",
                        DEVICE + "\nSecrets are masked unless --secrets is there.",
                        this::show),
                new Command(
                        "preview",
                        "lists the files a device would get, or prints one",
                        "DEVICE [FILE] [--secrets]",
                        DEVICE + "\nSecrets are masked unless --secrets is there.",
                        new Preview(devices, finder, this::secretsOf)),
                new Command(
                        "reset",
                        "unbinds all lines of a device and gives it a new onboarding config",
                        "DEVICE",
                        DEVICE,
                        this::reset),
                new Command("reconfigure", "makes a device's files anew", "DEVICE", DEVICE, this::reconfigure),
                new Command(
                        "trust",
                        "sets from where a device's secret files may be fetched",
                        "DEVICE [ADDRESS]",
                        DEVICE + "\nWithout ADDRESS, the next one that asks is trusted.",
                        this::trust),
                new Command(
                        "share",
                        "opens a device's positions to lines of other tenants, or closes them",
                        "DEVICE [no]",
                        DEVICE + "\nFor a gateway whose ports belong to several tenants. It stays with its owner.",
                        this::share));
    }

    private void list(Arguments arguments, Screen screen) throws Exception {
        Table table = new Table("DEVICE", "IP", "VENDOR", "MODEL", "VERSION", "PLUGIN", "STATE", "TENANT", ">SEEN");
        List<Device> found = devices.all().stream()
                .filter(filter(arguments))
                .sorted(Comparator.comparing(Finder::label))
                .toList();
        for (Device d : found) {
            table.row(
                    Finder.label(d),
                    d.ip(),
                    d.vendor(),
                    d.model(),
                    d.version(),
                    d.plugin(),
                    state(d),
                    finder.tenantName(d.tenant()),
                    seen(d));
        }
        table.print(screen, "no such device");
    }

    private Predicate<Device> filter(Arguments arguments) throws Exception {
        String tenant = arguments.option("--tenant");
        String tenantId = tenant == null ? null : finder.tenant(tenant).id();
        String text = arguments.count() == 0 ? null : arguments.rest(0).toLowerCase(Locale.ROOT);
        String state = arguments.option("--state");
        return d -> (tenantId == null || tenantId.equals(d.tenant()))
                && same(arguments.option("--vendor"), d.vendor())
                && same(arguments.option("--model"), d.model())
                && same(arguments.option("--plugin"), d.plugin())
                && (state == null || DeviceState.matches(d, state))
                && (text == null
                        || Stream.concat(
                                        texts(d),
                                        lines.ofDevice(d.id()).stream().flatMap(DeviceCommands::texts))
                                .anyMatch(s ->
                                        s != null && s.toLowerCase(Locale.ROOT).contains(text)));
    }

    private static boolean same(String wanted, String value) {
        return wanted == null || wanted.equalsIgnoreCase(value);
    }

    private static Stream<String> texts(Device d) {
        return Stream.of(
                d.id(),
                d.mac() == null ? null : d.mac().toString(),
                d.mac() == null ? null : d.mac().hex(),
                d.ip(),
                d.sn(),
                d.uuid(),
                d.vendor(),
                d.model(),
                d.version(),
                d.plugin(),
                d.config(),
                d.description());
    }

    private static Stream<String> texts(Line line) {
        return Stream.of(line.id(), line.username(), line.displayName(), line.number());
    }

    private static String state(Device device) {
        return DeviceState.of(device).word() + (device.isNew() ? ", new" : "");
    }

    private String seen(Device device) {
        long at = devices.lastSeen(device.id());
        return at == 0 ? null : Text.span(System.currentTimeMillis() - at);
    }

    private void show(Arguments arguments, Screen screen) throws Exception {
        Device d = finder.device(arguments.get(0));
        boolean open = arguments.has("--secrets");
        String seen = seen(d);
        field(screen, "device", Finder.label(d));
        field(screen, "id", d.id());
        field(screen, "state", state(d));
        field(screen, "problem", devices.problem(d.id()).orElse(null));
        field(screen, "last seen", seen == null ? "not since the server was started" : seen + " ago");
        field(screen, "ip", d.ip());
        field(screen, "trusts", d.trustedAddress());
        field(screen, "vendor", d.vendor());
        field(screen, "model", d.model());
        field(screen, "version", d.version());
        field(screen, "serial", d.sn());
        field(screen, "uuid", d.uuid());
        field(screen, "plugin", d.plugin());
        field(screen, "config", d.config());
        field(screen, "tenant", finder.tenantName(d.tenant()));
        field(screen, "sip user", d.remoteStateSipUsername());
        field(screen, "added", d.addedByRequest() ? "by its own request" : "by an administrator");
        field(screen, "description", d.description());
        field(screen, "revision", Long.toString(d.revision()));
        Tree tree = new Tree(screen, open ? Masking.NONE : Masking.of(java.util.Map.of(), key(d)));
        if (!d.options().isEmpty()) {
            screen.line("options");
            tree.print(d.options(), 1);
        }
        if (!d.others().isEmpty()) {
            screen.line("other");
            tree.print(d.others(), 1);
        }
        showLinesAndFiles(d, screen);
        var parameters = devices.parameters(d.id());
        if (parameters.isPresent()) {
            screen.line("parameters");
            tree.print(parameters.get(), 1);
        }
    }

    private void showLinesAndFiles(Device device, Screen screen) throws InterruptedException {
        for (Line line : lines.ofDevice(device.id())) {
            field(
                    screen,
                    "line " + line.position(),
                    (line.number() + " " + line.displayName() + ", user " + line.username()).strip() + ", tenant "
                            + finder.tenantName(line.tenant()) + ", code " + line.code());
        }
        for (var file : devices.files(device.id())) {
            field(screen, "file", file.name() + Preview.remarks(file));
        }
    }

    private static void field(Screen screen, String name, String value) throws InterruptedException {
        if (value != null && !value.isEmpty()) {
            screen.line(String.format("%-12s %s", name, value));
        }
    }

    private String key(Device device) {
        return tenants.get(device.tenant()).map(Tenant::provisioningKey).orElse(null);
    }

    private Masking secretsOf(Device device) {
        return Masking.of(devices.parameters(device.id()).orElse(java.util.Map.of()), key(device));
    }

    private void reset(Arguments arguments, Screen screen) throws Exception {
        said(
                screen,
                "reset",
                devices.reset(GogoSession.ACTOR, finder.device(arguments.get(0)).id()));
    }

    private void reconfigure(Arguments arguments, Screen screen) throws Exception {
        said(
                screen,
                "reconfigured",
                devices.reconfigure(
                        GogoSession.ACTOR, finder.device(arguments.get(0)).id()));
    }

    private void said(Screen screen, String what, Device device) throws InterruptedException {
        String problem = devices.problem(device.id()).map(text -> ": " + text).orElse("");
        screen.line(what + " " + Finder.label(device) + ", now "
                + DeviceState.of(device).word() + problem);
    }

    private void trust(Arguments arguments, Screen screen) throws Exception {
        Device device = finder.device(arguments.get(0));
        Device now = devices.trust(GogoSession.ACTOR, device.id(), arguments.get(1));
        String address = now.trustedAddress();
        screen.line(Finder.label(now) + " trusts " + (address == null ? "the next address that asks" : address));
    }

    private void share(Arguments arguments, Screen screen) throws Exception {
        Device device = finder.device(arguments.get(0));
        boolean open = arguments.get(1) == null;
        devices.update(GogoSession.ACTOR, device.edit().shared(open).build());
        screen.line(Finder.label(device) + (open ? " takes lines of all tenants" : " takes its owner's lines only"));
    }
}
