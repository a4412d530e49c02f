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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.autoprov.zoo.family.Placeholders;
import org.autoprov.zoo.family.Profile;
import org.autoprov.zoo.family.Step;

/** The requests of one boot, with the patience of the profile. For one thread. */
final class Requests {

    /** A phone that is sent on and on gives up; so many files are more than any family lists. */
    private static final int MAX_REQUESTS = 200;

    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Profile profile;
    private final Map<String, String> placeholders;
    private final Surroundings surroundings;
    private final Network network;
    private final Consumer<Exchange> listener;
    private final List<String> warnings;
    private final List<Exchange> exchanges = new ArrayList<>();

    Requests(
            Profile profile,
            Map<String, String> placeholders,
            Surroundings surroundings,
            Network network,
            Consumer<Exchange> listener,
            List<String> warnings) {
        this.profile = profile;
        this.placeholders = placeholders;
        this.surroundings = surroundings;
        this.network = network;
        this.listener = listener;
        this.warnings = warnings;
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    /** A file, after redirects; empty when the server has none for this phone. */
    Optional<byte[]> fetch(Target start, Step step) throws BootFailedException, InterruptedException {
        Target target = start;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            Answer answer = patiently(false, target, step, new byte[0]);
            if (REDIRECTS.contains(answer.status())) {
                Target here = target;
                target = answer.header("Location")
                        .flatMap(here::resolve)
                        .filter(there -> there.protocol() != Protocol.TFTP) // no phone goes from HTTP to TFTP this way
                        .orElseThrow(() -> new BootFailedException("redirected to nowhere from " + here.path()));
                continue;
            }
            if (answer.status() == 401) {
                warnings.add(target.path() + " asks for a password");
            }
            return answer.status() == 200 ? Optional.of(answer.body()) : Optional.empty();
        }
        throw new BootFailedException("redirected more than " + MAX_REDIRECTS + " times from " + start.path());
    }

    /** An answer that is not a server's failure; a phone tries again and again, then gives up. */
    Answer patiently(boolean upload, Target target, Step step, byte[] body)
            throws BootFailedException, InterruptedException {
        String last = "";
        for (int attempt = 1; attempt <= profile.pace().attempts(); attempt++) {
            surroundings.pause(attempt == 1 ? profile.pace().betweenMillis() : wait(attempt - 1));
            try {
                Answer answer = once(upload, target, step, body, false);
                if (answer.status() == 401 && target.credentials().isPresent()) {
                    answer = once(upload, target, step, body, true);
                }
                if (answer.status() < 500 && answer.status() != 429) {
                    return answer;
                }
                last = answer.what();
            } catch (IOException e) {
                last = e.getMessage();
            }
        }
        throw new BootFailedException((upload ? "" : "no file from " + target.path() + ": ") + last);
    }

    /** How long the phone waits after so many failures, in milliseconds of its own time. */
    double wait(int failures) {
        return profile.pace().retryMillis() * Math.pow(profile.pace().retryFactor(), failures - 1.0);
    }

    private Answer once(boolean upload, Target target, Step step, byte[] body, boolean credentials)
            throws IOException, BootFailedException {
        if (exchanges.size() >= MAX_REQUESTS) {
            throw new BootFailedException("more than " + MAX_REQUESTS + " requests");
        }
        long start = System.nanoTime();
        try {
            Answer answer = network.exchange(upload, target, headers(step, target, credentials), body);
            answer.defects().forEach(defect -> warnings.add(target.path() + ": " + defect));
            String note = REDIRECTS.contains(answer.status())
                    ? "to "
                            + answer.header("Location")
                                    .flatMap(target::resolve)
                                    .map(Target::toString)
                                    .orElse("nowhere")
                    : Stream.concat(Stream.of(answer.message()), answer.defects().stream())
                            .filter(text -> !text.isEmpty())
                            .collect(Collectors.joining(", "));
            report(new Exchange(
                    target.protocol(),
                    target.protocol().method(upload),
                    target.path(),
                    answer.status(),
                    answer.outcome(),
                    answer.body().length,
                    answer.millis(),
                    note));
            return answer;
        } catch (IOException e) {
            report(new Exchange(
                    target.protocol(),
                    target.protocol().method(upload),
                    target.path(),
                    0,
                    "",
                    0,
                    millis(start),
                    String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private Map<String, String> headers(Step step, Target target, boolean credentials) {
        Map<String, String> headers = new LinkedHashMap<>();
        String agent = step.userAgent().orElse(profile.userAgent());
        Placeholders.fill(agent, placeholders).ifPresent(value -> headers.put("User-Agent", value));
        profile.headers()
                .forEach((name, template) ->
                        Placeholders.fill(template, placeholders).ifPresent(value -> headers.put(name, value)));
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
