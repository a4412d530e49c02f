// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.autoprov.core.device.Device;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.internal.FakeGenerator;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RendererTest {

    @TempDir
    Path folder;

    private CoreHarness core;
    private CoreHarness.Phone phone;

    @BeforeEach
    void start() throws RefusedException {
        core = CoreHarness.in(folder, "phones_secrets_source", "any");
        phone = core.phone(1);
        core.config("top", List.of(), Map.of("X_top", "1"));
        core.config("middle", List.of("top"), Map.of());
        core.config(
                "own", List.of("middle"), Map.of("sip_lines", Map.of("1", Map.of("username", "u", "password", "p"))));
        core.devices.create(
                "test",
                Device.create("d")
                        .mac(phone.mac)
                        .ip(phone.ip)
                        .plugin("acme-1")
                        .config("own")
                        .version("1.0")
                        .model("A20")
                        .vendor("Acme")
                        .build());
    }

    @AfterEach
    void stop() {
        core.close();
    }

    private interface Step {
        void run() throws RefusedException, IOException;
    }

    /** After the step the file is made anew, then kept again; its tag tells contents apart. */
    private void assertMadeAnewAfter(FakeGenerator maker, Step step) throws RefusedException, IOException {
        PhoneReply before = phone.boot();
        int renders = maker.renders.get();
        phone.boot();
        assertThat(maker.renders).as("kept").hasValue(renders);
        step.run();
        PhoneReply after = phone.boot();
        phone.boot();
        assertThat(maker.renders.get()).as("made anew").isGreaterThan(renders);
        int settled = maker.renders.get();
        assertThat(CoreHarness.text(phone.boot())).isEqualTo(CoreHarness.text(after));
        assertThat(maker.renders).as("kept again").hasValue(settled);
        boolean same = CoreHarness.text(before).equals(CoreHarness.text(after));
        assertThat(before.content().etag().equals(after.content().etag())).isEqualTo(same);
    }

    private void edit(java.util.function.UnaryOperator<Device.Editor> change) throws RefusedException {
        core.devices.update(
                "test", change.apply(core.devices.get("d").orElseThrow().edit()).build());
    }

    private void update(String config, Map<String, Object> raw) throws RefusedException {
        core.configs.update("test", core.configs.get(config).orElseThrow().withRawConfig(raw));
    }

    @Test
    void aDeviceFieldMakesANewFile() throws RefusedException, IOException {
        assertMadeAnewAfter(core.acme1, () -> edit(e -> e.model("A30")));
        assertMadeAnewAfter(core.acme1, () -> edit(e -> e.version("2.0")));
        phone.agent = "Acme A30 1.0";
        phone.boot();
        assertMadeAnewAfter(core.acme1, () -> edit(e -> e.options(Map.of("switchboard", true))));
        assertMadeAnewAfter(core.acme1, () -> edit(e -> e.sn("s1")));
        assertMadeAnewAfter(core.acme1, () -> edit(e -> e.uuid("u1")));
        assertThat(CoreHarness.text(phone.boot())).contains("options={switchboard=true}");
    }

    @Test
    void whatNoFileDependsOnMakesNoNewFile() throws RefusedException {
        phone.boot();
        int renders = core.acme1.renders.get();
        edit(e -> e.description("new").other("X_site", "1"));
        phone.from("192.0.2.99").boot();
        assertThat(phone.device().ip()).isEqualTo("192.0.2.99");
        assertThat(core.acme1.renders).hasValue(renders);
    }

    @Test
    void anyAncestorMakesANewFile() throws RefusedException, IOException {
        assertMadeAnewAfter(core.acme1, () -> update("own", Map.of("X_own", "2")));
        assertMadeAnewAfter(core.acme1, () -> update("middle", Map.of("X_middle", "2")));
        assertMadeAnewAfter(core.acme1, () -> update("top", Map.of("X_top", "2")));
        assertThat(CoreHarness.text(phone.boot())).contains("X_own=2\n", "X_middle=2\n", "X_top=2\n");
        assertMadeAnewAfter(core.acme1, () -> core.configs.delete("test", "middle"));
        assertThat(CoreHarness.text(phone.boot())).doesNotContain("X_top");
    }

    @Test
    void anotherConfigMakesANewFile() throws RefusedException, IOException {
        core.config("other", List.of(), Map.of("X_other", "1"));
        assertMadeAnewAfter(core.acme1, () -> edit(e -> e.config("other")));
        assertThat(CoreHarness.text(phone.boot())).contains("X_other=1\n").doesNotContain("line.1");
    }

    @Test
    void aConfigThatTakesTheIdOfADeletedOneMakesANewFile() throws RefusedException, IOException {
        phone.boot();
        core.configs.delete("test", "own");
        core.config("own", List.of(), Map.of("X_own", "another"));
        assertThat(CoreHarness.text(phone.boot())).contains("X_own=another\n").doesNotContain("line.1");
    }

    @Test
    void theBaseRawConfigMakesANewFile() throws RefusedException, IOException {
        assertMadeAnewAfter(core.acme1, () -> {
            Path file = folder.resolve("base-raw-config.json");
            Files.writeString(file, "{\"X_base\":\"new\"}");
            Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
            core.base.refresh();
        });
        assertThat(CoreHarness.text(phone.boot())).contains("X_base=new\n");
    }

    @Test
    void theBaseRawConfigIsFollowedByItself() throws IOException {
        phone.boot();
        Path file = folder.resolve("base-raw-config.json");
        Files.writeString(file, "{\"X_base\":\"soon\"}");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
        await().atMost(5, TimeUnit.SECONDS)
                .until(() -> CoreHarness.text(phone.boot()).contains("X_base=soon"));
    }

    @Test
    void anotherInstanceOfThePluginMakesANewFile() throws RefusedException, IOException {
        FakeGenerator next = new FakeGenerator("acme-1", "Acme");
        phone.boot();
        core.services.get("acme-1").close();
        core.plugin(next);
        phone.boot();
        assertThat(next.renders).hasValue(1);
    }

    @Test
    void anotherPluginMakesANewFile() throws RefusedException {
        phone.boot();
        edit(e -> e.plugin("acme-2"));
        assertThat(CoreHarness.text(phone.boot())).startsWith("acme-2\n");
    }

    @Test
    void aCustomTemplateMakesANewFile() throws IOException {
        phone.boot();
        int renders = core.acme1.renders.get();
        Files.createDirectories(folder.resolve("templates/acme-1"));
        Files.writeString(folder.resolve("templates/acme-1/phone.ftl"), "x");
        await().atMost(5, TimeUnit.SECONDS).until(() -> {
            phone.boot();
            return core.acme1.renders.get() > renders;
        });
    }

    @Test
    void theReachedAddressMakesANewFile() throws RefusedException, IOException {
        assertMadeAnewAfter(
                core.acme1,
                () -> phone.server = new java.net.InetSocketAddress(CoreHarness.address("198.51.100.2"), 8667));
    }

    @Test
    void theTenantMakesANewFile() throws RefusedException, IOException {
        String other = core.tenant("other");
        assertMadeAnewAfter(core.acme1, () -> edit(e -> e.tenant(other)));
    }

    @Test
    void concurrentRequestsRenderOnce() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        phone.boot();
        core.configs.update("test", core.configs.get("own").orElseThrow().withRawConfig(Map.of("X_own", "3")));
        core.acme1.renders.set(0);
        phone.server = new java.net.InetSocketAddress(CoreHarness.address("198.51.100.9"), 8667);
        core.acme1.onGenerate = () -> {
            inside.countDown();
            try {
                go.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        ExecutorService pool = Executors.newFixedThreadPool(50);
        try {
            List<Future<PhoneReply>> replies = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                replies.add(pool.submit(phone::boot));
            }
            inside.await();
            Thread.sleep(100);
            go.countDown();
            Set<String> tags = replies.stream()
                    .map(RendererTest::get)
                    .map(reply -> reply.content().etag())
                    .collect(Collectors.toSet());
            assertThat(tags).hasSize(1);
            assertThat(core.acme1.renders).hasValue(1);
        } finally {
            pool.shutdownNow();
        }
    }

    private static PhoneReply get(Future<PhoneReply> reply) {
        try {
            return reply.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFailureOfOlderInputsIsNotSharedByNewerOnes() throws Exception {
        update("own", Map.of("X_fake", "refuse"));
        assertThat(phone.boot().status()).isEqualTo(PhoneReply.Status.NOT_FOUND);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        core.acme1.onGenerate = () -> {
            core.acme1.onGenerate = () -> {};
            inside.countDown();
            try {
                go.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        Thread older = new Thread(phone::boot);
        older.start();
        inside.await();
        update("own", Map.of("X_fake", "fine"));
        assertThat(core.devices.get("d").orElseThrow().configured()).isTrue();
        go.countDown();
        older.join();
        assertThat(CoreHarness.text(phone.boot())).contains("X_fake=fine");
    }

    private void identifiersSayWhatTheyRead() {
        core.services.get("acme identifier").close();
        core.services.get("brio identifier").close();
        core.identifier("acme", new org.autoprov.core.plugin.DeviceIdentifier() {
            @Override
            public org.autoprov.core.device.DeviceInfo identify(org.autoprov.core.request.PhoneRequest request) {
                return FakeGenerator.identify("Acme", request);
            }

            @Override
            public Set<String> headersRead() {
                return Set.of("X-Serial");
            }
        });
    }

    @Test
    void whatIsAtOnceAnsweredIsWhatTheFullPathAnswers() throws RefusedException {
        identifiersSayWhatTheyRead();
        assertThat(core.provisioner.provisionAtOnce(
                        phone.request(phone.hex + ".cfg").build()))
                .isEmpty();
        PhoneReply full = phone.boot();
        PhoneReply atOnce = core.provisioner
                .provisionAtOnce(phone.request(phone.hex + ".cfg").build())
                .orElseThrow();
        assertThat(CoreHarness.text(atOnce)).isEqualTo(CoreHarness.text(full));
        assertThat(atOnce.content().etag()).isEqualTo(full.content().etag());
        assertThat(core.provisioner.provisionAtOnce(phone.request(phone.hex + ".cfg")
                        .header("X-Serial", "s")
                        .build()))
                .isEmpty();
        update("top", Map.of("X_top", "3"));
        core.provisioner
                .provisionAtOnce(phone.request(phone.hex + ".cfg").build())
                .ifPresent(reply -> assertThat(CoreHarness.text(reply)).contains("X_top=3\n"));
        assertThat(CoreHarness.text(phone.boot())).contains("X_top=3\n");
        phone.from("192.0.2.77");
        assertThat(core.provisioner.provisionAtOnce(
                        phone.request(phone.hex + ".cfg").build()))
                .isEmpty();
        assertThat(core.provisioner.provisionAtOnce(phone.request("other.cfg").build()))
                .isEmpty();
    }

    @Test
    void byTftpAKnownPhoneIsAnsweredAtOnceTooButNotAsTheOneThatAsksByHttp() {
        identifiersSayWhatTheyRead();
        PhoneRequest tftp = PhoneRequest.from(Protocol.TFTP, CoreHarness.address(phone.ip))
                .path(phone.hex + ".cfg")
                .server(new InetSocketAddress(CoreHarness.SERVER.getAddress(), 69))
                .build();
        PhoneRequest http = PhoneRequest.from(Protocol.HTTP, CoreHarness.address(phone.ip))
                .path(phone.hex + ".cfg")
                .server(CoreHarness.SERVER)
                .build();
        phone.boot();
        assertThat(core.provisioner.provisionAtOnce(tftp)).isEmpty();
        PhoneReply full = core.provisioner.provision(tftp);
        assertThat(core.provisioner.provisionAtOnce(http)).isEmpty();
        assertThat(core.provisioner.provisionAtOnce(tftp).map(CoreHarness::text))
                .contains(CoreHarness.text(full));
        assertThat(CoreHarness.text(full)).contains("base=http://198.51.100.1:8667\n");
    }
}
