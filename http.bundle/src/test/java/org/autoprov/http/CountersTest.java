// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.autoprov.core.request.FileContent;
import org.autoprov.core.service.Histogram;
import org.autoprov.core.service.Metrics;
import org.junit.jupiter.api.Test;

class CountersTest {

    private static Map<String, Double> measure(LiveServer live) {
        Map<String, Double> values = new HashMap<>();
        live.server.counters().measure(new Metrics() {
            @Override
            public void counter(String name, String help, double value, String... labels) {
                values.put(name, value);
            }

            @Override
            public void gauge(String name, String help, double value, String... labels) {
                values.put(name, value);
            }

            @Override
            public void histogram(String name, String help, Histogram histogram, String... labels) {
                throw new AssertionError("there is none");
            }
        });
        return values;
    }

    @Test
    void countsConnectionsContentAndNonsense() throws Exception {
        try (LiveServer live = new LiveServer()) {
            live.core.files.put(
                    "a",
                    FileContent.generated("a", "text/plain", "0123456789".getBytes(StandardCharsets.UTF_8), "\"x\""));
            try (RawPhone phone = live.phone();
                    RawPhone nonsense = live.phone()) {
                phone.get("/a");
                phone.reply();
                phone.get("/a", "Range: bytes=0-3");
                phone.reply();
                phone.get("/a", "If-None-Match: \"x\"");
                phone.reply(false);
                phone.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n");
                phone.reply(false);
                phone.get("/none");
                phone.reply();
                nonsense.send("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n");
                nonsense.reply();
                await().untilAsserted(() -> assertThat(measure(live))
                        .containsEntry("autoprov_http_sent_bytes_total", 14.0)
                        .containsEntry("autoprov_http_malformed_requests_total", 1.0)
                        .containsEntry("autoprov_http_connections", 1.0) // nonsense ends the other one
                        .containsEntry("autoprov_http_connections_accepted_total", 2.0)
                        .containsEntry("autoprov_http_broken_answers_total", 0.0));
                assertThat(live.server.counters().counters()).containsEntry("running", 1L);
            }
            await().untilAsserted(() -> assertThat(measure(live)).containsEntry("autoprov_http_connections", 0.0));
        }
    }

    @Test
    void countsPhonesThatAreTooSlow() throws Exception {
        ListenerOptions impatient = new ListenerOptions("127.0.0.1", 0, 0, 16_384, 600_000, 300, 1_000, 20_000, 8, 4);
        try (LiveServer live = new LiveServer(impatient);
                RawPhone phone = live.phone()) {
            phone.send("GET /a HT");
            assertThat(phone.isClosedByServer()).isTrue();
            await().untilAsserted(() ->
                    assertThat(measure(live)).containsEntry("autoprov_http_connections_timed_out_total", 1.0));
        }
    }
}
