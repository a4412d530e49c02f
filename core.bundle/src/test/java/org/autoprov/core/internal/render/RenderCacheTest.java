// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RenderCacheTest {

    private static Renderer.Rendered file(int bytes) {
        return new Renderer.Rendered(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                0,
                new Reference(new byte[0]).pack(new byte[bytes]),
                "",
                null);
    }

    private static RenderCache.Key key(int number) {
        return new RenderCache.Key("device " + number, "file");
    }

    @Test
    void dropsTheOldestBeyondItsWeight() {
        RenderCache cache = new RenderCache(100_000);
        for (int i = 0; i < 1000; i++) {
            cache.put(key(i), file(1000));
        }
        int kept = 0;
        for (int i = 0; i < 1000; i++) {
            kept += cache.get(key(i)) == null ? 0 : 1;
        }
        assertThat(kept).isBetween(50, 100);
        assertThat(cache.get(key(999))).isNotNull();
        assertThat(cache.get(key(0))).isNull();
    }

    @Test
    void countsAReplacedFileOnce() {
        RenderCache cache = new RenderCache(10_000);
        cache.put(key(1), file(1000));
        for (int i = 0; i < 1000; i++) {
            cache.put(key(2), file(1000));
        }
        assertThat(cache.get(key(1))).isNotNull();
        assertThat(cache.get(key(2))).isNotNull();
    }

    @Test
    void keepsNothingThatIsLargerThanItself() {
        RenderCache cache = new RenderCache(1000);
        cache.put(key(1), file(5000));
        assertThat(cache.get(key(1))).isNull();
        cache.put(key(2), file(100));
        assertThat(cache.get(key(2))).isNotNull();
    }
}
