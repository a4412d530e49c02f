// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.Json;
import org.autoprov.core.service.RefusedException;

/**
 * Does a call with the header field {@code Idempotency-Key} once, and gives whoever repeats it the answer of the first
 * time. In memory: a restart forgets; ids that the caller chooses hold for ever. Thread-safe.
 */
final class Idempotency {

    private static final Duration KEPT = Duration.ofDays(1);
    private static final int MOST = 10_000;
    private static final int LONGEST_KEY = 255;
    private static final ApiReply NOT_KEPT = ApiReply.empty(0);

    /** @param fingerprint of what was asked @param reply null while it is being done */
    private record Entry(String fingerprint, ApiReply reply, Instant time) {}

    private final Clock clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    Idempotency(Clock clock) {
        this.clock = clock;
    }

    /** What is done once. */
    @FunctionalInterface
    interface Act {
        ApiReply run() throws Problem, RefusedException;
    }

    ApiReply once(Exchange exchange, Act act) throws Problem, RefusedException {
        String key = exchange.request().header("Idempotency-Key");
        if (key == null) {
            return act.run();
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new Problem(Problem.Type.BAD_REQUEST, "an Idempotency-Key must have 1 to 255 characters");
        }
        String name = exchange.caller().tenant() + '\n' + exchange.actor() + '\n' + key;
        String fingerprint = fingerprint(exchange);
        ApiReply before = begin(name, fingerprint);
        if (before == NOT_KEPT) {
            throw new Problem(
                    Problem.Type.CONFLICT, "it was done with this Idempotency-Key, and its answer is not kept");
        }
        if (before != null) {
            return before.with("Idempotency-Replayed", "true");
        }
        ApiReply reply = null;
        try {
            reply = act.run();
            return reply;
        } finally {
            end(name, fingerprint, reply == null || !isShownOnce(exchange) ? reply : NOT_KEPT);
        }
    }

    /** Whether the answer holds the text of a token, which is kept nowhere. */
    private static boolean isShownOnce(Exchange exchange) {
        return exchange.request().path().equals(TokenResources.COLLECTION);
    }

    private synchronized ApiReply begin(String name, String fingerprint) throws Problem {
        Instant now = clock.instant();
        forgetBefore(now.minus(KEPT));
        Entry entry = entries.get(name);
        if (entry == null) {
            entries.put(name, new Entry(fingerprint, null, now));
            return null;
        }
        if (!entry.fingerprint().equals(fingerprint)) {
            throw new Problem(Problem.Type.INVALID, "this Idempotency-Key was used for another call");
        }
        if (entry.reply() == null) {
            throw new Problem(Problem.Type.CONFLICT, "a call with this Idempotency-Key is being done now");
        }
        return entry.reply();
    }

    /** @param reply null when it was refused: it may be tried again with the same key */
    private synchronized void end(String name, String fingerprint, ApiReply reply) {
        if (reply == null) {
            entries.remove(name);
            return;
        }
        entries.put(name, new Entry(fingerprint, reply, clock.instant()));
    }

    /** Also makes room for one more. */
    private void forgetBefore(Instant oldest) {
        Iterator<Entry> byAge = entries.values().iterator();
        while (byAge.hasNext()) {
            Entry entry = byAge.next();
            if (entry.reply() == null) {
                continue;
            }
            if (entries.size() < MOST && !entry.time().isBefore(oldest)) {
                return;
            }
            byAge.remove();
        }
    }

    private static String fingerprint(Exchange exchange) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String asked = exchange.request().method()
                    + ' '
                    + exchange.request().path()
                    + ' '
                    + Json.write(exchange.request().query())
                    + ' '
                    + Json.write(exchange.body());
            digest.update(asked.getBytes(StandardCharsets.UTF_8));
            if (exchange.bytes() != null) {
                digest.update(exchange.bytes());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
