// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.request.PhoneReply.Status;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.service.RequestEvent;
import org.autoprov.core.service.RequestFollower;
import org.autoprov.core.service.TransferEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("try") // closing is all that is done with the subscription
class MonitorTest {

    @TempDir
    Path folder;

    private CoreHarness core;

    @BeforeEach
    void start() {
        core = CoreHarness.in(folder);
    }

    @AfterEach
    void stop() {
        core.close();
    }

    @Test
    void showsEveryDecision() throws Exception {
        List<RequestEvent> events = new CopyOnWriteArrayList<>();
        try (AutoCloseable following = core.monitor.follow(events::add)) {
            core.phone(1).boot();
            await().until(() -> events.size() == 1);
        }
        RequestEvent event = events.get(0);
        assertThat(event.request())
                .isEqualTo("HTTP READ /001122334401.cfg from 192.0.2.1 \"Acme A20 1.0 001122334401\"");
        assertThat(event.outcome()).startsWith("SERVED ");
        assertThat(event.deviceId()).isEqualTo(core.phone(1).device().id());
        assertThat(event.steps())
                .extracting(step -> step.substring(0, step.indexOf(':')))
                .containsSubsequence("identify", "update", "find", "admit", "answer");
        String password = CoreHarness.text(core.phone(1).boot()).replaceAll("(?s).*line.1=\\w+:(\\w+)@.*", "$1");
        assertThat(password).hasSize(20);
        assertThat(event.toString()).doesNotContain(password);
    }

    @Test
    void tellsHowTransfersGo() throws Exception {
        PhoneRequest request = PhoneRequest.from(Protocol.TFTP, CoreHarness.address("192.0.2.1"))
                .path("a\nb.rom")
                .build();
        List<TransferEvent> events = new CopyOnWriteArrayList<>();
        RequestFollower follower = new RequestFollower() {
            @Override
            public void request(RequestEvent event) {}

            @Override
            public void transfer(TransferEvent event) {
                events.add(event);
            }
        };
        core.monitor.transfer(request, TransferEvent.State.RUNNING, 1, 9, 1000, "");
        try (AutoCloseable following = core.monitor.follow(follower)) {
            core.monitor.transfer(request, TransferEvent.State.RUNNING, 3, 9, 1000, "");
            core.monitor.transfer(request, TransferEvent.State.BROKEN, 5, 9, 2000, "gone\r");
            await().until(() -> events.size() == 2);
        }
        assertThat(events.get(0).request()).isEqualTo("TFTP READ /a\\x0ab.rom from 192.0.2.1");
        assertThat(events).extracting(TransferEvent::bytes).containsExactly(3L, 5L);
        assertThat(events.get(1).reason()).isEqualTo("gone\\x0d");
    }

    @Test
    void aSlowOrThrowingFollowerHurtsNobody() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        List<RequestEvent> events = new CopyOnWriteArrayList<>();
        AutoCloseable slow = core.monitor.follow(event -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        AutoCloseable throwing = core.monitor.follow(event -> {
            throw new IllegalStateException("closed terminal");
        });
        AutoCloseable good = core.monitor.follow(events::add);
        for (int i = 0; i < 20; i++) {
            assertThat(core.phone(1).boot().status()).isEqualTo(Status.SERVED);
        }
        await().until(() -> events.size() == 20);
        assertThat(events).extracting(RequestEvent::number).isSorted();
        for (AutoCloseable each : List.of(slow, throwing, good)) {
            each.close();
        }
        never.countDown();
        assertThat(core.monitor.isFollowed()).isFalse();
    }

    @Test
    void whoIsTooSlowMissesTheOldest() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Long> seen = new CopyOnWriteArrayList<>();
        PhoneRequest request = PhoneRequest.from(Protocol.TFTP, CoreHarness.address("192.0.2.1"))
                .build();
        try (AutoCloseable following = core.monitor.follow(event -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (event.number() % 1000 == 1) {
                seen.add(event.number());
            }
        })) {
            java.util.logging.Logger requests = java.util.logging.Logger.getLogger("org.autoprov.requests");
            requests.setLevel(java.util.logging.Level.OFF);
            for (int i = 0; i < 12_001; i++) {
                core.monitor.done(
                        request,
                        org.autoprov.core.request.PhoneReply.notFound("x"),
                        null,
                        null,
                        new Trace(false),
                        System.nanoTime());
            }
            requests.setLevel(null);
            go.countDown();
            await().until(() -> seen.contains(12_001L));
        }
        assertThat(seen).doesNotContain(1001L).contains(3001L);
    }

    @Test
    void escapesWhatComesFromTheNetwork() throws Exception {
        List<RequestEvent> events = new CopyOnWriteArrayList<>();
        try (AutoCloseable following = core.monitor.follow(events::add)) {
            core.provisioner.provision(PhoneRequest.from(Protocol.HTTP, CoreHarness.address("192.0.2.1"))
                    .path("a\u001b[2Jb")
                    .header("User-Agent", "x\ny\u202e" + "z".repeat(1000))
                    .build());
            await().until(() -> events.size() == 1);
        }
        assertThat(events.get(0).request())
                .contains("/a\\x1b[2Jb")
                .contains("\"x\\x0ay\\u202ez")
                .endsWith("…\"");
        assertThat(events.get(0).request().length()).isLessThan(400);
        assertThat(events.get(0).outcome()).startsWith("NOT_FOUND (");
    }

    @ParameterizedTest
    @CsvSource({
        "plain text, plain text",
        "é ß 漢, é ß 漢",
        "a\\b, a\\x5cb",
        "a\u007fb, a\\x7fb",
        "a\u0085b, a\\x85b",
        "a\u2028b, a\\u2028b",
        "a\ud83d\ude00b, a\\ud83d\\ude00b",
        "a\u0000b, a\\x00b",
        "a\u200bb, a\\u200bb"
    })
    void escapesControlAndFormatCharacters(String text, String escaped) {
        assertThat(LogText.escape(text)).isEqualTo(escaped);
    }

    @Test
    void aBugInThePathIsAnAnswerNotAnEnd() {
        core.acme2.files = device -> {
            throw new IllegalStateException("a bug");
        };
        assertThat(core.phone(1).boot().status()).isEqualTo(Status.FAILED);
        assertThat(core.phone(2).saying("Brio B1 1").boot().status()).isEqualTo(Status.SERVED);
    }
}
