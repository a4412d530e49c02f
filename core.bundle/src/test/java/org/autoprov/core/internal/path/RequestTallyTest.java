// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.internal.FakeGenerator;
import org.autoprov.core.plugin.DeviceIdentifier;
import org.autoprov.core.request.PhoneReply.Status;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.service.RecordedMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestTallyTest {

    @TempDir
    Path folder;

    private CoreHarness core;

    @BeforeEach
    void open() {
        core = CoreHarness.in(folder);
    }

    @AfterEach
    void close() {
        core.close();
    }

    private double requests(String listenerFamilyOutcome) {
        return RecordedMetrics.of(core.monitor).get("autoprov_requests_total " + listenerFamilyOutcome);
    }

    @Test
    void countsRequestsByListenerFamilyAndOutcome() {
        assertThat(requests("http none served")).isZero();
        CoreHarness.Phone phone = core.phone(1);
        assertThat(phone.boot().status()).isEqualTo(Status.SERVED);
        phone.boot();
        phone.get("nothing.bin");
        phone.upload(phone.hex + ".cfg", "x");
        assertThat(requests("http acme served")).isEqualTo(2);
        assertThat(requests("http acme not_found")).isEqualTo(1);
        assertThat(requests("http acme not_writable")).isEqualTo(1);
        assertThat(RecordedMetrics.of(core.monitor).get("autoprov_request_duration_seconds http"))
                .isEqualTo(4);
        assertThat(RecordedMetrics.of(core.monitor).get("autoprov_request_duration_seconds tftp"))
                .isZero();
    }

    @Test
    void countsAKnownPhonesRequestOnceWhicheverWayItGoes() {
        core.services.get("acme identifier").close();
        core.services.get("brio identifier").close();
        core.identifier("acme", new DeviceIdentifier() {
            @Override
            public DeviceInfo identify(PhoneRequest request) {
                return FakeGenerator.identify("Acme", request);
            }

            @Override
            public Set<String> headersRead() {
                return Set.of();
            }
        });
        CoreHarness.Phone phone = core.phone(1);
        phone.boot();
        phone.boot();
        assertThat(core.provisioner.provisionAtOnce(
                        phone.request(phone.hex + ".cfg").build()))
                .isPresent();
        assertThat(core.provisioner.provisionAtOnce(
                        core.phone(2).request("unknown.cfg").build()))
                .isEmpty();
        assertThat(requests("http acme served")).isEqualTo(3);
        RecordedMetrics renders = RecordedMetrics.of(core.renderer);
        assertThat(renders.get("autoprov_render_cache_misses_total") + renders.get("autoprov_render_cache_hits_total"))
                .isGreaterThanOrEqualTo(3);
        assertThat(renders.get("autoprov_render_duration_seconds acme")).isEqualTo((double) core.acme2.renders.get());
    }

    @Test
    void nobodysRequestsHaveNoFamily() {
        core.provisioner.provision(PhoneRequest.from(Protocol.TFTP, CoreHarness.address("192.0.2.77"))
                .path("x")
                .server(CoreHarness.SERVER)
                .build());
        assertThat(requests("tftp none not_found")).isEqualTo(1);
        assertThat(requests("http none not_found")).isNaN();
    }

    @Test
    void aDeviceWhosePluginIsGoneHasNoFamily() throws Exception {
        CoreHarness.Phone phone = core.phone(1);
        phone.boot();
        core.devices.update(
                "test", phone.device().edit().plugin("made-up-by-somebody").build());
        phone.boot();
        assertThat(RecordedMetrics.of(core.monitor).values.keySet())
                .noneMatch(key -> key.contains("made-up"))
                .contains("autoprov_requests_total http none not_found");
    }

    @Test
    void countsFilesThatCannotBeMade() {
        core.acme2.onGenerate = () -> {
            throw new IllegalStateException("thrown by a test");
        };
        core.phone(1).boot();
        RecordedMetrics renders = RecordedMetrics.of(core.renderer);
        assertThat(renders.get("autoprov_render_failures_total acme"))
                .isPositive()
                .isEqualTo(renders.get("autoprov_render_duration_seconds acme"));
        assertThat(RecordedMetrics.of(core.lifecycle).get("autoprov_configurations_total unconfigured"))
                .isPositive();
        assertThat(renders.get("autoprov_render_cache_bytes")).isZero();
    }

    @Test
    void countsDevicesThatWereConfigured() {
        core.phone(1).boot();
        RecordedMetrics metrics = RecordedMetrics.of(core.lifecycle);
        assertThat(metrics.get("autoprov_configurations_total configured")).isPositive();
        assertThat(metrics.get("autoprov_configurations_waiting")).isZero();
        assertThat(RecordedMetrics.of(core.renderer).get("autoprov_render_cache_bytes"))
                .isPositive();
    }
}
