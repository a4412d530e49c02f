// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.service.ConfigService;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.OperationService;
import org.autoprov.core.service.PackageService;
import org.autoprov.core.service.PluginRepository;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.TenantService;
import org.autoprov.core.service.TokenService;
import org.autoprov.shell.client.GogoQuote;
import org.autoprov.shell.client.ShellLink.Candidate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What may stand at the cursor: follows the command's {@link Form}s, and knows what there is. */
@Component(service = Completion.class)
public final class Completion {

    /** More do not help a person, and cost time with a million devices. */
    private static final int MOST = 200;

    private final DeviceService devices;
    private final LineService lines;
    private final TenantService tenants;
    private final ConfigService configs;
    private final PluginService plugins;
    private final CommandRegistry registry;

    /** Null while there are none, as with those below; without them there is less to offer. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile TokenService tokens;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile PackageService packages;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile PluginRepository repository;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile OperationService operations;

    @Activate
    public Completion(
            @Reference DeviceService devices,
            @Reference LineService lines,
            @Reference TenantService tenants,
            @Reference ConfigService configs,
            @Reference PluginService plugins,
            @Reference CommandRegistry registry) {
        this.devices = devices;
        this.lines = lines;
        this.tenants = tenants;
        this.configs = configs;
        this.plugins = plugins;
        this.registry = registry;
    }

    /** Candidates whose value begins with the word at the cursor; quoted as they must be typed. */
    List<Candidate> complete(CommandSession session, String line, int cursor) {
        List<String> words = words(line.substring(0, Math.max(0, Math.min(cursor, line.length()))));
        String last = words.get(words.size() - 1);
        Stream<Candidate> all = words.size() == 1
                ? commandNames(session)
                : arguments(words.get(0), words.subList(1, words.size() - 1), last);
        return all.filter(c -> c.value().startsWith(last))
                .distinct()
                .limit(MOST)
                .map(c -> new Candidate(GogoQuote.one(c.value()), oneLine(c.description())))
                .toList();
    }

    private static String oneLine(String description) {
        return Text.safe(description);
    }

    /** The words of the last command of the line, without quotes; the last one is what the cursor stands in. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean begun = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                begun = true;
            } else if (c == '\\' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
            } else if (c == ';' || c == '|' || c == '&') {
                words.clear();
                word.setLength(0);
                begun = false;
            } else if (c == ' ' || c == '\t') {
                if (begun || word.length() > 0) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        return words;
    }

    private Stream<Candidate> commandNames(CommandSession session) {
        Stream<Candidate> own = registry.commands().stream().map(c -> new Candidate(c.name(), c.summary()));
        Stream<Candidate> others = session.get(".commands") instanceof Collection<?> names
                ? names.stream().map(String::valueOf).sorted().flatMap(Completion::spellings)
                : Stream.empty();
        return Stream.concat(own, others);
    }

    /** A foreign command with its scope, and without where no command of ours hides it. */
    private static Stream<Candidate> spellings(String name) {
        if (name.startsWith(CommandRegistry.SCOPE + ":")) {
            return Stream.of(new Candidate(name, ""));
        }
        return Stream.of(new Candidate(name, ""), new Candidate(name.substring(name.indexOf(':') + 1), name));
    }

    private Stream<Candidate> arguments(String name, List<String> before, String last) {
        Command command = registry.command(name);
        if (command == null) {
            return Stream.empty();
        }
        return command.forms().stream().flatMap(form -> of(form, before, last));
    }

    private Stream<Candidate> of(Form form, List<String> before, String last) {
        if (form.verb() != null && before.isEmpty()) {
            return Stream.of(new Candidate(form.verb(), ""));
        }
        if (form.verb() != null && !before.get(0).equals(form.verb())) {
            return Stream.empty();
        }
        int place = form.verb() == null ? 0 : -1;
        for (int i = 0; i < before.size(); i++) {
            Form.Option option = form.options().get(before.get(i));
            if (option == null) {
                place++;
            } else if (option.kind() != null) {
                if (i == before.size() - 1) {
                    return values(option.kind());
                }
                i++;
            }
        }
        Stream<Candidate> options = form.options().keySet().stream()
                .filter(o -> !before.contains(o))
                .map(o -> new Candidate(o, ""));
        List<Form.Place> places = form.places();
        Stream<Candidate> values = place < places.size() && !last.startsWith("-")
                ? dependent(places.get(place).kind(), before)
                : Stream.empty();
        return Stream.concat(values, options);
    }

