// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource({
        "http://h,                     x.cfg,            http://h/x.cfg",
        "http://h:8667/key,            x.cfg,            http://h:8667/key/x.cfg",
        "http://h/a/?mac=1,            x.cfg,            http://h/a/x.cfg",
        "http://h/a/,                  /x.cfg,           http://h/x.cfg",
        "http://h/a/,                  ../x.cfg,         http://h/a/../x.cfg",
        "http://h/a/,                  https://i:1/y?z=1, https://i:1/y?z=1",
        "tftp://h,                     x.cfg,            tftp://h/x.cfg",
        "tftp://h:6969/a/b,            x.cfg,            tftp://h:6969/a/b/x.cfg",
        "tftp://h/,                    /x.cfg,           tftp://h//x.cfg",
        "tftp://h/,                    http://i/x,       http://i/x",
        "http://h/,                    tftp://i/x?y,     tftp://i/x?y",
        "http://u:p@[::1]:80/,         x,                http://[::1]/x",
    })
    void namesAreTakenAsTheyAre(String base, String name, String result) {
        assertThat(Target.of(base).flatMap(target -> target.resolve(name)))
                .get()
                .hasToString(result);
    }

    @Test
    void aNameOverTftpIsWhatIsSent() {
        Target base = Target.of("tftp://h:6969").orElseThrow();

        assertThat(base.path()).isEmpty();
        assertThat(base.resolve("x.cfg").orElseThrow().path()).isEqualTo("x.cfg");
        assertThat(base.resolve("/x.cfg").orElseThrow().path()).isEqualTo("/x.cfg");
        assertThat(base.resolve("tftp://i/dir/x.cfg").orElseThrow().path()).isEqualTo("dir/x.cfg");
        assertThat(base.port()).isEqualTo(6969);
        assertThat(Target.of("tftp://h/x").orElseThrow().port()).isEqualTo(69);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h",
                "ftp://h/",
                "http://",
                "http://h:0/",
                "http://h:65536/",
                "http://h/a b",
                "http://h/\r\nX: y"
            })
    void refusesUnusableUrls(String url) {
        assertThat(Target.of(url)).isEmpty();
    }
}
