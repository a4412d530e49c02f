// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListenerOptionsTest {

    /** The settings with their defaults, but for those given. */
    static HttpSettings settings(Map<String, Object> set) {
        return (HttpSettings) Proxy.newProxyInstance(
                HttpSettings.class.getClassLoader(),
                new Class<?>[] {HttpSettings.class},
                (proxy, method, arguments) -> set.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    @Test
    void hasUsefulDefaults() {
        ListenerOptions options = ListenerOptions.from(settings(Map.of()));
        assertThat(options)
                .isEqualTo(new ListenerOptions("0.0.0.0", 8667, 0, 16_384, 30_000, 20_000, 1_000, 20_000, 64, 32));
    }

    @ParameterizedTest
    @CsvSource({
        "phones_http_port, -1, phones.http.port is -1; allowed are 0 to 65535",
        "phones_http_port, 65536, phones.http.port is 65536; allowed are 0 to 65535",
        "phones_http_trusted__proxies, 17, phones.http.trusted_proxies is 17; allowed are 0 to 16",
        "phones_http_header__bytes, 100, phones.http.header_bytes is 100; allowed are 1024 to 65536",
        "phones_http_idle__seconds, 0, phones.http.idle_seconds is 0; allowed are 1 to 3600",
        "phones_http_request__seconds, 601, phones.http.request_seconds is 601; allowed are 1 to 600",
        "phones_http_slowest, 0, phones.http.slowest is 0; allowed are 1 to 1000000",
        "phones_http_connections, 0, phones.http.connections is 0; allowed are 1 to 1000000",
        "phones_http_threads, 7, phones.http.threads is 7; allowed are 8 to 2000",
        "phones_http_uploads, 0, phones.http.uploads is 0; allowed are 1 to 1000"
    })
    void namesSettingValueAndRange(String setting, int value, String message) {
        assertThatThrownBy(() -> ListenerOptions.from(settings(Map.of(setting, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void needsHost() {
        assertThatThrownBy(() -> ListenerOptions.from(settings(Map.of("phones_host", " "))))
                .hasMessageStartingWith("phones.host is empty");
    }
}
