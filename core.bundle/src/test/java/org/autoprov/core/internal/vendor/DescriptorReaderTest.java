// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.autoprov.core.plugin.FileRule;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.service.PluginSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorReaderTest {

    static final String ACME = """
            { "schema": 1, "family": "acme", "vendor": "Acme", "quality": "documented",
              "sources": { "admin": "guide" }, "resync": "check-sync", "ouis": ["001122"],
              "identify": [
                { "from": "userAgent", "pattern": "Acme (?<model>A[0-9]+) (?<version>[0-9.]+)(?: (?<mac>[0-9a-f]{12}))?" },
                { "from": "path", "pattern": "(?:^|/)(?<mac>[0-9a-fA-F]{12})\\\\.cfg$", "ouis": true },
                { "from": "query:mac", "pattern": "^(?<mac>.+)$", "vendor": false },
                { "from": "path", "pattern": "(?:^|/)common(?<model>[0-9]{2})\\\\.cfg$",
                  "translate": { "model": { "10": "A10" } } },
                { "from": "dhcp:60", "pattern": "^acme(?<model>A[0-9]+)$" },
                { "from": "header:X-Id", "pattern": "^(?<uuid>.*)$", "needs": "vendor" }
              ],
              "files": [
                { "name": "common{code}.cfg", "template": "common.cfg.ftl", "access": "open" },
                { "name": "{mac}.cfg", "template": "phone.cfg.ftl", "trigger": true },
                { "name": "{mac}-local.cfg", "writable": true, "models": ["A10"], "plugins": ["acme-v4"] }
              ],
              "models": { "A10": { "type": "deskphone", "lines": 2, "code": "10", "size": 7 },
                          "A20": { "type": "deskphone", "lines": 4 } },
              "plugins": [
                { "id": "acme-v4", "version": "4.2", "description": "Four", "firmware": "4\\\\.", "models": ["A10"], "f": true },
                { "id": "acme-v5", "version": "5.0", "description": "Five", "models": "*", "settings": [
                  { "id": "ring", "type": "integer", "description": "Ring", "descriptions": { "fr": "Sonnerie" },
                    "choices": [1, 3], "value": 3 },
                  { "id": "loud", "type": "boolean", "description": "Loud" } ] } ] }
            """;

    @Test
    void readsEverything() {
        Descriptor acme = DescriptorReader.read(ACME);
        assertThat(acme.lines().get(0).models()).containsOnlyKeys("A10");
        assertThat(acme.lines().get(1).models()).containsOnlyKeys("A10", "A20");
        assertThat(acme.lines().get(0).flag("f")).isTrue();
        assertThat(acme.lines().get(0).models().get("A10").number("size", 0)).isEqualTo(7);
        FileRule trigger = acme.files().get(1);
        assertThat(trigger.access()).isEqualTo(PhoneFile.Access.SECRET);
        assertThat(trigger.stateTrigger()).isTrue();
        assertThat(trigger.contentType()).isEqualTo("text/plain; charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "schema": 1            | "schema": 2             | $.schema: must be a whole number from 1 to 1
            "vendor": "Acme",      | ''                      | $.vendor: is missing
            "quality": "documented"| "quality": "good"       | $.quality: "good" is not allowed; allowed are documented
            "sources"              | "source"                | $.source: unknown key; allowed are schema, family
            "family": "acme"       | "family": "Acme"        | $.family: "Acme" is not allowed
            "001122"               | "00:11:22"              | $.ouis[0]: "00:11:22" is not allowed
            "from": "dhcp:60"      | "from": "dhcp:x"        | $.identify[4].from: "dhcp:x" is not allowed
            "from": "query:mac"    | "from": "query:"        | $.identify[2].from: "query:" is not allowed
            "needs": "vendor"      | "needs": "maker"        | $.identify[5].needs: "maker" is not allowed
            "needs": "vendor"      | "need": "vendor"        | $.identify[5].need: unknown key
            ^(?<mac>.+)$           | ^(?<mc>.+)$             | $.identify[2].pattern: unknown group "mc"
            ^(?<mac>.+)$           | ^(?<mac>.+$             | $.identify[2].pattern: no regular expression
            ^(?<mac>.+)$           | ^.+$                    | $.identify[2]: the rule gives nothing
            "model": { "10"        | "mac": { "10"           | $.identify[3].translate.mac: the pattern has no group
            "ouis": ["001122"],    | ''                      | $.identify[1].ouis: needs
            "name": "{mac}.cfg"    | "name": "../{mac}.cfg"  | $.files[1].name: "../{mac}.cfg" is no file name
            "name": "{mac}.cfg"    | "name": "/{mac}.cfg"    | $.files[1].name
            "name": "{mac}.cfg"    | "name": "{mac.cfg"      | $.files[1].name
            "name": "{mac}.cfg"    | "name": "{mc}.cfg"      | $.files[1].name: unknown placeholder {mc}
            "phone.cfg.ftl"        | "../phone.cfg.ftl"      | $.files[1].template: must be the name
            "phone.cfg.ftl",       | "x.ftl", "writable": true, | $.files[1]: needs either
            "access": "open"       | "access": "public"      | $.files[0].access: "public" is not allowed; allowed are open, secret
            "trigger": true        | "trigger": 1            | $.files[1].trigger: must be true or false
            ["A10"], "plugins"     | ["A11"], "plugins"      | $.files[2].models[0]: "A11" is no model
            ["acme-v4"]            | ["acme"]                | $.files[2].plugins[0]: "acme" is no plugin
            "type": "deskphone", "lines": 2 | "type": "phone", "lines": 2 | $.models.A10.type: "phone" is not allowed
            "lines": 4             | "lines": -1             | $.models.A20.lines: must be a whole number
            "models": ["A10"], "f" | "models": ["A9"], "f"   | $.plugins[0].models[0]: "A9" is no model of this file
            "models": "*"          | "models": "all"         | $.plugins[1].models: must be a list of names
            "id": "acme-v5"        | "id": "acme-v4"         | $.plugins[1].id: "acme-v4" is the id of an earlier plugin
            "id": "acme-v5"        | "id": "../v5"           | $.plugins[1].id: "../v5" is not allowed
            "A20": {               | "A10": {                | $.models.A10: given twice
            "schema": 1,           | "schema": 1             | not JSON
            "id": "ring"           | "id": "a ring"          | $.plugins[1].settings[0].id: "a ring" is not allowed
            "id": "ring"           | "id": "loud"            | $.plugins[1].settings[1].id: "loud" stands here twice
            "type": "boolean"      | "type": "bool"          | $.plugins[1].settings[1].type: "bool" is not allowed
            "value": 3             | "value": 5              | $.plugins[1].settings[0].value: must be one of 1, 3
            [1, 3]                 | [1, "3"]                | $.plugins[1].settings[0].choices[1]: must be of the type
            "description": "Loud"  | "text": "Loud"          | $.plugins[1].settings[1].text: unknown key
            """, quoteCharacter = '\'')
    void namesFileAndPlaceOfEachError(String instead, String of, String message) {
        assertThat(ACME).contains(instead);
        String faulty = ACME.replace(instead, of);
        assertThatThrownBy(() -> DescriptorReader.read(faulty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("AUTOPROV-INF/plugin.json: ")
                .hasMessageContaining(message);
    }

    @Test
    void readsSettingsOfPlugins() {
        Descriptor acme = DescriptorReader.read(ACME);
        assertThat(acme.settings()).containsOnlyKeys("acme-v5");
        PluginSetting ring = acme.settings().get("acme-v5").get(0);
        assertThat(ring)
                .isEqualTo(new PluginSetting(
                        "ring", "Ring", Map.of("fr", "Sonnerie"), PluginSetting.Type.INTEGER, List.of(1L, 3L), 3L, 3L));
        assertThat(acme.settings().get("acme-v5").get(1).value()).isNull();
        assertThat(acme.lines().get(1).facts()).doesNotContainKey("settings");
    }

    @Test
    void acceptsUnknownKeysInModelsAndPlugins() {
        assertThat(DescriptorReader.read(ACME)
                        .lines()
                        .get(0)
                        .models()
                        .get("A10")
                        .text("code", ""))
                .isEqualTo("10");
    }
}
