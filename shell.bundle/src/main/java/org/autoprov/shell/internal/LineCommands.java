// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceState;
import org.autoprov.core.device.Line;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lines, and the act that ties them to devices. */
@Component(service = CommandGroup.class)
public final class LineCommands implements CommandGroup {

    private static final String LINE = "LINE is an id or its beginning, or a provisioning code.";

    private final LineService lines;
    private final DeviceService devices;
    private final Finder finder;
    private final SecureRandom random = new SecureRandom();

    @Activate
    public LineCommands(@Reference LineService lines, @Reference DeviceService devices, @Reference Finder finder) {
        this.lines = lines;
        this.devices = devices;
        this.finder = finder;
    }

    @Override
    public List<Command> commands() {
        return List.of(
                new Command(
                        "lines",
                        "lists lines",
                        "[--tenant TENANT] [TEXT...]",
                        "TEXT is looked for in code, user, number, name and device.",
                        this::list),
                new Command(
                        "line",
                        "adds, changes or removes a line",
                        "add --tenant TENANT --user USER --password PASSWORD|- [--name NAME] [--number NUMBER]"
                                + " [--proxy HOST] [--backup-proxy HOST] [--registrar HOST] [--outbound-proxy HOST]"
                                + " [--auth-user USER] [--voicemail NUMBER] [--template CONFIG]\n"
                                + "edit LINE [--user USER] [--password PASSWORD|-] [--name NAME] [--number NUMBER]"
                                + " [--proxy HOST] [--backup-proxy HOST] [--registrar HOST] [--outbound-proxy HOST]"
                                + " [--auth-user USER] [--voicemail NUMBER] [--template CONFIG]\n"
                                + "code LINE\n"
                                + "remove LINE",
                        "HOST may have a port, as in 192.0.2.1:5070 or '[2001:db8::1]:5070' (in quotes).\n"
                                + "With the password - a random one is made, and shown once.\n"
                                + "`edit` takes away what is given as '' (but user, password and name).\n"
                                + "`code` gives the line a new provisioning code; the old one is of no use then.\n"
                                + LINE,
                        this::line),
                new Command(
                        "associate",
                        "ties the line with a provisioning code to a device",
                        "DEVICE CODE [--position NUMBER]",
                        "Without a position, the first free one.",
                        this::associate),
                new Command("dissociate", "unties a line from its device", "LINE", LINE, this::dissociate));
    }

    private void list(Arguments arguments, Screen screen) throws Exception {
        String tenant = arguments.option("--tenant");
        String tenantId = tenant == null ? null : finder.tenant(tenant).id();
        String text = arguments.count() == 0 ? null : arguments.rest(0).toLowerCase(Locale.ROOT);
        Table table = new Table("CODE", "TENANT", "USER", "NUMBER", "NAME", "DEVICE", ">POSITION", "ID");
        List<Line> found = lines.all().stream()
                .filter(l -> tenantId == null || tenantId.equals(l.tenant()))
                .sorted(Comparator.comparing(Line::number).thenComparing(Line::username))
                .toList();
        for (Line line : found) {
            String device = line.isBound()
                    ? devices.get(line.device()).map(Finder::label).orElse(line.device())
                    : null;
            boolean matches = text == null
                    || Stream.of(
                                    line.id(),
                                    line.code(),
                                    line.username(),
                                    line.number(),
                                    line.displayName(),
                                    String.valueOf(device))
                            .anyMatch(s -> s.toLowerCase(Locale.ROOT).contains(text));
            if (matches) {
                table.row(
                        line.code(),
                        finder.tenantName(line.tenant()),
                        line.username(),
                        line.number(),
                        line.displayName(),
                        device,
                        line.isBound() ? line.position() : null,
                        line.id());
            }
        }
        table.print(screen, "no such line");
    }

    private void line(Arguments arguments, Screen screen) throws Exception {
        switch (arguments.verb()) {
            case "add" -> add(arguments, screen);
            case "edit" -> edit(arguments, screen);
            case "code" -> {
                Line line = finder.line(arguments.get(0));
                Line now = lines.renewCode(GogoSession.ACTOR, line.id());
                screen.line("line " + now.id() + " has the code " + now.code());
            }
            default -> {
                Line line = finder.line(arguments.get(0));
                lines.delete(GogoSession.ACTOR, line.id());
                screen.line("removed line " + line.id());
            }
        }
    }

    private void add(Arguments arguments, Screen screen) throws Exception {
        String given = arguments.option("--password");
        String password = given.equals("-") ? RandomText.of(random, 16) : given;
        Line line = lines.create(
                GogoSession.ACTOR,
                finder.tenant(arguments.option("--tenant")).id(),
                account(arguments, password),
                parameters(arguments));
        screen.line("added line " + line.id());
        screen.line("code " + line.code());
        if (given.equals("-")) {
            screen.line("password " + password);
        }
    }

