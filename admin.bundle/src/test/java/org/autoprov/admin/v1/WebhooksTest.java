// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.device.Webhook;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.internal.server.Changes;
import org.autoprov.core.internal.server.Operations;
import org.autoprov.core.service.Histogram;
import org.autoprov.core.service.Metrics;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.RefusedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhooksTest {

    private static final String SECRET = "a secret text of enough characters".replace(' ', '-');
    private static final Logger LOG = Logger.getLogger("org.autoprov.admin.v1");

    @TempDir
    Path folder;

    private final List<String> logged = new ArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public synchronized void publish(LogRecord line) {
            synchronized (logged) {
                logged.add(line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private Duration limit = Duration.ofMillis(700);
    private WebhookReceiver receiver;
    private CoreHarness core;
    private final Operations operations = new Operations();
    private String east;
    private String below;
    private String west;
    private EventFeed feed;

    @BeforeEach
    void start() throws Exception {
        LOG.addHandler(log);
        receiver = new WebhookReceiver();
        core = CoreHarness.in(folder);
        east = core.tenant("east");
        below = core.tenants.create("test", null, "below", east).id();
        west = core.tenant("west");
        feed = feed(true, 100, 100, 100, 100);
    }

    @AfterEach
    void stop() {
        feed.close();
        core.close();
        receiver.close();
        LOG.removeHandler(log);
    }

    private EventFeed feed(boolean internal, int... pauses) {
        List<Duration> tries = new ArrayList<>();
        for (int pause : pauses) {
            tries.add(Duration.ofMillis(pause));
        }
        return new EventFeed(
                new EventSettings(10, 60_000, 15_000, 30_000, internal, limit, tries),
                core.devices,
                core.lines,
                core.tenants,
                operations,
                core.monitor,
                new Changes(core.ledger),
                Clock.systemUTC());
    }

    private void restart(boolean internal, int... pauses) {
        feed.close();
        feed = feed(internal, pauses);
    }

    private void hook(String tenant, String url, String secret, String... events) throws Exception {
        Tenant now = core.tenants.get(tenant).orElseThrow();
        core.tenants.update("test", now.withWebhook(new Webhook(url, secret, Set.of(events))));
        for (int i = 0; i < 250 && feed.watched().isEmpty(); i++) {
            Thread.sleep(20);
        }
        assertThat(feed.watched()).isNotEmpty();
    }

    private void device(String tenant, String id) throws RefusedException {
        core.devices.create("test", Device.create(id).tenant(tenant).build());
    }

    private WebhookReceiver.Got next() throws InterruptedException {
        WebhookReceiver.Got got = receiver.got.poll(10, TimeUnit.SECONDS);
        assertThat(got).as("a message; logged: %s", logged).isNotNull();
        return got;
    }

    private void nothingMore() throws InterruptedException {
        assertThat(receiver.got.poll(400, TimeUnit.MILLISECONDS)).isNull();
    }

    private boolean hasLogged(String part) {
        synchronized (logged) {
            return logged.stream().anyMatch(line -> line.contains(part));
        }
    }

    private void awaitLog(String part) throws InterruptedException {
        for (int i = 0; i < 500 && !hasLogged(part); i++) {
            Thread.sleep(20);
        }
        assertThat(hasLogged(part)).as("%s in %s", part, logged).isTrue();
    }

    /** As the specification has it, computed here from its text. */
    private static String signature(byte[] key, WebhookReceiver.Got got) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String signed = got.headers().get("webhook-id") + "." + got.headers().get("webhook-timestamp") + "."
                + new String(got.body(), StandardCharsets.UTF_8);
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void postsASignedEvent() throws Exception {
        hook(east, receiver.url("/hook?who=autoprov"), SECRET);
        device(east, "d1");
        WebhookReceiver.Got got = next();
        assertThat(got.path()).isEqualTo("/hook?who=autoprov");
        assertThat(got.headers().get("Content-Type")).isEqualTo("application/json");
        assertThat(got.headers().get("webhook-id")).matches("msg_[0-9a-z]+-[0-9]+-[0-9a-f]{8}");
        long age = Instant.now().getEpochSecond() - Long.parseLong(got.headers().get("webhook-timestamp"));
        assertThat(age).isBetween(0L, 10L);
        assertThat(got.headers().get("webhook-signature"))
                .isEqualTo(signature(SECRET.getBytes(StandardCharsets.UTF_8), got));
        assertThat(got.json().get("type")).isEqualTo("device.create");
        assertThat((String) got.json().get("timestamp")).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
        assertThat(got.id()).isEqualTo("d1");
    }

    @Test
    void aSecretWithThePrefixIsBase64() throws Exception {
        byte[] key = new byte[24];
        key[3] = (byte) 0xff;
        hook(east, receiver.url("/"), "whsec_" + Base64.getEncoder().encodeToString(key));
        device(east, "d1");
        WebhookReceiver.Got got = next();
        assertThat(got.headers().get("webhook-signature")).isEqualTo(signature(key, got));
    }

    @Test
    void theSignatureIsThatOfTheSpecificationsExample() {
        // Standard Webhooks, test vector of the reference libraries.
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
        assertThat(WebhookSignature.of(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void tellsWhatIsTheTenantsAndBelowAndOfTheUsualKinds() throws Exception {
        hook(east, receiver.url("/"), SECRET);
        assertThat(core.monitor.isFollowed()).isFalse();
        device(west, "w");
        device(below, "below");
        core.tenants.create("test", null, "east2", east);
        core.phone(1).boot();
        core.line(east, "alice");
        Operation operation = new Operation("");
        operations.track("device.resync", "below", east, "test", operation);
        assertThat(next().id()).isEqualTo("below");
        assertThat(next().json().get("type")).isEqualTo("line.create");
        assertThat(next().json().get("type")).isEqualTo("operation");
        nothingMore();
    }

    @Test
    void tellsTheKindsThatAreNamedAlsoRequests() throws Exception {
        hook(core.master(), receiver.url("/"), SECRET, "request", "config.create");
        for (int i = 0; i < 100 && !core.monitor.isFollowed(); i++) {
            Thread.sleep(20);
        }
        core.phone(1).boot();
        WebhookReceiver.Got one = next();
        WebhookReceiver.Got two = next();
        assertThat(List.of(one.json().get("type"), two.json().get("type")))
                .containsExactlyInAnyOrder("config.create", "request");
        nothingMore();
    }

    @Test
    void triesAgainWithTheSameIdAndKeepsTheOrder() throws Exception {
        receiver.answers.addAll(List.of(500, 503, 302));
        hook(east, receiver.url("/"), SECRET);
        device(east, "d1");
        device(east, "d2");
        List<WebhookReceiver.Got> got = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            got.add(next());
        }
        assertThat(got).extracting(WebhookReceiver.Got::id).containsExactly("d1", "d1", "d1", "d1", "d2");
        assertThat(got.subList(0, 4))
                .extracting(one -> one.headers().get("webhook-id"))
                .containsOnly(got.get(0).headers().get("webhook-id"));
        assertThat(receiver.paths).doesNotContain("/elsewhere");
        nothingMore();
    }

    @Test
    void aMessageThatNeverArrivesIsDroppedAndTheNextOneIsTried() throws Exception {
        restart(true, 50, 50);
        receiver.answers.addAll(List.of(500, 500, 500));
        hook(east, receiver.url("/"), SECRET);
        device(east, "d1");
        device(east, "d2");
        assertThat(List.of(next().id(), next().id(), next().id(), next().id())).containsExactly("d1", "d1", "d1", "d2");
        awaitLog("it answered 500");
        Awaitility.await().untilAsserted(() -> assertThat(counter("delivered")).isEqualTo(1));
        assertThat(counter("failed")).isEqualTo(1);
    }

    private double counter(String result) {
        double[] found = {-1};
        feed.measure(new Metrics() {
            @Override
            public void counter(String name, String help, double value, String... labels) {
                if (labels.length > 1 && labels[1].equals(result)) {
                    found[0] = value;
                }
            }

            @Override
            public void gauge(String name, String help, double value, String... labels) {}

            @Override
            public void histogram(String name, String help, Histogram histogram, String... labels) {}
        });
        return found[0];
    }

    @Test
    void aReceiverThatDoesNotAnswerIsNotWaitedForLong() throws Exception {
        receiver.answers.addAll(List.of(WebhookReceiver.SILENT, WebhookReceiver.DRIPPING));
        hook(east, receiver.url("/"), SECRET);
        long start = System.nanoTime();
        device(east, "d1");
        device(east, "d2");
        assertThat(List.of(next().id(), next().id(), next().id(), next().id())).containsExactly("d1", "d1", "d1", "d2");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(1_400L, 8_000L);
    }

    @Test
    void oneTenantsDeadReceiverDoesNotHoldUpAnothers() throws Exception {
        try (WebhookReceiver dead = new WebhookReceiver()) {
            for (int i = 0; i < 50; i++) {
                dead.answers.add(WebhookReceiver.SILENT);
            }
            hook(west, dead.url("/"), SECRET);
            hook(east, receiver.url("/"), SECRET);
            Thread.sleep(1_100); // both are known
            for (int i = 0; i < 20; i++) {
                device(west, "w" + i);
            }
            device(east, "e");
            assertThat(next().id()).isEqualTo("e");
            assertThat(dead.most.get()).isEqualTo(1);
        }
    }

    @Test
    void neverMoreThanFourAtATimeAndOnePerTenant() throws Exception {
        receiver.millis = 100;
        List<String> tenants = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            tenants.add(core.tenant("t" + i));
            hook(tenants.get(i), receiver.url("/" + i), SECRET);
        }
        Thread.sleep(1_100); // all are known
        for (String tenant : tenants) {
            device(tenant, "a-" + tenant);
            device(tenant, "b-" + tenant);
        }
        for (int i = 0; i < 14; i++) {
            next();
        }
        assertThat(receiver.most.get()).isEqualTo(4);
    }

    @Test
    void whoeverIsGoneIsToldNoMoreUntilTheTenantChanges() throws Exception {
        receiver.answers.add(410);
        hook(east, receiver.url("/secret-path?secret-query"), SECRET);
        device(east, "d1");
        assertThat(next().id()).isEqualTo("d1");
        awaitLog("is off until the tenant is changed");
        device(east, "d2");
        nothingMore();
        hook(east, receiver.url("/new"), SECRET);
        device(east, "d3");
        WebhookReceiver.Got got = next();
        assertThat(got.id()).isEqualTo("d3");
        assertThat(got.path()).isEqualTo("/new");
        assertThat(String.join("\n", logged)).doesNotContain("secret-path", "secret-query", SECRET);
    }

    @Test
    void tenLostMessagesInARowSwitchItOff() throws Exception {
        restart(true);
        for (int i = 0; i < 10; i++) {
            receiver.answers.add(500);
        }
        hook(east, receiver.url("/"), SECRET);
        for (int i = 0; i < 12; i++) {
            device(east, "d" + i);
        }
        for (int i = 0; i < 10; i++) {
            next();
        }
        awaitLog("is off until the tenant is changed");
        nothingMore();
    }

    @Test
    void theOldestOfTooManyAreDroppedWithOneLine() throws Exception {
        limit = Duration.ofSeconds(30);
        restart(true);
        receiver.answers.add(WebhookReceiver.HELD);
        hook(east, receiver.url("/"), SECRET);
        device(east, "first");
        assertThat(next().id()).isEqualTo("first"); // is being tried
        int more = WebhookQueue.MOST_WAITING + 5;
        for (int i = 0; i < more; i++) {
            device(east, "d" + i);
        }
        Awaitility.await().untilAsserted(() -> assertThat(counter("dropped")).isEqualTo(5));
        receiver.release();
        assertThat(next().id()).isEqualTo("d5");
        synchronized (logged) {
            assertThat(logged.stream()
                            .filter(line -> line.contains("the oldest are dropped"))
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void internalAddressesAreRefusedUnlessTheSettingAllowsThem() throws Exception {
        restart(false, 50);
        hook(east, receiver.url("/"), SECRET);
        device(east, "d1");
        awaitLog("its address is internal");
        nothingMore();
        hook(east, receiver.url("/").replace("127.0.0.1", "localhost"), SECRET);
        device(east, "d2");
        nothingMore();
    }

    @Test
    void aRemovedWebhookGetsNothingMore() throws Exception {
        hook(east, receiver.url("/"), SECRET);
        device(east, "d1");
        assertThat(next().id()).isEqualTo("d1");
        Tenant now = core.tenants.get(east).orElseThrow();
        core.tenants.update("test", now.withWebhook(null));
        device(east, "d2");
        nothingMore();
    }

    @Test
    void aWrongSecretIsSaidWithoutTheSecret() throws Exception {
        hook(east, receiver.url("/"), "whsec_!!!!!!!!!!!!!!!!!!!!!!!!!!!!");
        device(east, "d1");
        awaitLog("its URL or its secret is malformed");
        assertThat(hasLogged("!!!")).isFalse();
    }
}
