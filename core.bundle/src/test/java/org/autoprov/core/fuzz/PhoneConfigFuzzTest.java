// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.autoprov.core.config.FunctionKey;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.config.SipLine;
import org.autoprov.core.internal.config.ConfigValidation;
import org.autoprov.core.internal.config.RawConfigs;
import org.autoprov.core.internal.json.Json;

/** Parameters of an administrator: refused, or readable by every plugin in every way. */
final class PhoneConfigFuzzTest {

    @FuzzTest
    void parametersAreRefusedOrReadable(byte[] octets) {
        Map<String, Object> raw;
        try {
            raw = Json.readObject(new String(octets, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return;
        }
        Map<String, Object> own = RawConfigs.copy(raw);
        Map<String, Object> merged = RawConfigs.withoutNulls(raw);
        RawConfigs.overlay(merged, own);
        assertThat(RawConfigs.withoutNulls(merged)).isEqualTo(RawConfigs.withoutNulls(raw));
        try {
            ConfigValidation.check(raw);
        } catch (InvalidConfigException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        read(new PhoneConfig(raw, 2026, false));
        read(new PhoneConfig(RawConfigs.withoutNulls(raw), 2026, true));
        assertThat(raw).as("nobody changed it").isEqualTo(own);
    }

    private static void read(PhoneConfig config) {
        for (String name : config.raw().keySet()) {
            assertThat(config.text(name)).isNotEqualTo("");
            assertThat(config.text(name, "otherwise")).isNotNull();
            config.number(name);
            config.flag(name);
            assertThat(config.texts(name)).doesNotContainNull();
        }
        config.baseUrl();
        assertThat(config.locale())
                .satisfiesAnyOf(
                        locale -> assertThat(locale).isNull(),
                        locale -> assertThat(locale).matches("[a-z]{2}_[A-Z]{2}"));
        assertThat(config.timeZone().isPresent()).isEqualTo(config.text("timezone") != null);
        assertThat(config.sipTransport()).isIn("udp", "tcp", "tls");
        config.phonebookUrl("input", "acme", "");
        config.serviceUrl("acme", "dnd", "enable");
        for (SipLine line : config.lines()) {
            assertThat(line.number()).isPositive();
            assertThat(line.username()).isNotEmpty();
            assertThat(line.authUsername()).isNotNull();
            assertThat(line.password()).isNotNull();
            assertThat(line.displayName()).isNotNull();
            assertThat(line.srtpMode()).isNotNull();
            assertThat(line.toString()).isNotNull();
            assertThat(config.line(line.number())).contains(line);
        }
        for (FunctionKey key : config.functionKeys()) {
            assertThat(key.number()).isPositive();
            assertThat(key.type()).isNotNull();
            assertThat(key.value()).isNotNull();
            assertThat(key.label()).isNotNull();
        }
    }
}