    private void edit(Arguments arguments, Screen screen) throws Exception {
        Line line = finder.line(arguments.get(0));
        String given = arguments.option("--password");
        String password = "-".equals(given) ? RandomText.of(random, 16) : given;
        Map<String, Object> account = new LinkedHashMap<>(line.account());
        put(account, "username", arguments.option("--user"));
        put(account, "password", password);
        put(account, "display_name", arguments.option("--name"));
        putOthers(account, arguments);
        Map<String, Object> parameters = new LinkedHashMap<>(line.parameters());
        if ("".equals(arguments.option("--template"))) {
            parameters.remove("X_template");
        } else {
            parameters.putAll(parameters(arguments));
        }
        Line now = lines.update(GogoSession.ACTOR, line.with(account, parameters));
        screen.line((now.revision() == line.revision() ? "nothing to change in line " : "changed line ") + now.id());
        if ("-".equals(given)) {
            screen.line("password " + password);
        }
    }

    private static Map<String, Object> account(Arguments arguments, String password) throws UsageException {
        Map<String, Object> account = new LinkedHashMap<>();
        String user = arguments.option("--user");
        String number = arguments.option("--number");
        String name = arguments.option("--name");
        account.put("username", user);
        account.put("password", password);
        account.put("display_name", name != null ? name : number != null ? number : user);
        putOthers(account, arguments);
        return account;
    }

    private static void putOthers(Map<String, Object> account, Arguments arguments) throws UsageException {
        put(account, "number", arguments.option("--number"));
        put(account, "auth_username", arguments.option("--auth-user"));
        put(account, "voicemail", arguments.option("--voicemail"));
        host(account, "proxy", arguments.option("--proxy"));
        host(account, "backup_proxy", arguments.option("--backup-proxy"));
        host(account, "registrar", arguments.option("--registrar"));
        host(account, "outbound_proxy", arguments.option("--outbound-proxy"));
    }

    /** An empty value takes away, unless core wants the part. */
    private static void put(Map<String, Object> account, String key, String value) {
        boolean wanted = key.equals("username") || key.equals("password") || key.equals("display_name");
        if (value != null && value.isEmpty() && !wanted) {
            account.remove(key);
        } else if (value != null) {
            account.put(key, value);
        }
    }

    private static void host(Map<String, Object> account, String key, String text) throws UsageException {
        if (text == null) {
            return;
        }
        account.remove(key + "_ip");
        account.remove(key + "_port");
        if (text.isEmpty()) {
            return;
        }
        int colon = text.lastIndexOf(':');
        // More than one colon without brackets is an IPv6 address without a port.
        boolean bracketed = text.startsWith("[") && text.indexOf(']') > 0;
        boolean hasPort = colon > 0 && (bracketed ? colon > text.indexOf(']') : text.indexOf(':') == colon);
        String host = hasPort ? text.substring(0, colon) : text;
        account.put(key + "_ip", bracketed ? host.substring(1, host.length() - 1) : host);
        if (hasPort) {
            account.put(key + "_port", port(text.substring(colon + 1)));
        }
    }

    private static Long port(String text) throws UsageException {
        try {
            long port = Long.parseLong(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below, with the range
        }
        throw new UsageException("line: a port is a number from 1 to 65535, not " + Text.safe(text));
    }

    private Map<String, Object> parameters(Arguments arguments) throws Exception {
        String template = arguments.option("--template");
        return template == null
                ? Map.of()
                : Map.of("X_template", finder.config(template).id());
    }

    private void associate(Arguments arguments, Screen screen) throws Exception {
        Device device = finder.device(arguments.get(0));
        int position = arguments.number("--position", 1, 1000, 0);
        Device now = lines.associate(GogoSession.ACTOR, arguments.get(1), device.id(), position, null);
        Line line = finder.line(arguments.get(1));
        screen.line("tied line " + (line.number() + " " + line.displayName()).strip() + " to position "
                + line.position() + " of " + Finder.label(now) + ", now "
                + DeviceState.of(now).word()
                + devices.problem(now.id()).map(text -> ": " + text).orElse(""));
    }

    private void dissociate(Arguments arguments, Screen screen) throws Exception {
        Line line = finder.line(arguments.get(0));
        Device now = lines.dissociate(GogoSession.ACTOR, line.id());
        screen.line("untied line " + line.code() + " from " + Finder.label(now) + ", now "
                + DeviceState.of(now).word());
    }
}
