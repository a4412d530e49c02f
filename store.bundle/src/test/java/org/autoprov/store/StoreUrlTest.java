// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.autoprov.core.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUrlTest {

    private static final Path DATA = Path.of("/srv/data");

    @Test
    void findsTheFileInTheDataFolder() {
        assertThat(StoreUrl.file("sqlite:autoprov.db", DATA)).isEqualTo(DATA.resolve("autoprov.db"));
        assertThat(StoreUrl.file("sqlite:sub/../x.db", DATA)).isEqualTo(DATA.resolve("x.db"));
        assertThat(StoreUrl.file("sqlite:/srv/data/x.db", DATA)).isEqualTo(DATA.resolve("x.db"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sqlite:",
                "sqlite: ",
                "sqlite:.",
                "sqlite:../x.db",
                "sqlite:/srv/x.db",
                "sqlite:/srv/database",
                "sqlite:run/lock",
                "sqlite:a\0b"
            })
    void refusesAFileElsewhere(String url) {
        assertThatThrownBy(() -> StoreUrl.file(url, DATA))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("store.url ");
    }

    @Test
    void refusesOtherSchemesWithoutRepeatingAPassword() {
        assertThatThrownBy(() -> StoreUrl.file("postgresql://user:secret@host/database", DATA))
                .isInstanceOf(StoreException.class)
                .hasMessage("store.url has the scheme 'postgresql': only sqlite:FILE is supported");
        assertThatThrownBy(() -> StoreUrl.file("autoprov.db", DATA))
                .isInstanceOf(StoreException.class)
                .hasMessage("store.url has no scheme: only sqlite:FILE is supported");
    }
}
