// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.autoprov.core.device.MacAddress;
import org.autoprov.zoo.VendorFiles;
import org.autoprov.zoo.tftp.Wishes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FamilyReaderTest {

    private static final String ACME = """
            { "schema": 1, "family": "acme", "ouis": ["001122"],
              "formats": { "cfg": { "type": "key-value", "follow": [ { "setting": "next", "format": "cfg" } ] } },
              "profiles": {
                "v1": { "userAgent": "Acme {model} {firmware} {mac}",
                        "steps": [ { "get": "{mac}-{code}.cfg", "format": "cfg" } ],
                        "accounts": { "last": "lines", "user": "user{n}" } },
                "v2": { "like": "v1", "userAgent": "Acme/{MAC:}" } },
              "models": { "A10": { "profile": "v1", "firmware": "4.2", "lines": 2, "code": "10" },
                          "A20": { "profile": "v2", "firmware": "4.2", "lines": 4, "oui": "aabbcc" } } }
            """;

    @TempDir
    Path folder;

    @Test
    void aProfileMayBeLikeAnother() throws FamilyException {
        Family acme = FamilyReader.read(ACME);

        Profile v2 = acme.profile(acme.models().get("A20"));
        assertThat(v2.userAgent()).isEqualTo("Acme/{MAC:}");
        assertThat(v2.steps()).isEqualTo(acme.profiles().get("v1").steps());
    }

    @Test
    void saysOverWhichTransportAndWithWhichOptions() throws FamilyException {
        Family acme = FamilyReader.read(ACME.replace(
                        "\"like\": \"v1\",",
                        "\"like\": \"v1\", \"transport\": \"tftp\", \"tftp\": { \"blksize\": 1428, \"tsize\": true },")
                .replace("\"get\":", "\"transport\": \"http\", \"get\":"));

        Profile v2 = acme.profiles().get("v2");
        assertThat(v2.transport()).isEqualTo(Transport.TFTP);
        assertThat(v2.transports()).containsExactly(Transport.HTTP);
        assertThat(v2.tftp())
                .isEqualTo(new Wishes("octet", OptionalInt.of(1428), OptionalInt.empty(), true, OptionalInt.empty()));
        assertThat(acme.profiles().get("v1").transport()).isEqualTo(Transport.HTTP);
        assertThat(acme.profiles().get("v1").tftp()).isEqualTo(Wishes.PLAIN);
    }

    @Test
    void modelsHaveAnOuiAndFacts() throws FamilyException {
        Family acme = FamilyReader.read(ACME);

        assertThat(acme.models().get("A10").oui()).isEqualTo("001122");
        assertThat(acme.models().get("A20").oui()).isEqualTo("aabbcc");
        assertThat(acme.models().get("A10").placeholders(new MacAddress(0x001122AABBCCL)))
                .containsEntry("mac", "001122aabbcc")
                .containsEntry("MAC:", "00:11:22:AA:BB:CC")
                .containsEntry("code", "10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"schema\": 1            | \"schema\": 2               | schema is not 1",
                "\"family\": \"acme\",    | ''                          | family is missing",
                "\"ouis\": [\"001122\"]   | \"ouis\": [\"00:11:22\"]    | ouis[0] is not six lower-case hex digits",
                "\"type\": \"key-value\"  | \"type\": \"ini\"           | formats.cfg.type is none of key-value lines xml none",
                "\"setting\": \"next\"    | \"key\": \"next\"           | formats.cfg.follow[0] has an unknown key: key",
                "\"format\": \"cfg\" } ]  | \"format\": \"xyz\" } ]     | formats.cfg.follow names an unknown format: xyz",
                "{mac}-{code}.cfg         | {mac}-{kode}.cfg            | profiles.v1.steps has an unknown placeholder: {kode}",
                "\"get\":                 | \"fetch\":                  | profiles.v1.steps[0] has an unknown key: fetch",
                "\"like\": \"v1\"         | \"like\": \"v2\"            | profiles.v2.like is no other profile: v2",
                "\"profile\": \"v2\"      | \"profile\": \"v3\"         | models.A20.profile is no profile: v3",
                "\"last\": \"lines\"      | \"last\": \"code\"          | ok",
                "\"last\": \"lines\"      | \"last\": \"profile\"       | ok",
                "\"last\": \"lines\"      | \"last\": \"-1\" | ACCOUNTS.last is neither a number nor the name of a fact",
                "\"lines\": 2             | \"lines\": 5000             | ACCOUNTS.last is not a number from 0 to 1000 for A10",
                "\"user\": \"user{n}\"    | \"name\": \"x\"             | ACCOUNTS.user is missing",
                "\"user\": \"user{n}\"    | \"user\": { \"setting\": \"u\", \"pattern\": \"(\" }"
                        + "| ACCOUNTS.user.pattern is not a regular expression: Unclosed group",
                "\"user\": \"user{n}\"    | \"user\": { \"setting\": \"u\", \"pattern\": \"x\" }"
                        + "| ACCOUNTS.user.pattern has no group value",
                "\"user\": \"user{n}\"    | \"user\": \"u\", \"on\": \"1\" | ACCOUNTS needs both or none of enabled and on",
                "\"like\": \"v1\"         | \"like\": \"v1\", \"transport\": \"ftp\" | profiles.v2.transport is none of http tftp",
                "\"get\":                 | \"transport\": 1, \"get\": | profiles.v1.steps[0].transport is not a text",
                "\"like\": \"v1\"         | \"like\": \"v1\", \"tftp\": { \"blksize\": 7 }"
                        + "| profiles.v2.tftp.blksize is not a number from 8 to 65464",
                "\"like\": \"v1\"         | \"like\": \"v1\", \"tftp\": { \"timeout\": 1.5 }"
                        + "| profiles.v2.tftp.timeout is not a whole number",
                "\"like\": \"v1\"         | \"like\": \"v1\", \"tftp\": { \"mode\": \"mail\" }"
                        + "| profiles.v2.tftp.mode is none of octet netascii",
                "\"like\": \"v1\"         | \"like\": \"v1\", \"tftp\": { \"rollover\": 1 }"
                        + "| profiles.v2.tftp has an unknown key: rollover",
                "\"firmware\": \"4.2\"    | \"firmware\": 4             | models.A10.firmware is not a text",
            })
    void saysWhatIsWrongAndWhere(String original, String changed, String told) throws FamilyException {
        String message = told.replace("ACCOUNTS", "profiles.v1.accounts");
        assertThat(ACME).contains(original);
        String text = ACME.replace(original, changed);
        if (message.equals("ok")) {
            assertThat(FamilyReader.read(text).models()).hasSize(2);
        } else {
            assertThatThrownBy(() -> FamilyReader.read(text))
                    .isInstanceOf(FamilyException.class)
                    .hasMessage(message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "nul", "{\"schema\": {}}", "{\"schema\":1,\"profiles\":3}"})
    void refusesOtherText(String text) {
        assertThatThrownBy(() -> FamilyReader.read(text)).isInstanceOf(FamilyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yealink", "snom"})
    void theVendorsDescriptionsAreRight(String name) {
        Family family = VendorFiles.family(name);

        assertThat(family.name()).isEqualTo(name);
        assertThat(family.models()).hasSizeGreaterThan(35);
        for (Model model : family.models().values()) {
            String agent = Placeholders.fill(family.profile(model).userAgent(), model.placeholders(new MacAddress(1)))
                    .orElseThrow();
            assertThat(agent).contains(model.name()).contains(model.firmware());
        }
    }

    @Test
    void findsModelsInJarsWhateverTheirCase() throws Exception {
        VendorFiles.jar(folder, "acme-1.jar", ACME.replace("4.2", "1.0"));
        VendorFiles.jar(folder, "acme-2.jar", ACME);
        VendorFiles.jar(
                folder, "other.jar", ACME.replace("\"acme\"", "\"other\"").replace("\"A20\"", "\"B20\""));
        Files.writeString(folder.resolve("readme.txt"), "not a jar");

        Families families = Families.in(List.of(folder.resolve("absent"), folder));

        assertThat(families.byName().keySet()).containsExactly("acme", "other");
        assertThat(families.find("a20", Optional.empty()).model().firmware()).isEqualTo("4.2");
        assertThat(families.find("A10", Optional.of("other")).family().name()).isEqualTo("other");
        assertThatThrownBy(() -> families.find("A10", Optional.empty())).hasMessageContaining("--vendor");
        assertThatThrownBy(() -> families.find("Z", Optional.empty())).hasMessageStartingWith("no such model: Z");
        assertThatThrownBy(() -> families.find("A10", Optional.of("z"))).hasMessageStartingWith("no such family: z");
    }

    @Test
    void aBadJarIsNamed() throws Exception {
        VendorFiles.jar(folder, "bad.jar", "{}");
        assertThatThrownBy(() -> Families.in(List.of(folder)))
                .hasMessage("bad.jar!AUTOPROV-INF/zoo.json: schema is not 1");

        Files.writeString(folder.resolve("bad.jar"), "PK");
        assertThatThrownBy(() -> Families.in(List.of(folder))).hasMessage("bad.jar is not a readable jar");
    }

    @Test
    void fieldsReadIndirectlyAndByOffset() {
        Map<String, String> settings = Map.of("P401", "on", "ref1", "7", "host[7]", "h:1", "empty", "");
        assertThat(field("P{n+2}01").read(settings, 2)).contains("on");
        assertThat(field("host[{{ref{n}}}]").read(settings, 1)).contains("h:1");
        assertThat(field("host[{{absent}}]").read(settings, 1)).isEmpty();
        assertThat(field("empty").read(settings, 1)).isEmpty();
        assertThat(new Field("empty", Optional.empty(), Map.of(), Optional.of("x")).read(settings, 1))
                .contains("x");
    }

    private static Field field(String setting) {
        return new Field(setting, Optional.empty(), Map.of(), Optional.empty());
    }
}
