// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.ApiRequest;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdempotencyTest {

    private static final String KEY = "Idempotency-Key";

    @TempDir
    Path folder;

    private V1Harness server;
    private final ManualClock clock = new ManualClock();
    private final Idempotency idempotency = new Idempotency(clock);
    private final AtomicInteger runs = new AtomicInteger();

    @BeforeEach
    void start() throws RefusedException {
        server = new V1Harness(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static final class ManualClock extends Clock {

        private volatile Instant now = Instant.parse("2026-11-20T08:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static Exchange exchange(String actor, String key, Map<String, Object> body) {
        Caller caller = new Caller(actor, "t", Set.of("t"));
        ApiRequest request = new ApiRequest(
                "POST", "/1/devices", Map.of(), name -> name.equals(KEY) ? key : null, () -> new byte[0]);
        return new Exchange(caller, Map.of(), request, body, null, access -> true);
    }

    private ApiReply act() {
        return ApiReply.of(200, "text/plain", "run " + runs.incrementAndGet());
    }

    @Test
    void theSameCallIsDoneOnceAndAnsweredTheSame() throws RefusedException {
        V1Harness.Answer first = server.call(server.east, "POST", "/1/devices", Map.of("sn", "1"), KEY, "k");
        V1Harness.Answer again = server.call(server.east, "POST", "/1/devices", Map.of("sn", "1"), KEY, "k");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(server.core.devices.all()).hasSize(1);
    }

    @Test
    void anotherCallWithTheSameKeyIsRefused() throws RefusedException {
        server.call(server.east, "POST", "/1/devices", Map.of("sn", "1"), KEY, "k");
        for (V1Harness.Answer other : List.of(
                server.call(server.east, "POST", "/1/devices", Map.of("sn", "2"), KEY, "k"),
                server.call(server.east, "POST", "/1/devices?x=1", Map.of("sn", "1"), KEY, "k"))) {
            assertThat(other.status()).isEqualTo(422);
            assertThat(other.text()).contains("Idempotency-Key");
        }
        assertThat(server.core.devices.all()).hasSize(1);
    }

    @Test
    void whatWasRefusedMayBeTriedAgain() throws RefusedException {
        server.call(server.east, "POST", "/1/devices", Map.of("id", "taken"));
        Map<String, Object> body = Map.of("id", "taken", "sn", "1");
        assertThat(server.call(server.east, "POST", "/1/devices", body, KEY, "k")
                        .status())
                .isEqualTo(409);
        server.call(server.east, "DELETE", "/1/devices/taken", null);
        V1Harness.Answer again = server.call(server.east, "POST", "/1/devices", body, KEY, "k");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Idempotency-Replayed")).isNull();
    }

    @Test
    void keysOfOtherCallersAreOthers() throws RefusedException {
        String first = server.token(server.east, "#");
        String second = server.token(server.east, "#");
        for (String token : List.of(first, second, server.token(server.west, "#"))) {
            V1Harness.Answer answer = server.callWith(token, "POST", "/1/devices", Map.of("sn", "1"), KEY, "k");
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("Idempotency-Replayed")).isNull();
        }
        assertThat(server.core.devices.all()).hasSize(3);
    }

    @Test
    void aKeyDoesNotOutliveTheTokensAccess() throws RefusedException {
        server.call(server.east, "POST", "/1/devices", Map.of("sn", "1"), KEY, "k");
        String reader = server.token(server.east, "provd.v1.devices.read");
        assertThat(server.callWith(reader, "POST", "/1/devices", Map.of("sn", "1"), KEY, "k")
                        .status())
                .isEqualTo(403);
        assertThat(server.callWith(null, "POST", "/1/devices", Map.of("sn", "1"), KEY, "k")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void refusesEmptyAndLongKeys() throws RefusedException {
        for (String key : List.of("", " ", "k".repeat(256))) {
            assertThat(server.call(server.east, "POST", "/1/devices", Map.of(), KEY, key)
                            .status())
                    .isEqualTo(400);
        }
        assertThat(server.call(server.east, "POST", "/1/devices", Map.of(), KEY, "k".repeat(255))
                        .status())
                .isEqualTo(201);
        assertThat(server.core.devices.all()).hasSize(1);
    }

    @Test
    void whoeverRepeatsItMeanwhileIsToldSo() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<ApiReply> first = CompletableFuture.supplyAsync(() -> {
            try {
                return idempotency.once(exchange("a", "k", Map.of()), () -> {
                    inside.countDown();
                    try {
                        assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return act();
                });
            } catch (Problem | RefusedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> idempotency.once(exchange("a", "k", Map.of()), this::act))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo(Problem.Type.CONFLICT));
        goOn.countDown();
        ApiReply reply = first.get(10, TimeUnit.SECONDS);
        ApiReply again = idempotency.once(exchange("a", "k", Map.of()), this::act);
        assertThat(again.body()).isEqualTo(reply.body());
        assertThat(runs).hasValue(1);
    }

    @Test
    void manyAtOnceMakeOneOnly() throws Exception {
        String token = server.token(server.east);
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Integer>> calls = java.util.stream.IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return server.callWith(token, "POST", "/1/devices", Map.of("sn", "1"), KEY, "k")
                            .status();
                }))
                .toList();
        go.countDown();
        for (CompletableFuture<Integer> call : calls) {
            assertThat(call.get(20, TimeUnit.SECONDS)).isIn(201, 409);
        }
        assertThat(server.core.devices.all()).hasSize(1);
    }

    @Test
    void forgetsAfterADayAndTheOldestOfTooMany() throws Problem, RefusedException {
        idempotency.once(exchange("a", "old", Map.of()), this::act);
        clock.now = clock.now.plus(Duration.ofDays(1).plusSeconds(1));
        idempotency.once(exchange("a", "old", Map.of()), this::act);
        assertThat(runs).hasValue(2);
        for (int i = 0; i < 10_000; i++) {
            idempotency.once(exchange("a", "k" + i, Map.of()), this::act);
        }
        assertThat(runs).hasValue(10_002);
        idempotency.once(exchange("a", "k9999", Map.of()), this::act);
        assertThat(runs).hasValue(10_002);
        idempotency.once(exchange("a", "old", Map.of()), this::act);
        assertThat(runs).hasValue(10_003);
    }

    /** A failure of ours must not block the key for a day. */
    @Test
    void theTextOfATokenIsNotKept() throws RefusedException {
        Map<String, Object> body = Map.of("access", List.of("provd.v1.devices.read"));
        V1Harness.Answer made = server.call(server.east, "POST", "/1/tokens", body, "Idempotency-Key", "t");
        assertThat(made.status()).isEqualTo(201);
        V1Harness.Answer again = server.call(server.east, "POST", "/1/tokens", body, "Idempotency-Key", "t");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text()).doesNotContain((String) made.at("text"));
        assertThat(server.tokens.all().stream().filter(token -> token.access().equals(body.get("access"))))
                .hasSize(1);
    }

    @Test
    void anExceptionLeavesTheKeyFree() throws Problem, RefusedException {
        assertThatThrownBy(() -> idempotency.once(exchange("a", "k", Map.of()), () -> {
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(idempotency.once(exchange("a", "k", Map.of()), this::act).status())
                .isEqualTo(200);
    }
}
