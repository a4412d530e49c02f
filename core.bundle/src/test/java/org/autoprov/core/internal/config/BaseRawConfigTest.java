// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.autoprov.core.internal.FakeFramework;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseRawConfigTest {

    @TempDir
    Path folder;

    @AfterEach
    void forgetTheFailure() {
        System.clearProperty("autoprov.failure");
    }

    private BaseRawConfig open() throws IOException {
        return new BaseRawConfig(new FakeFramework(folder).context());
    }

    private void write(String json, long second) throws IOException {
        Path file = folder.resolve("base-raw-config.json");
        Files.writeString(file, json);
        Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000));
    }

    @Test
    void makesAnEmptyFileAtTheFirstStart() throws IOException {
        assertThat(open().parameters()).isEmpty();
        assertThat(folder.resolve("base-raw-config.json")).hasContent("{}");
    }

    @Test
    void stopsTheStartOnAFaultyFileAndNamesIt() throws IOException {
        write("{\"nonsense\":1}", 1);
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("base-raw-config.json: Custom fields must start with `X_`");
        write("{", 2);
        assertThatThrownBy(this::open).hasMessageContaining("base-raw-config.json");
    }

    @Test
    void followsTheFileAndKeepsTheLastGoodOne() throws IOException {
        write("{\"http_port\":80}", 1);
        BaseRawConfig base = open();
        assertThat(base.parameters()).containsEntry("http_port", 80L);
        assertThat(base.refresh()).isFalse();
        write("{\"http_port\":81}", 2);
        assertThat(base.refresh()).isTrue();
        assertThat(base.parameters()).containsEntry("http_port", 81L);
        write("{\"http_port\":\"many\"}", 3);
        assertThat(base.refresh()).isFalse();
        assertThat(base.parameters()).containsEntry("http_port", 81L);
        write("{\"http_port\":81}", 4);
        assertThat(base.refresh()).isFalse();
        Files.delete(folder.resolve("base-raw-config.json"));
        assertThat(base.refresh()).isFalse();
        assertThat(base.parameters()).containsEntry("http_port", 81L);
    }

    @Test
    void readsAPortThatIsANumericText() throws IOException {
        write("{\"http_port\":\"8080\"}", 1);
        assertThat(open().parameters()).containsEntry("http_port", "8080");
    }
}
