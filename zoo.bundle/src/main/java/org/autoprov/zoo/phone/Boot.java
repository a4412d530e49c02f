// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.autoprov.zoo.family.Family;
import org.autoprov.zoo.family.Model;
import org.autoprov.zoo.family.Placeholders;
import org.autoprov.zoo.family.Profile;
import org.autoprov.zoo.family.Step;
import org.autoprov.zoo.format.Entry;
import org.autoprov.zoo.format.FileFormat;
import org.autoprov.zoo.format.FormatException;

/** One boot of one phone: the steps of its profile. For one thread. */
final class Boot {

    /** A phone that is sent on and on gives up; so many files are more than any family lists. */
    private static final int MAX_REQUESTS = 200;
    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_DEPTH = 8;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Family family;
    private final Profile profile;
    private final Map<String, String> placeholders;
    private final Target base;
    private final Surroundings surroundings;
    private final PhoneClient client;
    private final Consumer<Exchange> listener;
    private final Map<String, String> settings;
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** The boot is over without success. */
    private static final class Failed extends Exception {
        Failed(String reason) {
            super(reason);
        }
    }

    Boot(Family family, Model model, Map<String, String> placeholders, Target base, Map<String, String> settings,
            Surroundings surroundings, PhoneClient client, Consumer<Exchange> listener) {
        this.family = family;
        this.profile = family.profile(model);
        this.placeholders = placeholders;
        this.base = base;
        this.settings = settings;
        this.surroundings = surroundings;
        this.client = client;
        this.listener = listener;
    }

