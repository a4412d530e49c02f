// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.internal.server.Changes;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.TransferEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventResourcesTest {

    @TempDir
    Path folder;

    private V1Harness server;
    /** With short times; the API's own feed has the usual ones. */
    private EventFeed quick;

    @BeforeEach
    void start() throws RefusedException {
        server = new V1Harness(folder);
    }

    @AfterEach
    void stop() {
        if (quick != null) {
            quick.close();
        }
        server.close();
    }

    private ReadEvents open(String tenant, String query, String... headers) throws RefusedException {
        V1Harness.Answer answer = server.call(tenant, "GET", "/1/events" + query, null, headers);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.reply().contentType()).isEqualTo("text/event-stream");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        ReadEvents sink = new ReadEvents();
        answer.reply().stream().open(sink);
        return sink;
    }

    private EventFeed quickFeed(long linger, long comment) {
        quick = new EventFeed(
                new EventSettings(2, linger, comment, 500, false, Duration.ofSeconds(1), List.of()),
                server.core.devices,
                server.core.lines,
                server.core.tenants,
                server.operations,
                server.core.monitor,
                new Changes(server.core.ledger),
                Clock.systemUTC());
        return quick;
    }

    private ReadEvents join(EventFeed feed, String tenant, Set<String> types, long after) {
        ReadEvents sink = new ReadEvents();
        new EventReader(feed, tenant, new EventFilter(types, null), after, () -> true).open(sink);
        return sink;
    }

    private String device(String tenant, String id) throws RefusedException {
        return server.core
                .devices
                .create("test", Device.create(id).tenant(tenant).build())
                .id();
    }

    @Test
    void beginsWithTheTimeToComeBackAndAPlaceToResumeFrom() throws Exception {
        ReadEvents reader = open(server.east, "");
        assertThat(reader.text()).matches("retry: 3000\nid: [0-9a-z]+-0\n\n");
    }

    @Test
    void aPhonesRequestIsShownWithItsSteps() throws Exception {
        ReadEvents master = open(server.core.master(), "?types=request");
        CoreHarness.Phone phone = server.core.phone(7);
        phone.boot();
        ReadEvents.Read event = master.await("request");
        assertThat((String) event.data().get("request")).startsWith("HTTP READ /" + phone.hex + ".cfg from 192.0.2.7");
        assertThat((List<?>) event.data().get("steps")).isNotEmpty();
        assertThat(event.data().get("device")).isEqualTo(phone.device().id());
        assertThat(event.data().get("outcome")).asString().startsWith("SERVED");
        assertThat(event.data().get("micros")).isInstanceOf(Long.class);
        assertThat(master.types()).containsOnly("request");
    }

    @Test
    void aRequestGoesToThoseWhoReachTheDevice() throws Exception {
        CoreHarness.Phone phone = server.core.phone(7);
        phone.boot();
        Device device = phone.device();
        server.core.devices.update("test", device.edit().tenant(server.east).build());
        ReadEvents east = open(server.east, "?types=request");
        ReadEvents child = open(server.east1, "?types=request");
        ReadEvents west = open(server.west, "?types=request");
        phone.boot();
        server.core.phone(8).boot(); // nobody's yet
        ReadEvents master = open(server.core.master(), "?types=request");
        server.core.phone(9).boot();
        master.await("request");
        assertThat(east.await("request").data().get("device")).isEqualTo(device.id());
        assertThat(east.read()).hasSize(1);
        assertThat(child.read()).isEmpty();
        assertThat(west.read()).isEmpty();
    }

    @Test
    void changesGoToTheTenantAndThoseAboveIt() throws Exception {
        ReadEvents master = open(server.core.master(), "?types=device,line");
        ReadEvents east = open(server.east, "?types=device,line");
        ReadEvents east1 = open(server.east1, "?types=device,line");
        ReadEvents west = open(server.west, "?types=device,line");
        device(server.east1, "below");
        device(server.west, "beside");
        Line line = server.core.line(server.east, "alice");
        west.await("device.create");
        ReadEvents.Read made = east.await("line.create");
        assertThat(made.data())
                .isEqualTo(Map.of(
                        "id", line.id(),
                        "action", "create",
                        "time", made.data().get("time"),
                        "actor", "test",
                        "detail", ""));
        assertThat(east.types()).contains("device.create", "line.create");
        assertThat(east1.types()).containsOnly("device.create");
        assertThat(west.all("id")).containsOnly("beside");
        assertThat(master.all("id")).contains("below", "beside", line.id());
        assertThat(east.text()).doesNotContain("secret-alice");
    }

    @Test
    void theEndOfATenantIsStillToldToThoseAboveIt() throws Exception {
        ReadEvents east = open(server.east, "?types=tenant");
        ReadEvents west = open(server.west, "?types=tenant");
        String added =
                server.core.tenants.create("test", null, "east2", server.east).id();
        assertThat(east.await("tenant.create").data().get("id")).isEqualTo(added);
        org.autoprov.core.internal.server.Batch batch = server.core.ledger.batch("test");
        batch.delete(server.core.tenants.get(added).orElseThrow());
        server.core.ledger.commit(batch);
        assertThat(east.await("tenant.delete").data().get("id")).isEqualTo(added);
        assertThat(west.read()).isEmpty();
    }

    @Test
    void whoHasAPortOnlyDoesNotSeeWhoChangedWhat() throws Exception {
        MacAddress mac = MacAddress.parse("00:11:22:33:44:99").orElseThrow();
        Device gateway = server.core.devices.create(
                "test",
                Device.create("gateway")
                        .tenant(server.west)
                        .mac(mac)
                        .vendor("Acme")
                        .model("A20")
                        .version("1.0")
                        .plugin("acme-1")
                        .shared(true)
                        .build());
        Line line = server.core.line(server.east, "alice");
        server.core.lines.associate("test", line.code(), gateway.id(), 1, null);
        ReadEvents east = open(server.east, "?types=device");
        ReadEvents west = open(server.west, "?types=device");
        Device now = server.core.devices.get(gateway.id()).orElseThrow();
        server.core.devices.update(
                "keeper of the west", now.edit().description("rack 3").build());
        assertThat(west.await("device.update").data().get("actor")).isEqualTo("keeper of the west");
        assertThat(east.await("device.update").data().get("id")).isEqualTo("gateway");
        assertThat(east.text()).doesNotContain("keeper");
    }

    @Test
    void onlyOneDeviceIfWanted() throws Exception {
        device(server.east, "d1");
        device(server.east, "d2");
        ReadEvents reader = open(server.east, "?device=d2");
        ReadEvents all = open(server.east, "");
        for (String id : List.of("d1", "d2")) {
            server.core.devices.delete("test", id);
        }
        server.core.line(server.east, "alice");
        all.await("line.create");
        assertThat(reader.all("id")).containsOnly("d2");
    }

    @Test
    void refusesAKindOfEventThatThereIsNot() throws Exception {
        for (String types : List.of("devcie", "device,,line", "device%0Aevent:%20x", ".", "missed")) {
            assertThat(server.call(server.east, "GET", "/1/events?types=" + types, null)
                            .status())
                    .as(types)
                    .isEqualTo(400);
        }
        assertThat(server.call(server.east, "GET", "/1/events?types=device.update,%20line", null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void needsItsOwnAccess() throws Exception {
        String token = server.token(server.east, "provd.v1.devices.#");
        assertThat(server.callWith(token, "GET", "/1/events", null).status()).isEqualTo(403);
        assertThat(server.callWith(null, "GET", "/1/events", null).status()).isEqualTo(401);
    }

    @Test
    void resumesWhereItWasLeft() throws Exception {
        ReadEvents first = open(server.east, "?types=device");
        device(server.east, "d1");
        first.await("device.create");
        String last = first.read().get(first.read().size() - 1).id();
        first.close();
        device(server.east, "d2");
        device(server.west, "w1");
        for (ReadEvents again : List.of(
                open(server.east, "?types=device", "Last-Event-ID", last),
                open(server.east, "?types=device&last_event_id=" + last))) {
            again.await("device.create");
            assertThat(again.all("id")).containsOnly("d2");
            assertThat(again.types()).doesNotContain("missed");
        }
    }

    @Test
    void whatCannotBeResumedIsSaid() throws Exception {
        ReadEvents first = open(server.east, "?types=device");
        device(server.east, "d1");
        first.await("device.create");
        for (String id : List.of("other-7", "x", "-1", first.lastId() + "00000", first.lastId() + "9".repeat(40))) {
            ReadEvents again = open(server.east, "?types=device", "Last-Event-ID", id);
            assertThat(again.types()).as(id).startsWith("missed").contains("device.create");
        }
    }

    @Test
    void aSlowReaderCostsNoMoreThanItsPlaceAndIsToldWhatItMissed() throws Exception {
        EventFeed feed = quickFeed(60_000, 60_000);
        ReadEvents slow = join(feed, server.core.master(), Set.of("request"), EventReader.NOW);
        ReadEvents fast = join(feed, server.core.master(), Set.of("request"), EventReader.NOW);
        slow.stuck(true);
        CoreHarness.Phone phone = server.core.phone(7);
        phone.boot();
        long end = System.nanoTime() + 60_000_000_000L;
        for (int sent = 1; sent < 11_000; sent++) {
            phone.boot();
            while (sent % 1_000 == 0 && fast.read().size() < sent && System.nanoTime() < end) {
                Thread.sleep(5);
            }
        }
        assertThat(slow.text().length()).isLessThan(400_000);
        assertThat(slow.types()).doesNotContain("missed");
        slow.stuck(false);
        slow.await("missed");
        assertThat(fast.types()).doesNotContain("missed");
    }

    @Test
    void moreStreamsThanAllowedAreRefused() throws Exception {
        ReadEvents first = open(server.east, "");
        for (int i = 1; i < 100; i++) {
            open(server.east, "");
        }
        assertThat(server.call(server.east, "GET", "/1/events", null).status()).isEqualTo(503);
        first.close();
        open(server.east, "");
    }

    @Test
    void aRevokedTokenReadsNoMore() throws Exception {
        EventFeed feed = quickFeed(60_000, 60_000);
        boolean[] allowed = {true};
        ReadEvents revoked = new ReadEvents();
        new EventReader(feed, server.east, new EventFilter(Set.of(), null), EventReader.NOW, () -> allowed[0])
                .open(revoked);
        ReadEvents other = join(feed, server.east, Set.of(), EventReader.NOW);
        allowed[0] = false;
        revoked.awaitEnd();
        assertThat(other.isClosed()).isFalse();
    }

    @Test
    void theApisEndIsTheStreamsEnd() throws Exception {
        ReadEvents reader = open(server.east, "");
        server.api.close();
        assertThat(reader.isClosed()).isTrue();
    }

    @Test
    void requestsAreWatchedOnlyWhileSomebodyWantsThem() throws Exception {
        EventFeed feed = quickFeed(700, 60_000);
        assertThat(feed.watched()).isEmpty();
        assertThat(server.core.monitor.isFollowed()).isFalse();
        ReadEvents devices = join(feed, server.core.master(), Set.of("device"), EventReader.NOW);
        assertThat(feed.watched()).containsOnly("changes");
        assertThat(server.core.monitor.isFollowed()).isFalse();
        ReadEvents all = join(feed, server.core.master(), Set.of(), EventReader.NOW);
        assertThat(feed.watched()).containsOnly("changes", "requests");
        String left = all.lastId();
        all.close();
        awaitWatched(feed, Set.of("changes"));
        assertThat(server.core.monitor.isFollowed()).isFalse();

        // Nothing else happened meanwhile, but a request may have.
        ReadEvents again = join(feed, server.core.master(), Set.of(), feed.number(left));
        assertThat(again.types()).containsOnly("missed");
        again.close();
        devices.close();
        awaitWatched(feed, Set.of());
        ReadEvents later = join(feed, server.core.master(), Set.of("device"), feed.number(devices.lastId()));
        assertThat(later.types()).containsOnly("missed");
    }

    private static void awaitWatched(EventFeed feed, Set<String> expected) throws InterruptedException {
        for (int i = 0; i < 500 && !feed.watched().equals(expected); i++) {
            Thread.sleep(20);
        }
        assertThat(feed.watched()).isEqualTo(expected);
    }

    @Test
    void aCommentShowsThatTheStreamLives() throws Exception {
        EventFeed feed = quickFeed(60_000, 500);
        ReadEvents reader = join(feed, server.east, Set.of("line"), EventReader.NOW);
        device(server.east, "d1"); // moves the place, but is not wanted
        Awaitility.await().until(() -> feed.number(reader.lastId()) > 0);
        assertThat(reader.text()).contains("\n:\nid: ");
        assertThat(reader.read()).isEmpty();
    }

    @Test
    void operationsAreToldFromBeginningToEnd() throws Exception {
        Operation before = new Operation("");
        server.operations.track("plugin.install", "old", server.east, "test", before);
        ReadEvents east = open(server.east, "?types=operation");
        ReadEvents west = open(server.west, "?types=operation");
        ReadEvents master = open(server.core.master(), "?types=operation");
        Operation operation = new Operation("");
        operation.progress(1, 10);
        server.operations.track("device.resync", "d1", server.east, "test", operation);
        server.operations.track("plugin.install", "acme", null, "test", new Operation(""));
        ReadEvents.Read begun = east.await("operation");
        assertThat(begun.data().get("state")).isEqualTo("progress");
        assertThat(begun.data().get("current")).isEqualTo(1L);
        operation.fail("no answer");
        for (int i = 0; i < 500 && east.read().size() < 2; i++) {
            Thread.sleep(20);
        }
        assertThat(east.all("state")).containsExactly("progress", "fail");
        assertThat(east.read().get(1).data().get("reason")).isEqualTo("no answer");
        assertThat(west.read()).isEmpty();
        assertThat(master.all("subject")).contains("d1", "acme");
    }

    @Test
    void provisioningKeysAreMasked() throws Exception {
        server.core.tenants.setProvisioningKey("test", server.east, "east-key-123");
        ReadEvents master = open(server.core.master(), "?types=request,transfer");
        CoreHarness.Phone phone = server.core.phone(7);
        phone.get("east-key-123/" + phone.hex + ".cfg");
        master.await("request");
        server.core.monitor.transfer(
                phone.request("east-key-123/firmware.bin").build(), TransferEvent.State.RUNNING, 1, -1, 5, "");
        ReadEvents.Read transfer = master.await("transfer");
        assertThat(transfer.data().get("request")).asString().contains("/********/firmware.bin");
        assertThat(transfer.data().get("total")).isNull();
        assertThat(master.text()).doesNotContain("east-key-123");
    }

    @Test
    void aKeyThatNobodyHasIsMaskedToo() throws Exception {
        server.close();
        server = new V1Harness(folder.resolve("keys"), null, "phones_http_auth", "url_key");
        server.core.tenants.setProvisioningKey("test", server.east, "east-key-123");
        ReadEvents master = open(server.core.master(), "?types=request");
        CoreHarness.Phone phone = server.core.phone(7);
        phone.get("east-key-122/" + phone.hex + ".cfg");
        ReadEvents.Read event = master.await("request");
        assertThat(event.data().get("request")).asString().contains("/********/" + phone.hex + ".cfg");
        assertThat(master.text()).doesNotContain("east-key-122");
    }
}
