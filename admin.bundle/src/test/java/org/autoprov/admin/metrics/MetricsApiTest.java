// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import org.autoprov.admin.Api;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.service.Histogram;
import org.autoprov.core.service.Metrics;
import org.autoprov.core.service.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsApiTest {

    private static final String OPEN_METRICS = "application/openmetrics-text";

    private final FakeParts parts = new FakeParts();

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            X-Auth-Token,  master,         200
            Authorization, Bearer master,  200
            Authorization, bearer  master, 200
            Authorization, Basic master,   401
            Authorization, master,         401
            X-Auth-Token,  tenant,         401
            X-Auth-Token,  weak,           401
            X-Auth-Token,  '',             401
            X-Other,       master,         401
            """)
    void needsATokenOfTheMasterTenant(String header, String value, int status) {
        ApiReply reply = parts.scrape(Map.of(header, value));
        assertThat(reply.status()).isEqualTo(status);
        if (status == 401) {
            assertThat(FakeParts.text(reply)).isEqualTo("Unauthorized");
            assertThat(reply.headers()).containsEntry("WWW-Authenticate", "Bearer");
        }
    }

    @Test
    void isOpenToAllWhenTheSettingsSaySo() {
        ApiReply reply = parts.telemetry.metrics(() -> null, true).answer(FakeParts.get("/metrics"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("Cache-Control", "no-store");
    }

    @Test
    void saysThatNobodyCanTellWhoCalls() {
        parts.identityAway = true;
        assertThat(parts.scrape(Map.of("X-Auth-Token", "master")).status()).isEqualTo(503);
        assertThat(parts.telemetry
                        .metrics(() -> null, false)
                        .answer(FakeParts.get("/metrics"))
                        .status())
                .isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({"POST, /metrics, 405", "DELETE, /metrics, 405", "OPTIONS, /metrics, 200", "GET, /metrics/, 404"})
    void hasOnePathAndReadsOnly(String method, String path, int status) {
        Api api = parts.telemetry.metrics(() -> parts.identity, false);
        assertThat(api.answer(FakeParts.request(method, path, Map.of())).status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                                                            | text/plain
            */*                                                          | text/plain
            text/plain;version=0.0.4                                     | text/plain
            text/html, nonsense;;;,=                                     | text/plain
            application/openmetrics-text;version=1.0.0,text/plain;q=0.5  | application/openmetrics-text
            application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited | text/plain
            """)
    void speaksTheFormatThatIsAskedFor(String accept, String type) {
        ApiReply reply = parts.scrape(
                accept == null ? Map.of("X-Auth-Token", "master") : Map.of("X-Auth-Token", "master", "Accept", accept));
        assertThat(reply.contentType()).startsWith(type + ";").contains("charset=utf-8");
        String text = FakeParts.text(reply);
        if (type.equals(OPEN_METRICS)) {
            assertThat(text).endsWith("# EOF\n").contains("# TYPE autoprov_lines gauge\n");
        } else {
            assertThat(new ExpositionText(text).types).containsEntry("autoprov_lines", "gauge");
        }
    }

    @Test
    void countsDevicesLinesPluginsAndOperations() {
        parts.plugin("acme-1", "acme", 3, false);
        parts.plugin("acme-2", "acme", 0, true);
        parts.plugin("brio-1", "brio", 0, false);
        parts.device("acme-1", "c1", true, false);
        parts.device("acme-2", "c1", true, false);
        parts.device("acme-1", "autoprov77", true, true);
        parts.device("acme-1", "c1", false, false);
        parts.device("evil\"} 1\n# x", "c1", true, false);
        parts.device(null, null, false, true);
        parts.line("d1");
        parts.line(null);
        parts.line(null);
        Operation running = new Operation("install");
        running.begin();
        parts.operation(running);
        Operation done = new Operation("install");
        done.succeed();
        parts.operation(done);
        parts.ended.put("plugin.install.SUCCESS", 4L);
        ExpositionText text = parts.scrape();
        assertThat(text.get("autoprov_devices{family=\"acme\",state=\"configured\"}"))
                .isEqualTo(2);
        assertThat(text.get("autoprov_devices{family=\"acme\",state=\"autoprov\"}"))
                .isEqualTo(1);
        assertThat(text.get("autoprov_devices{family=\"acme\",state=\"unconfigured\"}"))
                .isEqualTo(1);
        assertThat(text.get("autoprov_devices{family=\"brio\",state=\"configured\"}"))
                .isZero();
        assertThat(text.get("autoprov_devices{family=\"none\",state=\"configured\"}"))
                .isEqualTo(1);
        assertThat(text.get("autoprov_devices{family=\"none\",state=\"unconfigured\"}"))
                .isEqualTo(1);
        assertThat(text.get("autoprov_devices_new")).isEqualTo(2);
        assertThat(text.get("autoprov_lines{state=\"bound\"}")).isEqualTo(1);
        assertThat(text.get("autoprov_lines{state=\"free\"}")).isEqualTo(2);
        assertThat(text.get("autoprov_plugin_up{family=\"acme\",plugin=\"acme-1\"}"))
                .isEqualTo(1);
        assertThat(text.get("autoprov_plugin_up{family=\"acme\",plugin=\"acme-2\"}"))
                .isZero();
        assertThat(text.get("autoprov_plugin_failures_total{family=\"acme\",plugin=\"acme-1\"}"))
                .isEqualTo(3);
        assertThat(text.get("autoprov_operations_running")).isEqualTo(1);
        assertThat(text.get("autoprov_operations_total{kind=\"plugin.install\",result=\"success\"}"))
                .isEqualTo(4);
        assertThat(text.labels.get("family")).containsExactlyInAnyOrder("acme", "brio", "none");
    }

    @Test
    void measuresTheProcess() {
        ExpositionText text = parts.scrape();
        assertThat(text.get("jvm_memory_used_bytes{area=\"heap\"}")).isPositive();
        assertThat(text.get("jvm_threads_current")).isPositive();
        assertThat(text.get("process_cpu_seconds_total")).isPositive();
        assertThat(text.get("process_start_time_seconds")).isBetween(1.6e9, System.currentTimeMillis() / 1000.0 + 1);
        assertThat(text.types).containsEntry("jvm_gc_collection_seconds", "summary");
        assertThat(text.labels.get("version")).containsExactly("1.2.3");
    }

    @Test
    void asksEachSourceAndGetsOverOneThatFails() {
        Histogram histogram = Histogram.ofSeconds(0.001, 1);
        histogram.record(500_000);
        histogram.record(2_000_000_000);
        parts.telemetry.addMetricSource(metrics -> {
            metrics.gauge("autoprov_before", "Is kept.", 1);
            metrics.counter("autoprov_wrong", "Is refused.", 1);
        });
        parts.telemetry.addMetricSource(metrics -> {
            metrics.gauge("autoprov_twice", "Is left out.", 1, "a", "b");
            metrics.gauge("autoprov_twice", "Is left out.", 2, "a", "b");
            metrics.gauge("autoprov_type", "Is a gauge first.", 1);
        });
        parts.telemetry.addMetricSource(metrics -> metrics.histogram("autoprov_type", "No gauge.", histogram));
        parts.telemetry.addMetricSource(metrics -> {
            metrics.histogram("autoprov_span_seconds", "Is \\ escaped\nand \"quoted\".", histogram, "a", "\"\\\n");
            metrics.counter("autoprov_after_total", "Is kept.", 7);
        });
        ExpositionText text = parts.scrape();
        assertThat(text.get("autoprov_before")).isEqualTo(1);
        assertThat(text.get("autoprov_after_total")).isEqualTo(7);
        assertThat(text.types).doesNotContainKeys("autoprov_wrong", "autoprov_twice");
        assertThat(text.types).containsEntry("autoprov_type", "gauge");
        String labels = "{a=\"\\\"\\\\\\n\"";
        assertThat(text.get("autoprov_span_seconds_bucket" + labels + ",le=\"0.001\"}"))
                .isEqualTo(1);
        assertThat(text.get("autoprov_span_seconds_bucket" + labels + ",le=\"+Inf\"}"))
                .isEqualTo(2);
        assertThat(text.get("autoprov_span_seconds_sum" + labels + "}")).isEqualTo(2.0005);
    }

    @Test
    void forgetsASourceThatIsGone() {
        org.autoprov.core.service.MetricSource source = metrics -> metrics.gauge("autoprov_here", "Is here.", 1);
        parts.telemetry.addMetricSource(source);
        assertThat(parts.scrape().get("autoprov_here")).isEqualTo(1);
        parts.telemetry.removeMetricSource(source);
        assertThat(parts.scrape().get("autoprov_here")).isNaN();
    }

    @Test
    void countsRequestsToTheApiByWhatExists() {
        Function<String, Integer> statuses =
                path -> path.contains("missing") ? 404 : path.contains("broken") ? 500 : 200;
        Api api = parts.telemetry.measured(request -> {
            if (request.path().contains("thrown")) {
                throw new IllegalStateException("thrown by a test");
            }
            return ApiReply.empty(statuses.apply(request.path()));
        });
        api.answer(FakeParts.get("/0.2/missing-1/x"));
        api.answer(FakeParts.request("OPTIONS", "/0.2/invented/x", Map.of()));
        api.answer(FakeParts.get("/0.2/dev_mgr/devices/aabbccddeeff"));
        api.answer(FakeParts.get("/0.2/dev_mgr/devices/missing"));
        api.answer(FakeParts.get("/0.2/dev_mgr/broken"));
        api.answer(FakeParts.get("/0.2/OBÉ/x"));
        api.answer(FakeParts.get("/metrics"));
        api.answer(FakeParts.get(""));
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> api.answer(FakeParts.get("/0.2/dev_mgr/thrown"))))
                .isNotNull();
        ExpositionText text = parts.scrape();
        assertThat(text.labels.get("route")).containsExactlyInAnyOrder("0.2/dev_mgr", "metrics", "other");
        assertThat(text.get("autoprov_api_requests_total{route=\"0.2/dev_mgr\",status=\"2xx\"}"))
                .isEqualTo(1);
        assertThat(text.get("autoprov_api_requests_total{route=\"0.2/dev_mgr\",status=\"4xx\"}"))
                .isEqualTo(1);
        assertThat(text.get("autoprov_api_requests_total{route=\"0.2/dev_mgr\",status=\"5xx\"}"))
                .isEqualTo(2);
        assertThat(text.get("autoprov_api_requests_total{route=\"other\",status=\"4xx\"}"))
                .isEqualTo(1);
        assertThat(text.get("autoprov_api_request_duration_seconds_count{route=\"0.2/dev_mgr\"}"))
                .isEqualTo(4);
    }

    @Test
    void doesNotGrowWithMadeUpPaths() {
        Api api = parts.telemetry.measured(request -> ApiReply.empty(200));
        for (int i = 0; i < 500; i++) {
            api.answer(FakeParts.get("/0.2/r" + i));
        }
        ExpositionText text = parts.scrape();
        assertThat(text.labels.get("route")).hasSizeLessThanOrEqualTo(65).contains("other");
        assertThat(text.samples.entrySet().stream()
                        .filter(sample -> sample.getKey().startsWith("autoprov_api_requests_total"))
                        .mapToDouble(Map.Entry::getValue)
                        .sum())
                .isEqualTo(500);
    }

    @Test
    void aCounterWithoutItsEndingIsRefused() {
        Metrics metrics = new Exposition();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> metrics.counter("autoprov_x", "X.", 1)))
                .hasMessageContaining("_total");
    }
}
