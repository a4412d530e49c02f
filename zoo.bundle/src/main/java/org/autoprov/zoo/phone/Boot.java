// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.autoprov.zoo.family.Family;
import org.autoprov.zoo.family.Model;
import org.autoprov.zoo.family.Placeholders;
import org.autoprov.zoo.family.Profile;
import org.autoprov.zoo.family.Step;
import org.autoprov.zoo.family.Transport;
import org.autoprov.zoo.format.Entry;
import org.autoprov.zoo.format.FileFormat;
import org.autoprov.zoo.format.FormatException;

/** One boot of one phone: the steps of its profile. For one thread. */
final class Boot {

    /** Files that name files that name files: more than any family does. */
    private static final int MAX_DEPTH = 8;

    private final Family family;
    private final Profile profile;
    private final Map<String, String> placeholders;
    private final Origins origins;
    private final Transport usual;
    private final Surroundings surroundings;
    private final Map<String, String> settings;
    private final List<String> warnings = new ArrayList<>();
    private final Requests requests;

    Boot(
            Family family,
            Model model,
            Map<String, String> placeholders,
            Origins origins,
            Transport usual,
            Map<String, String> settings,
            Surroundings surroundings,
            Network network,
            Consumer<Exchange> listener) {
        this.family = family;
        this.profile = family.profile(model);
        this.placeholders = placeholders;
        this.origins = origins;
        this.usual = usual;
        this.settings = settings;
        this.surroundings = surroundings;
        this.requests = new Requests(profile, placeholders, surroundings, network, listener, warnings);
    }

    List<Exchange> exchanges() {
        return requests.exchanges();
    }

    List<String> warnings() {
        return warnings;
    }

    /** Runs it; the settings grow on the way. Returns why it failed, or empty. */
    Optional<String> run() throws InterruptedException {
        try {
            surroundings.pause(profile.pace().startMillis());
            for (Step step : profile.steps()) {
                Step.Then then = step.upload() ? upload(step) : take(step);
                if (then == Step.Then.STOP) {
                    break;
                }
            }
            return Optional.empty();
        } catch (BootFailedException e) {
            return Optional.of(e.getMessage());
        }
    }

    private Step.Then upload(Step step) throws BootFailedException, InterruptedException {
        for (String name : names(step)) {
            byte[] body = ("simulated phone " + placeholders.get("mac:") + "\n").getBytes(StandardCharsets.UTF_8);
            Target target = locate(name, step);
            try {
                Answer answer = requests.patiently(true, target, step, body);
                if (answer.status() >= 300) {
                    warnings.add(name + " was not taken: " + answer.what());
                }
            } catch (BootFailedException e) { // a phone boots without its log
                warnings.add(name + " was not taken: " + e.getMessage());
            }
        }
        return Step.Then.CONTINUE;
    }

    private Step.Then take(Step step) throws BootFailedException, InterruptedException {
        int attempts = step.missing() == Step.Then.RETRY ? profile.pace().attempts() : 1;
        List<String> names = names(step);
        for (int attempt = 1; attempt <= attempts; attempt++) {
            for (String name : names) {
                Target target = locate(name, step);
                Optional<byte[]> file = requests.fetch(target, step);
                if (file.isPresent()) {
                    boolean read = step.format().isEmpty()
                            || read(
                                    new Fetched(name, target.protocol().transport(), file.get()),
                                    step.format().get(),
                                    step,
                                    1);
                    return read ? step.found() : Step.Then.CONTINUE; // a dropped file leads nowhere
                }
            }
            if (attempt < attempts) {
                surroundings.pause(requests.wait(attempt));
            }
        }
        if (!names.isEmpty() && (step.missing() == Step.Then.FAIL || step.missing() == Step.Then.RETRY)) {
            throw new BootFailedException(String.join(" and ", names) + " missing");
        }
        return step.missing();
    }

    private List<String> names(Step step) {
        return step.names().stream()
                .map(name -> Placeholders.fill(name, placeholders))
                .flatMap(Optional::stream)
                .toList();
    }

    private Target locate(String name, Step step) throws BootFailedException {
        Target base = origins.over(surroundings.over().or(step::transport).orElse(usual));
        return base.resolve(name).orElseThrow(() -> new BootFailedException("unusable address: " + name));
    }

    /** A file, and the way it came; names in it without a scheme go the same way. */
    private record Fetched(String name, Transport way, byte[] bytes) {}

    /** Reads a file and the files it names. False: the phone drops it. */
    private boolean read(Fetched file, String formatName, Step step, int depth)
            throws BootFailedException, InterruptedException {
        FileFormat format = family.formats().get(formatName);
        List<Entry> entries;
        try {
            entries = format.parse(file.bytes());
        } catch (FormatException e) {
            warnings.add(file.name() + " dropped: " + e.getMessage());
            return false;
        }
        for (Entry entry : entries) {
            if (profile.lastWins()) {
                settings.put(entry.name(), entry.value());
            } else {
                settings.putIfAbsent(entry.name(), entry.value());
            }
        }
        for (FileFormat.Follow follow : format.follow()) {
            for (Entry entry : entries) {
                if (entry.name().equals(follow.setting())) {
                    follow(follow, entry.value(), file.way(), step, depth);
                }
            }
        }
        return true;
    }

    private void follow(FileFormat.Follow follow, String value, Transport way, Step step, int depth)
            throws BootFailedException, InterruptedException {
        if (depth == MAX_DEPTH) {
            throw new BootFailedException("files name each other without end");
        }
        String[] names =
                follow.separator().isEmpty() ? new String[] {value} : value.split(Pattern.quote(follow.separator()));
        for (String written : names) {
            String name = expand(written.strip());
            if (name.isEmpty()) {
                continue;
            }
            Optional<Target> target = origins.over(way).resolve(name);
            if (target.isEmpty()) {
                warnings.add("unusable address in " + follow.setting());
                continue;
            }
            Optional<byte[]> file = requests.fetch(target.get(), step);
            if (file.isPresent()) {
                Target source = target.get();
                Fetched fetched = new Fetched(source.path(), source.protocol().transport(), file.get());
                read(fetched, follow.format(), step, depth + 1);
            } else if (follow.required()) {
                throw new BootFailedException(target.get().path() + " missing");
            }
        }
    }

    /** What the phone itself replaces in a name; longer macros first: {@code $MAU} is not {@code $MA} and a U. */
    private String expand(String name) {
        String expanded = name;
        List<String> macros = new ArrayList<>(profile.macros().keySet());
        macros.sort((a, b) -> b.length() - a.length());
        for (String macro : macros) {
            String value =
                    Placeholders.fill(profile.macros().get(macro), placeholders).orElse("");
            expanded = expanded.replace(macro, value);
        }
        return expanded;
    }
}
