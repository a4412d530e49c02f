// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.autoprov.core.config.Config;
import org.junit.jupiter.api.Test;

class ConfigDirectoryTest {

    private final ConfigDirectory directory = new ConfigDirectory();

    private void put(String id, Object... parentsThenRaw) {
        directory.put(config(id, parentsThenRaw));
    }

    private static Config config(String id, Object... parentsThenRaw) {
        Map<String, Object> raw = new LinkedHashMap<>();
        for (int i = 1; i < parentsThenRaw.length; i += 2) {
            raw.put((String) parentsThenRaw[i], parentsThenRaw[i + 1]);
        }
        String parents = (String) parentsThenRaw[0];
        return Config.of(id, parents.isEmpty() ? List.of() : List.of(parents.split(" ")), raw);
    }

    private String lineage(String id) {
        return String.join(
                " ", directory.lineage(id).stream().map(e -> e.config().id()).toList());
    }

    private Map<String, Object> flat(String id) {
        return ConfigDirectory.flatten(Map.of(), directory.lineage(id));
    }

    @Test
    void flattensTheExampleOfTheContract() {
        Map<String, Object> inA = Map.of("1", Map.of("username", "u"));
        Map<String, Object> inB = Map.of("1", Map.of("number", "42"));
        put("A", "", "sip_lines", inA, "locale", "de_DE");
        put("B", "A", "sip_lines", inB, "locale", null);
        Map<String, Object> base = Map.of("http_base_url", "http://p");
        Map<String, Object> flat = ConfigDirectory.flatten(base, directory.lineage("B"));
        assertThat(flat)
                .containsEntry("http_base_url", "http://p")
                .containsEntry("sip_lines", Map.of("1", Map.of("username", "u", "number", "42")))
                .containsEntry("locale", null)
                .hasSize(3);
        assertThat(base).isEqualTo(Map.of("http_base_url", "http://p"));
    }

    @Test
    void appliesParentsDepthFirstInTheirOrderAndTheConfigItselfLast() {
        put("g", "", "locale", "aa_AA");
        put("a", "g", "locale", "bb_BB", "timezone", "a");
        put("b", "", "timezone", "b");
        put("c", "a b", "ip", "c");
        assertThat(lineage("c")).isEqualTo("g a b c");
        assertThat(flat("c")).isEqualTo(Map.of("locale", "bb_BB", "timezone", "b", "ip", "c"));
        put("c", "b a");
        assertThat(lineage("c")).isEqualTo("b g a c");
        assertThat(flat("c")).containsEntry("timezone", "a");
    }

    @Test
    void visitsTheTopOfADiamondOnce() {
        put("top", "");
        put("left", "top");
        put("right", "top");
        put("bottom", "left right");
        assertThat(lineage("bottom")).isEqualTo("top left right bottom");
        assertThat(directory.descendants("top")).containsExactlyInAnyOrder("top", "left", "right", "bottom");
    }

