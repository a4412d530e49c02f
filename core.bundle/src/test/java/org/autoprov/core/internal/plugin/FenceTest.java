// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.internal.FakeFramework;
import org.autoprov.core.plugin.ConfigGenerator;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.PluginDescription;
import org.autoprov.core.plugin.SupportLevel;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneReply.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class FenceTest {

    @TempDir
    Path folder;

    private final Watchdog watchdog = new Watchdog();

    @AfterEach
    void stop() {
        watchdog.close();
    }

    private Fence fence() {
        return new Fence("acme", watchdog);
    }

    private static <T> T call(Fence fence, Fence.Call<T, InvalidConfigException> call) throws Exception {
        return fence.call("generating", InvalidConfigException.class, call);
    }

    @Test
    void letsAnswersThrough() throws Exception {
        Fence fence = fence();
        assertThat(call(fence, () -> "x")).isEqualTo("x");
        assertThatThrownBy(() -> call(fence, () -> {
                    throw new InvalidConfigException("vlan_id must be 0 to 4094");
                }))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage("vlan_id must be 0 to 4094");
        assertThat(fence.failures()).isZero();
        assertThat(fence.running()).isZero();
    }

    @Test
    void catchesAndCountsWhatIsThrown() {
        Fence fence = fence();
        for (Throwable thrown : List.of(
                new IllegalStateException("first\nsecond"),
                new StackOverflowError(),
                new NoClassDefFoundError("x"),
                new AssertionError("x"),
                new ExceptionInInitializerError("x"))) {
            assertThatThrownBy(() -> call(fence, () -> sneak(thrown)))
                    .isInstanceOf(Fence.FencedException.class)
                    .hasMessageStartingWith(
                            "acme: generating failed: " + thrown.getClass().getSimpleName());
        }
        assertThat(fence.failures()).isEqualTo(5);
        assertThat(fence.lastFailure()).doesNotContain("\n");
        assertThat(fence.running()).isZero();
        assertThat(fence.suspended()).isFalse();
    }

    @SuppressWarnings("unchecked") // any throwable, past the compiler
    private static <T, X extends Throwable> T sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @Test
    void survivesEndlessRecursion() {
        Fence fence = fence();
        assertThatThrownBy(() -> call(fence, () -> recurse(0))).hasMessageContaining("StackOverflowError");
    }

    private static Integer recurse(int depth) {
        return depth == Integer.MAX_VALUE ? 0 : recurse(depth + 1) + 1;
    }

    @Test
    void interruptsACallThatLastsTooLongAndLeavesNoInterruptBehind() {
        Fence fence = fence();
        long start = System.nanoTime();
        assertThatThrownBy(() -> call(fence, () -> {
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return "";
                }))
                .isInstanceOf(Fence.FencedException.class);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(1900L, 4000L);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(fence.suspended()).as("once is forgiven").isFalse();
        assertThat(fence.awaitCalm()).isTrue();
    }

    @Test
    void suspendsWhoIgnoresTheInterrupt() throws Exception {
        Fence fence = fence();
        AtomicBoolean go = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            try {
                call(fence, () -> {
                    while (!go.get()) {
                        Thread.onSpinWait();
                        try {
                            Thread.sleep(10);
                        } catch (InterruptedException e) {
                            // this plugin does not care
                        }
                    }
                    return "";
                });
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        caller.start();
        assertThat(fence.awaitCalm()).isTrue();
        await().atMost(6, TimeUnit.SECONDS).until(fence::suspended);
        assertThat(fence.awaitCalm()).isFalse();
        assertThatThrownBy(() -> call(fence, () -> "x"))
                .isInstanceOf(Fence.FencedException.class)
                .hasMessageContaining("suspended");
        go.set(true);
        caller.join();
        assertThat(fence.running()).isZero();
    }

    @Test
    void aPluginThatAnswersNonsenseHurtsOnlyItsOwnDevices() throws Exception {
        try (CoreHarness core = CoreHarness.in(folder)) {
            CoreHarness.Phone bad = core.phone(1);
            CoreHarness.Phone good = core.phone(2).saying("Brio B1 1");
            bad.boot();
            for (List<PhoneFile> answer :
                    Arrays.<List<PhoneFile>>asList(null, new ArrayList<>(Arrays.asList((PhoneFile) null)), List.of())) {
                core.acme2.files = device -> answer;
                assertThat(bad.boot().status()).isIn(Status.NOT_FOUND, Status.FAILED);
                assertThat(core.devices.reconfigure("test", bad.device().id()).configured())
                        .isFalse();
                assertThat(core.phone(3).boot().status()).isIn(Status.NOT_FOUND, Status.FAILED);
                assertThat(good.boot().status()).isEqualTo(Status.SERVED);
            }
        }
    }

    /** Returns what a test wants for generated bytes. */
    private record Bytes(byte[] bytes) implements ConfigGenerator {
        @Override
        public PluginDescription description() {
            return new PluginDescription("acme-9", "acme", "1", "Acme", "", Map.of(), Map.of(), "documented");
        }

        @Override
        public SupportLevel support(DeviceInfo info) {
            return null;
        }

        @Override
        public List<PhoneFile> files(Device device) {
            return List.of(new PhoneFile("x.cfg", "text/plain", PhoneFile.Access.SECRET, true, false, false, "t"));
        }

        @Override
        public byte[] generate(PhoneFile file, Device device, PhoneConfig config) {
            return bytes;
        }
    }

    @Test
    void nullAndHugeFilesAreFailures() throws Exception {
        for (byte[] bytes : Arrays.asList(null, new byte[(16 << 20) + 1])) {
            Plugin plugin = plugin(new Bytes(bytes));
            assertThat(plugin.support(DeviceInfo.NOTHING)).isEqualTo(SupportLevel.NONE);
            assertThatThrownBy(() -> plugin.generate(plugin.files(null).get(0), null, null))
                    .isInstanceOf(Plugin.FailedException.class)
                    .hasMessageStartingWith("acme-9: x.cfg is ");
        }
    }

    private Plugin plugin(ConfigGenerator generator) throws Exception {
        Bundle bundle = (Bundle) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Bundle.class},
                (self, method, args) -> method.getName().equals("getSymbolicName") ? "test" : null);
        return new Plugin(generator, bundle, 1, watchdog);
    }

    @Test
    void aGeneratorWhoseDescriptionFailsIsRefusedAndHurtsNobody() {
        FakeFramework framework = new FakeFramework(folder);
        ConfigGenerator broken = (ConfigGenerator) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ConfigGenerator.class}, (self, method, args) -> {
                    throw new IllegalStateException("a bug");
                });
        framework.register(ConfigGenerator.class, broken, "broken", Map.of());
        PluginRegistry registry = new PluginRegistry(framework.context());
        framework.register(ConfigGenerator.class, broken, "broken", Map.of());
        framework.register(ConfigGenerator.class, new Bytes(new byte[0]), "good", Map.of());
        assertThat(registry.snapshot().plugins()).containsOnlyKeys("acme-9");
        registry.close();
    }

    @Test
    void aPhoneWhosePluginFailsGetsNoFileAndAReason() {
        try (CoreHarness core = CoreHarness.in(folder)) {
            core.acme2.onGenerate = () -> {
                throw new IllegalStateException("a bug");
            };
            PhoneReply reply = core.phone(1).boot();
            assertThat(reply.status()).isEqualTo(Status.NOT_FOUND);
            assertThat(core.devices.problem(core.phone(1).device().id()).orElseThrow())
                    .contains("a bug");
            core.acme2.onGenerate = () -> {};
            assertThat(core.phone(1).boot().status()).isEqualTo(Status.SERVED);
        }
    }
}