    List<Exchange> exchanges() {
        return exchanges;
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
        } catch (Failed e) {
            return Optional.of(e.getMessage());
        }
    }

    private Step.Then upload(Step step) throws Failed, InterruptedException {
        for (String name : names(step)) {
            byte[] body = ("simulated phone " + placeholders.get("mac:") + "\n").getBytes(StandardCharsets.UTF_8);
            Answer answer = patiently("PUT", locate(name), step, body);
            if (answer.status() >= 300) {
                warnings.add(name + " was not taken: status " + answer.status());
            }
        }
        return Step.Then.CONTINUE;
    }

    private Step.Then take(Step step) throws Failed, InterruptedException {
        int attempts = step.missing() == Step.Then.RETRY ? profile.pace().attempts() : 1;
        List<String> names = names(step);
        for (int attempt = 1; attempt <= attempts; attempt++) {
            for (String name : names) {
                Optional<byte[]> file = fetch(locate(name), step);
                if (file.isPresent()) {
                    boolean read = step.format().isEmpty() || read(name, file.get(), step.format().get(), step, 1);
                    return read ? step.found() : Step.Then.CONTINUE; // a dropped file leads nowhere
                }
            }
            if (attempt < attempts) {
                surroundings.pause(wait(attempt));
            }
        }
        if (!names.isEmpty() && (step.missing() == Step.Then.FAIL || step.missing() == Step.Then.RETRY)) {
            throw new Failed(String.join(" and ", names) + " missing");
        }
        return step.missing();
    }

    private List<String> names(Step step) {
        return step.names().stream().map(name -> Placeholders.fill(name, placeholders)).flatMap(Optional::stream)
                .toList();
    }

    private Target locate(String name) throws Failed {
        return base.resolve(name).orElseThrow(() -> new Failed("unusable address: " + name));
    }

    /** Reads a file and the files it names. False: the phone drops it. */
    private boolean read(String name, byte[] file, String formatName, Step step, int depth)
            throws Failed, InterruptedException {
        FileFormat format = family.formats().get(formatName);
        List<Entry> entries;
        try {
            entries = format.parse(file);
        } catch (FormatException e) {
            warnings.add(name + " dropped: " + e.getMessage());
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
                    follow(follow, entry.value(), step, depth);
                }
            }
        }
        return true;
    }

    private void follow(FileFormat.Follow follow, String value, Step step, int depth)
            throws Failed, InterruptedException {
        if (depth == MAX_DEPTH) {
            throw new Failed("files name each other without end");
        }
        String[] names = follow.separator().isEmpty() ? new String[] {value}
                : value.split(java.util.regex.Pattern.quote(follow.separator()));
        for (String written : names) {
            String name = expand(written.strip());
            if (name.isEmpty()) {
                continue;
            }
            Optional<Target> target = base.resolve(name);
            if (target.isEmpty()) {
                warnings.add("unusable address in " + follow.setting());
                continue;
            }
            Optional<byte[]> file = fetch(target.get(), step);
            if (file.isPresent()) {
                read(target.get().path(), file.get(), follow.format(), step, depth + 1);
            } else if (follow.required()) {
                throw new Failed(target.get().path() + " missing");
            }
        }
    }

    /** What the phone itself replaces in a name. Longer macros first, so that {@code $MAU} is not taken for {@code $MA}. */
    private String expand(String name) {
        String expanded = name;
        List<String> macros = new ArrayList<>(profile.macros().keySet());
        macros.sort((a, b) -> b.length() - a.length());
        for (String macro : macros) {
            String value = Placeholders.fill(profile.macros().get(macro), placeholders).orElse("");
            expanded = expanded.replace(macro, value);
        }
        return expanded;
    }

    /** A file, after redirects; empty when the server has none for this phone. */
    private Optional<byte[]> fetch(Target start, Step step) throws Failed, InterruptedException {
        Target target = start;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            Answer answer = patiently("GET", target, step, new byte[0]);
            if (REDIRECTS.contains(answer.status())) {
                Target here = target;
                target = answer.header("Location").flatMap(here::resolve)
                        .orElseThrow(() -> new Failed("redirected to nowhere from " + here.path()));
                continue;
            }
            if (answer.status() == 401) {
                warnings.add(target.path() + " asks for a password");
            }
            return answer.status() == 200 ? Optional.of(answer.body()) : Optional.empty();
        }
        throw new Failed("redirected more than " + MAX_REDIRECTS + " times from " + start.path());
    }

    /** An answer that is not a server's failure; a phone tries again and again, then gives up. */
    private Answer patiently(String method, Target target, Step step, byte[] body) throws Failed, InterruptedException {
        String last = "";
        for (int attempt = 1; attempt <= profile.pace().attempts(); attempt++) {
            surroundings.pause(attempt == 1 ? profile.pace().betweenMillis() : wait(attempt - 1));
            try {
                Answer answer = once(method, target, step, body, false);
                if (answer.status() == 401 && target.credentials().isPresent()) {
                    answer = once(method, target, step, body, true);
                }
                if (answer.status() < 500 && answer.status() != 429) {
                    return answer;
                }
                last = "status " + answer.status();
            } catch (IOException e) {
                last = e.getMessage();
            }
        }
        throw new Failed("no file from " + target.path() + ": " + last);
    }

    private double wait(int failures) {
        return profile.pace().retryMillis() * Math.pow(profile.pace().retryFactor(), failures - 1.0);
    }

    private Answer once(String method, Target target, Step step, byte[] body, boolean credentials)
            throws IOException, Failed {
        if (exchanges.size() >= MAX_REQUESTS) {
            throw new Failed("more than " + MAX_REQUESTS + " requests");
        }
        long start = System.nanoTime();
        try {
            Answer answer = client.exchange(method, target, headers(step, target, credentials), body);
            answer.defects().forEach(defect -> warnings.add(target.path() + ": " + defect));
            String note = REDIRECTS.contains(answer.status())
                    ? "to " + answer.header("Location").flatMap(target::resolve).map(Target::toString).orElse("nowhere")
                    : String.join(", ", answer.defects());
            report(new Exchange(method, target.path(), answer.status(), answer.body().length, millis(start), note));
            return answer;
        } catch (IOException e) {
            report(new Exchange(method, target.path(), 0, 0, millis(start), String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private Map<String, String> headers(Step step, Target target, boolean credentials) {
        Map<String, String> headers = new LinkedHashMap<>();
        String agent = step.userAgent().orElse(profile.userAgent());
        Placeholders.fill(agent, placeholders).ifPresent(value -> headers.put("User-Agent", value));
        profile.headers().forEach((name, template) -> Placeholders.fill(template, placeholders)
                .ifPresent(value -> headers.put(name, value)));
        headers.putIfAbsent("Accept", "*/*");
        if (credentials) {
            byte[] pair = target.credentials().orElse("").getBytes(StandardCharsets.UTF_8);
            headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        return headers;
    }

    private void report(Exchange exchange) {
        exchanges.add(exchange);
        listener.accept(exchange);
    }

    static double millis(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e6;
    }
}
