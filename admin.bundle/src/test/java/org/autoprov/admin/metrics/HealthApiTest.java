// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.autoprov.admin.Api;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.service.HealthSource;
import org.autoprov.core.service.HealthSource.State;
import org.autoprov.core.service.IdentityService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthApiTest {

    private final FakeParts parts = new FakeParts();
    private final Map<String, State> states = new HashMap<>(Map.of("store", State.OK));
    private final Map<String, State> listeners =
            new HashMap<>(Map.of("api", State.OK, "phonesHttp", State.OK, "tftp", State.OK));
    private IdentityService identity = parts.identity;
    private final Api api = parts.telemetry.health(() -> identity);

    private void expect(int status, String json) {
        ApiReply reply = api.answer(FakeParts.get("/health/ready"));
        assertThat(FakeParts.text(reply)).isEqualTo(json);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.contentType()).isEqualTo("application/json");
        assertThat(reply.headers()).containsEntry("Cache-Control", "no-store");
    }

    private void all() {
        parts.telemetry.addHealthSource(() -> states);
        parts.telemetry.addHealthSource(() -> listeners);
    }

    @Test
    void isReadyWhenEverythingIs() {
        all();
        expect(
                200,
                "{\"components\":{\"api\":\"ok\",\"identity\":\"ok\",\"phonesHttp\":\"ok\",\"store\":\"ok\",\"tftp\":\"ok\"},"
                        + "\"status\":\"ok\"}");
    }

    @Test
    void isNotReadyWithoutAListenerTheStoreOrIdentity() {
        all();
        listeners.put("tftp", State.FAIL);
        expect(
                503,
                "{\"components\":{\"api\":\"ok\",\"identity\":\"ok\",\"phonesHttp\":\"ok\",\"store\":\"ok\",\"tftp\":\"fail\"},"
                        + "\"status\":\"fail\"}");
        listeners.put("tftp", State.OK);
        states.put("store", State.FAIL);
        expect(
                503,
                "{\"components\":{\"api\":\"ok\",\"identity\":\"ok\",\"phonesHttp\":\"ok\",\"store\":\"fail\",\"tftp\":\"ok\"},"
                        + "\"status\":\"fail\"}");
        states.put("store", State.OK);
        identity = null;
        expect(
                503,
                "{\"components\":{\"api\":\"ok\",\"identity\":\"fail\",\"phonesHttp\":\"ok\",\"store\":\"ok\",\"tftp\":\"ok\"},"
                        + "\"status\":\"fail\"}");
    }

    @Test
    void isNotReadyWhileNobodySaysHowItIs() {
        HealthSource broken = () -> {
            throw new IllegalStateException("thrown by a test");
        };
        parts.telemetry.addHealthSource(broken);
        expect(
                503,
                "{\"components\":{\"api\":\"starting\",\"identity\":\"ok\",\"store\":\"starting\"},\"status\":\"fail\"}");
    }

    @Test
    void livesWhateverItsPartsAre() {
        ApiReply reply = api.answer(FakeParts.get("/health/live"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(FakeParts.text(reply)).isEqualTo("{\"status\":\"ok\"}");
        assertThat(reply.headers()).containsEntry("Cache-Control", "no-store");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /health, 404",
        "GET, /health/, 404",
        "GET, /health/live/x, 404",
        "POST, /health/live, 405",
        "HEAD, /health/live, 200",
        "OPTIONS, /health/ready, 200"
    })
    void hasTwoPaths(String method, String path, int status) {
        assertThat(api.answer(FakeParts.request(method, path, Map.of())).status())
                .isEqualTo(status);
    }
}