    @Test
    void goesRoundNoCycle() {
        put("a", "b");
        put("b", "c");
        put("c", "a");
        put("self", "self");
        assertThat(lineage("a")).isEqualTo("c b a");
        assertThat(lineage("b")).isEqualTo("a c b");
        assertThat(lineage("self")).isEqualTo("self");
        assertThat(directory.descendants("a")).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void skipsUnknownParentsUntilTheyCome() {
        put("child", "nowhere late");
        assertThat(lineage("child")).isEqualTo("child");
        put("late", "", "locale", "de_DE");
        assertThat(lineage("child")).isEqualTo("late child");
        assertThat(directory.descendants("late")).containsExactlyInAnyOrder("late", "child");
        directory.remove("late");
        assertThat(lineage("child")).isEqualTo("child");
        assertThat(directory.descendants("late")).containsExactlyInAnyOrder("late", "child");
    }

    @Test
    void goesAlongAChainOfAnyLength() {
        int length = 100_000;
        for (int i = 0; i < length; i++) {
            put("c" + i, i == 0 ? "" : "c" + (i - 1), "timezone", "t" + i);
        }
        List<ConfigDirectory.Entry> lineage = directory.lineage("c" + (length - 1));
        assertThat(lineage).hasSize(length);
        assertThat(lineage.get(0).config().id()).isEqualTo("c0");
        assertThat(ConfigDirectory.flatten(Map.of(), lineage)).isEqualTo(Map.of("timezone", "t" + (length - 1)));
        assertThat(directory.lineage(config("new", "c" + (length - 1)))).hasSize(length + 1);
        assertThat(directory.descendants("c0")).hasSize(length);

        put("c0", "c" + (length - 1)); // bites its tail
        assertThat(directory.lineage("c" + (length - 1))).hasSize(length);
        assertThat(directory.lineage("c0"))
                .hasSize(length)
                .last()
                .satisfies(e -> assertThat(e.config().id()).isEqualTo("c0"));
        assertThat(directory.descendants("c5")).hasSize(length);
    }

    @Test
    void candidateIsNoAncestorOfItself() {
        put("a", "b");
        put("b", "a");
        assertThat(directory.lineage(config("a", "b a", "ip", "new")))
                .extracting(e -> e.config().rawConfig().get("ip"))
                .containsExactly(null, "new");
    }

    @Test
    void hasNoLineageForAnUnknownConfig() {
        assertThat(directory.lineage("nowhere")).isNull();
        assertThat(directory.lineage((String) null)).isNull();
        assertThat(directory.get(null)).isNull();
        assertThat(directory.contains(null)).isFalse();
    }

    @Test
    void followsAConfigToOtherParents() {
        put("a", "");
        put("b", "");
        put("c", "a");
        put("c", "b");
        assertThat(directory.descendants("a")).containsExactly("a");
        assertThat(directory.hasChildren("a")).isFalse();
        assertThat(directory.descendants("b")).containsExactlyInAnyOrder("b", "c");
        directory.remove("c");
        assertThat(directory.hasChildren("b")).isFalse();
        assertThat(directory.size()).isEqualTo(2);
    }

    @Test
    void knowsWhoHoldsARole() {
        Config one = new Config("one", 1, List.of(), Map.of(), Config.ROLE_AUTOCREATE, false, true, Map.of());
        directory.put(one);
        assertThat(directory.withRole(Config.ROLE_AUTOCREATE)).isEqualTo("one");
        directory.put(Config.of("one", List.of(), Map.of()));
        assertThat(directory.withRole(Config.ROLE_AUTOCREATE)).isNull();
        directory.put(one);
        directory.remove("one");
        assertThat(directory.withRole(Config.ROLE_AUTOCREATE)).isNull();
    }

    @Test
    void roleAndChildrenAreThereAtEveryMomentOfAnUpdate() throws InterruptedException {
        Config one = new Config("one", 1, List.of("top"), Map.of(), Config.ROLE_AUTOCREATE, false, true, Map.of());
        directory.put(one);
        AtomicBoolean missed = new AtomicBoolean();
        AtomicBoolean done = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                if (directory.withRole(Config.ROLE_AUTOCREATE) == null || !directory.hasChildren("top")) {
                    missed.set(true);
                }
            }
        });
        reader.start();
        for (int i = 0; i < 20_000; i++) {
            directory.put(one);
        }
        done.set(true);
        reader.join();
        assertThat(missed).isFalse();
    }

    @Test
    void keepsTransientConfigsAsTheyWere() {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("sip_lines", Map.of("1", Map.of("username", "ü \"x\"")));
        raw.put("http_port", 80L);
        raw.put("locale", null);
        Config config = new Config("t", 3, List.of("a", "b"), raw, null, true, true, Map.of("X_type", "device"));
        directory.put(config);
        assertThat(directory.get("t")).isEqualTo(config);
        assertThat(directory.all()).containsExactly(config);
    }

    @Test
    void growsItsEpochWithEachChange() {
        long start = directory.epoch();
        put("a", "");
        long afterPut = directory.epoch();
        directory.remove("a");
        assertThat(afterPut).isGreaterThan(start);
        assertThat(directory.epoch()).isGreaterThan(afterPut);
    }

    @Test
    void flattensACandidateWithoutStoringIt() {
        put("a", "", "locale", "de_DE");
        List<ConfigDirectory.Entry> lineage = directory.lineage(config("new", "a", "timezone", "x"));
        assertThat(ConfigDirectory.flatten(Map.of(), lineage)).isEqualTo(Map.of("locale", "de_DE", "timezone", "x"));
        assertThat(directory.contains("new")).isFalse();
        assertThat(directory.hasChildren("a")).isFalse();
    }
}
