// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.device.Webhook;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.TenantService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tenants and their provisioning keys. */
@Component(service = CommandGroup.class)
public final class TenantCommands implements CommandGroup {

    private final TenantService tenants;
    private final DeviceService devices;
    private final LineService lines;
    private final Finder finder;
    private final SecureRandom random = new SecureRandom();

    @Activate
    public TenantCommands(
            @Reference TenantService tenants,
            @Reference DeviceService devices,
            @Reference LineService lines,
            @Reference Finder finder) {
        this.tenants = tenants;
        this.devices = devices;
        this.lines = lines;
        this.finder = finder;
    }

    @Override
    public List<Command> commands() {
        return List.of(
                new Command("tenants", "lists tenants", "", "", this::list),
                new Command(
                        "tenant",
                        "adds or renames a tenant; shows, sets or takes away its provisioning key or webhook",
                        "add NAME [--parent TENANT]\nrename TENANT NAME\nkey TENANT [KEY|none|new]\n"
                                + "webhook TENANT [URL|none] [EVENT...]",
                        "`none` takes the key or webhook away, `new` makes a random key.\n"
                                + "A webhook is told of devices, lines and operations, or of the kinds of events that"
                                + " are named. Its secret, which signs what it is told, is made here and shown once.",
                        this::tenant));
    }

    private void list(Arguments arguments, Screen screen) throws InterruptedException {
        Map<String, Long> deviceCounts = counts(devices.all().stream().map(Device::tenant));
        Map<String, Long> lineCounts = counts(lines.all().stream().map(Line::tenant));
        Table table = new Table("TENANT", "ID", "PARENT", "KEY", ">DEVICES", ">LINES");
        List<Tenant> all = tenants.all().stream()
                .sorted(Comparator.comparing((Tenant t) -> !t.isMaster()).thenComparing(Tenant::name))
                .toList();
        for (Tenant t : all) {
            table.row(
                    t.name(),
                    t.id(),
                    t.isMaster() ? null : finder.tenantName(t.parent()),
                    t.provisioningKey() == null ? null : "set",
                    deviceCounts.getOrDefault(t.id(), 0L),
                    lineCounts.getOrDefault(t.id(), 0L));
        }
        table.print(screen, "no tenant");
    }

    private static Map<String, Long> counts(java.util.stream.Stream<String> ids) {
        return ids.filter(id -> id != null).collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private void tenant(Arguments arguments, Screen screen) throws Exception {
        if (arguments.verb().equals("add")) {
            String parent = arguments.option("--parent");
            Tenant made = tenants.create(
                    GogoSession.ACTOR,
                    null,
                    arguments.get(0),
                    parent == null ? null : finder.tenant(parent).id());
            screen.line("added tenant " + made.name() + " " + made.id());
            return;
        }
        Tenant tenant = finder.tenant(arguments.get(0));
        if (arguments.verb().equals("rename")) {
            Tenant now = tenants.update(GogoSession.ACTOR, tenant.withName(arguments.get(1)));
            screen.line(tenant.name() + " is " + now.name() + " now");
            return;
        }
        if (arguments.verb().equals("webhook")) {
            webhook(tenant, arguments, screen);
            return;
        }
        String key = arguments.get(1);
        if (key != null) {
            String wanted = key.equals("new") ? RandomText.of(random, 24) : key.equals("none") ? null : key;
            tenant = tenants.setProvisioningKey(GogoSession.ACTOR, tenant.id(), wanted);
        }
        String now = tenant.provisioningKey();
        screen.line(tenant.name() + (now == null ? " has no provisioning key" : " has the provisioning key " + now));
    }

    private void webhook(Tenant tenant, Arguments arguments, Screen screen) throws Exception {
        String url = arguments.get(1);
        if (url == null) {
            Webhook now = tenant.webhook();
            screen.line(tenant.name() + (now == null ? " has no webhook" : " has the " + now + " " + kinds(now)));
            return;
        }
        if (url.equals("none")) {
            tenants.update(GogoSession.ACTOR, tenant.withWebhook(null));
            screen.line(tenant.name() + " has no webhook now");
            return;
        }
        String secret = RandomText.of(random, 40);
        Set<String> events =
                arguments.count() > 2 ? Set.of(arguments.rest(2).strip().split("[\\s,]+")) : Set.of();
        Webhook webhook = new Webhook(url, secret, events);
        tenants.update(GogoSession.ACTOR, tenant.withWebhook(webhook));
        screen.line(tenant.name() + " has the " + webhook + " " + kinds(webhook));
        screen.line("its secret, shown this once: " + secret);
    }

    private static String kinds(Webhook webhook) {
        return webhook.events().isEmpty()
                ? "for devices, lines and operations"
                : "for " + webhook.events().stream().sorted().collect(Collectors.joining(", "));
    }
}