    /** A device's file depends on the device before it, a package on the plugin; everything else stands alone. */
    private Stream<Candidate> dependent(String kind, List<String> before) {
        if (kind.equals("PACKAGE")) {
            return packages(before.get(before.size() - 1));
        }
        if (kind.equals("FILE") && !before.isEmpty()) {
            return devices.find(before.get(0)).stream()
                    .flatMap(d -> devices.files(d.id()).stream())
                    .map(f -> new Candidate(f.name(), f.contentType()));
        }
        return values(kind);
    }

    private Stream<Candidate> packages(String plugin) {
        PackageService now = packages;
        try {
            return now == null
                    ? Stream.empty()
                    : now.installable(plugin).stream().map(one -> new Candidate(one.name(), one.description()));
        } catch (RefusedException e) {
            return Stream.empty(); // there is no such plugin
        }
    }

    private Stream<Candidate> offers() {
        PluginRepository now = repository;
        try {
            return now == null
                    ? Stream.empty()
                    : now.installable().stream().map(one -> new Candidate(one.pluginId(), one.description()));
        } catch (RefusedException e) {
            return Stream.empty(); // its index is broken
        }
    }

    private Stream<Candidate> tokens() {
        TokenService now = tokens;
        return now == null
                ? Stream.empty()
                : now.all().stream().map(token -> new Candidate(token.id(), Objects.toString(token.description(), "")));
    }

    private Stream<Candidate> operations() {
        OperationService now = operations;
        return now == null
                ? Stream.empty()
                : now.all().stream().map(one -> new Candidate(one.id(), one.kind() + " " + one.subject()));
    }

    private Stream<Candidate> values(String kind) {
        return Form.choices(kind).stream().flatMap(c -> Form.isLiteral(c) ? Stream.of(new Candidate(c, "")) : known(c));
    }

    private Stream<Candidate> known(String kind) {
        return switch (kind) {
            case "DEVICE" ->
                devices.all().stream()
                        .flatMap(d -> Stream.of(
                                        new Candidate(Finder.label(d), title(d)), new Candidate(d.id(), title(d)))
                                .limit(d.mac() == null ? 1 : 2));
            case "CODE" -> lines.all().stream().filter(l -> !l.isBound()).map(Completion::candidate);
            case "LINE" -> lines.all().stream().map(Completion::candidate);
            case "TENANT" -> tenants.all().stream().map(t -> new Candidate(t.name(), t.id()));
            case "CONFIG" -> configs.all().stream().map(Config::id).map(id -> new Candidate(id, ""));
            case "PLUGIN" ->
                plugins.installed().stream()
                        .map(p -> p.description())
                        .map(p -> new Candidate(p.id(), String.valueOf(p.description())));
            case "SOURCE" ->
                plugins.available().stream()
                        .flatMap(a -> Stream.concat(
                                Stream.of(new Candidate(a.family(), a.version())),
                                a.plugins().stream().map(p -> new Candidate(p, a.version()))));
            case "OFFER" -> offers();
            case "TOKEN" -> tokens();
            case "OPERATION" -> operations();
            case "COMMAND" -> registry.commands().stream().map(c -> new Candidate(c.name(), c.summary()));
            case "VENDOR" ->
                devices.all().stream()
                        .map(Device::vendor)
                        .filter(Objects::nonNull)
                        .distinct()
                        .map(v -> new Candidate(v, ""));
            case "MODEL" ->
                devices.all().stream()
                        .map(Device::model)
                        .filter(Objects::nonNull)
                        .distinct()
                        .map(m -> new Candidate(m, ""));
            default -> Stream.empty();
        };
    }

    private static Candidate candidate(Line line) {
        return new Candidate(line.code(), (line.number() + " " + line.displayName()).strip());
    }

    private static String title(Device d) {
        return (Objects.toString(d.vendor(), "") + " " + Objects.toString(d.model(), "")).strip();
    }
}
