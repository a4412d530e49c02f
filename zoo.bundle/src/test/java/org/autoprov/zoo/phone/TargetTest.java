// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import static org.assertj.core.api.Assertions.assertThat;

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
        "http://u:p@[::1]:80/,         x,                http://[::1]/x",
    })
    void namesAreTakenAsTheyAre(String base, String name, String result) {
        assertThat(Target.of(base).flatMap(target -> target.resolve(name)))
                .get()
                .hasToString(result);
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
