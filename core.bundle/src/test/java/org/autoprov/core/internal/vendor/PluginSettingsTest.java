// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.autoprov.core.internal.FakeStore;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.internal.template.CustomTemplates;
import org.autoprov.core.service.PluginSetting;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginSettingsTest {

    private static final String PLUGIN = "acme-v5";

    @TempDir
    Path folder;

    private final FakeStore store = new FakeStore();
    private PluginSettings settings;

    @BeforeEach
    void start() {
        settings = new PluginSettings(new Ledger(store));
        settings.declare(PLUGIN, declared());
    }

    private static List<PluginSetting> declared() {
        return DescriptorReader.read(DescriptorReaderTest.ACME).settings().get(PLUGIN);
    }

    private Object value(String id) {
        return settings.values(PLUGIN).get(id);
    }

    @Test
    void isWhatTheBundleSaysUntilSomebodySetsIt() throws RefusedException {
        assertThat(value("ring")).isEqualTo(3L);
        assertThat(settings.set("me", PLUGIN, "ring", 1L)).isTrue();
        assertThat(value("ring")).isEqualTo(1L);
        assertThat(settings.set("me", PLUGIN, "ring", 1L)).isFalse();
        assertThat(settings.set("me", PLUGIN, "ring", null)).isTrue();
        assertThat(value("ring")).isEqualTo(3L);
        assertThat(value("loud")).isNull();
    }

    @Test
    void survivesARestart() throws RefusedException {
        settings.set("me", PLUGIN, "ring", 1L);
        settings.set("me", PLUGIN, "loud", true);
        start();
        assertThat(settings.values(PLUGIN)).isEqualTo(Map.of("ring", 1L, "loud", true));
        settings.set("me", PLUGIN, "loud", false);
        assertThat(value("loud")).isEqualTo(false);
    }

    @Test
    void aValueThatANewVersionDoesNotTakeAnyMoreIsNotUsed() throws RefusedException {
        settings.set("me", PLUGIN, "ring", 1L);
        settings.declare(
                PLUGIN,
                List.of(new PluginSetting(
                        "ring", "Ring", Map.of(), PluginSetting.Type.TEXT, List.of(), "bell", "bell")));
        assertThat(value("ring")).isEqualTo("bell");
    }

    @ParameterizedTest
    @CsvSource({"ring, 2, INVALID", "ring, x, INVALID", "loud, 1, INVALID", "other, 1, NOT_FOUND"})
    void refusesWhatASettingMayNotHave(String id, String value, Reason reason) {
        Object typed = value.matches("[0-9]+") ? Long.valueOf(value) : value;
        assertThatThrownBy(() -> settings.set("me", PLUGIN, id, typed))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
        assertThat(settings.values(PLUGIN)).containsEntry("ring", 3L).containsEntry("loud", null);
    }

    @Test
    void templatesSeeWhatIsSet() throws Exception {
        Files.createDirectories(folder.resolve("AUTOPROV-INF/templates"));
        Files.writeString(folder.resolve("AUTOPROV-INF/plugin.json"), DescriptorReaderTest.ACME);
        for (String name : List.of("common.cfg.ftl", "phone.cfg.ftl")) {
            Files.writeString(
                    folder.resolve("AUTOPROV-INF/templates/" + name), "ring=${(plugin_settings.ring)!'none'}\n");
        }
        VendorFiles bundle = VendorFiles.read(this::resource, new CustomTemplates(folder));
        assertThat(render(bundle, PLUGIN)).isEqualTo("ring=3\n");
        assertThat(render(bundle, "acme-v4")).isEqualTo("ring=none\n");
        VendorFiles running = bundle.with(settings);
        settings.set("me", PLUGIN, "ring", 1L);
        assertThat(render(running, PLUGIN)).isEqualTo("ring=1\n");
    }

    private URL resource(String name) {
        try {
            Path file = folder.resolve(name);
            return Files.exists(file) ? file.toUri().toURL() : null;
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    private static String render(VendorFiles files, String plugin) throws Exception {
        return new String(files.render(plugin, "phone.cfg.ftl", null, null, Map.of()), StandardCharsets.UTF_8);
    }
}
