// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StoredDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {

    private static Device device(String json) throws IOException {
        return Documents.device(new StoredDocument(Kind.DEVICE, "d1", 4, json.replace('\'', '"')));
    }

    private static Device again(Device device) throws IOException {
        return Documents.device(
                new StoredDocument(Kind.DEVICE, device.id(), device.revision(), Documents.write(device)));
    }

    @Test
    void readsADeviceWithEveryKey() throws IOException {
        Device device =
                device("{'schema':1,'id':'d1','tenant_uuid':'t','mac':'00:11:22:33:44:55','ip':'192.0.2.1','sn':'s',"
                        + "'uuid':'u','vendor':'V','model':'M','version':'1','plugin':'p','config':'c','configured':true,"
                        + "'is_new':true,'added':'auto','description':'d','options':{'switchboard':true},"
                        + "'remote_state_sip_username':'r','trusted_address':'192.0.2.1','X_site':[1]}");
        assertThat(device.id()).isEqualTo("d1");
        assertThat(device.revision()).isEqualTo(4);
        assertThat(device.mac()).isEqualTo(MacAddress.parse("001122334455").orElseThrow());
        assertThat(device.configured()).isTrue();
        assertThat(device.isNew()).isTrue();
        assertThat(device.addedByRequest()).isTrue();
        assertThat(device.option("switchboard")).isTrue();
        assertThat(device.remoteStateSipUsername()).isEqualTo("r");
        assertThat(device.trustedAddress()).isEqualTo("192.0.2.1");
        assertThat(device.others()).isEqualTo(Map.of("X_site", List.of(1L)));
        assertThat(again(device)).isEqualTo(device);
    }

    @Test
    void remembersKeysThatAreThereButNullOrEmpty() throws IOException {
        Device device = device("{'tenant_uuid':'t','plugin':null,'config':null,'sn':'','model':null,'options':null}");
        for (Device each : List.of(device, again(device), again(again(device)))) {
            assertThat(each.has("plugin")).isTrue();
            assertThat(each.plugin()).isNull();
            assertThat(each.has("config")).isTrue();
            assertThat(each.has("sn")).isTrue();
            assertThat(each.sn()).isEmpty();
            assertThat(each.has("model")).isTrue();
            assertThat(each.has("options")).isTrue();
            assertThat(each.hasOptions()).isFalse();
            assertThat(each.has("vendor")).isFalse();
        }
    }

    @Test
    void tellsAnEmptyOptionsObjectFromNone() throws IOException {
        assertThat(again(device("{'tenant_uuid':'t','options':{}}")).hasOptions())
                .isTrue();
        assertThat(again(device("{'tenant_uuid':'t'}")).hasOptions()).isFalse();
    }

    @Test
    void forgetsTheNullOfAKeyThatGetsAValue() throws IOException {
        Device device =
                device("{'tenant_uuid':'t','plugin':null}").edit().plugin("p").build();
        assertThat(device.others()).isEmpty();
        assertThat(again(device)).isEqualTo(device);
    }

    @Test
    void nullInAKeyOfTheServerHidesNoLaterValue() throws IOException {
        Device device = device("{'tenant_uuid':'t','configured':null,'is_new':null,'trusted_address':null,"
                        + "'remote_state_sip_username':null}")
                .edit()
                .configured(true)
                .isNew(true)
                .trustedAddress("192.0.2.1")
                .remoteStateSipUsername("u")
                .build();
        assertThat(again(device).configured()).isTrue();
        assertThat(again(device).isNew()).isTrue();
        assertThat(again(device).trustedAddress()).isEqualTo("192.0.2.1");
        assertThat(again(device).remoteStateSipUsername()).isEqualTo("u");
    }

    @Test
    void otherKeysTakeTheirPlaceFromNoKnownOne() throws IOException {
        Device device = Device.create("d1")
                .tenant("t")
                .trustedAddress("192.0.2.1")
                .other("schema", 99L)
                .other("id", "d2")
                .other("trusted_address", "203.0.113.1")
                .build();
        Device read = again(device);
        assertThat(read.id()).isEqualTo("d1");
        assertThat(read.trustedAddress()).isEqualTo("192.0.2.1");
        assertThat(Json.readObject(Documents.write(device)))
                .containsEntry("schema", 1L)
                .containsEntry("id", "d1");
    }

    @Test
    void keepsAMacAddressThatIsNone() throws IOException {
        Device device = device("{'tenant_uuid':'t','mac':'nonsense'}");
        assertThat(device.mac()).isNull();
        assertThat(device.has("mac")).isTrue();
        assertThat(again(device)).isEqualTo(device);
    }

    @Property(tries = 300)
    void anyDeviceComesBackAsItWas(@ForAll("devices") Device device) throws IOException {
        assertThat(again(device)).isEqualTo(device);
        assertThat(Documents.write(again(device))).isEqualTo(Documents.write(device));
    }

    @Provide
    Arbitrary<Device> devices() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(6).injectNull(0.4);
        Arbitrary<MacAddress> mac = Arbitraries.longs()
                .between(0, (1L << 48) - 1)
                .map(MacAddress::new)
                .injectNull(0.3);
        Arbitrary<Map<String, Object>> options = Arbitraries.maps(
                        Arbitraries.strings().ofMaxLength(4),
                        Arbitraries.of(true, "x", 3L).map(Object.class::cast))
                .ofMaxSize(2)
                .injectNull(0.4);
        Arbitrary<String> nullKey = Arbitraries.of("plugin", "config", "mac", "sn", "uuid", "vendor", "X_a", "X_b");
        return Combinators.combine(
                        text, text, text, text, mac, options, nullKey.set().ofMaxSize(4), Arbitraries.integers())
                .as((plugin, config, sn, vendor, m, o, nulls, flags) -> {
                    Device.Editor e = Device.create("d").revision(2).tenant("t");
                    nulls.forEach(key -> e.other(key, key.equals("X_b") ? "b" : null));
                    return e.plugin(plugin)
                            .config(config)
                            .sn(sn)
                            .vendor(vendor)
                            .mac(m)
                            .options(o)
                            .configured((flags & 1) > 0)
                            .isNew((flags & 2) > 0)
                            .addedByRequest((flags & 4) > 0)
                            .build();
                });
    }

    @Test
    void anyConfigComesBackAsItWas() throws IOException {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("locale", null);
        raw.put("sip_lines", Map.of("1", Map.of("username", "u")));
        Map<String, Object> others = new LinkedHashMap<>();
        others.put("X_type", "device");
        others.put("label", null);
        Config config = new Config("c", 5, List.of("b", "a"), raw, "autocreate", true, false, others);
        Config read = Documents.config(new StoredDocument(Kind.CONFIG, "c", 5, Documents.write(config)));
        assertThat(read).isEqualTo(config);
        Config plain = Config.of("c", List.of(), Map.of());
        assertThat(Documents.config(new StoredDocument(Kind.CONFIG, "c", 0, Documents.write(plain))))
                .isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'deletable':true",
                "'deletable':null",
                "'transient':false",
                "'transient':null",
                "'role':null",
                "'role':null,'transient':null,'deletable':null,'X_type':null",
                "'role':'default','transient':true,'deletable':false",
                "'deletable':'no','transient':0,'role':[]",
                "'X_a':1"
            })
    void aConfigKeepsItsKeysAsTheyWereGiven(String keys) throws IOException {
        String json = ("{'parent_ids':[],'raw_config':{}," + keys + "}").replace('\'', '"');
        Config read = Documents.config(new StoredDocument(Kind.CONFIG, "c", 1, json));
        Map<String, Object> wanted = Json.readObject(json);
        wanted.put("schema", 1L);
        wanted.put("id", "c");
        assertThat(Json.readObject(Documents.write(read))).isEqualTo(wanted);
        assertThat(Documents.config(new StoredDocument(Kind.CONFIG, "c", 1, Documents.write(read))))
                .isEqualTo(read);
    }

    @Test
    void otherKeysOfAConfigTakeTheirPlaceFromNoKnownOne() throws IOException {
        Map<String, Object> others = Map.of("deletable", true, "transient", false, "id", "x", "schema", 99L);
        Config config = new Config("c", 1, List.of(), Map.of(), "default", true, false, others);
        Config read = Documents.config(new StoredDocument(Kind.CONFIG, "c", 1, Documents.write(config)));
        assertThat(read).isEqualTo(new Config("c", 1, List.of(), Map.of(), "default", true, false, Map.of()));
    }

    @Test
    void aConfigIsDeletableUnlessItSaysFalse() throws IOException {
        assertThat(Documents.config("c", 1, Json.readObject("{}")).deletable()).isTrue();
        assertThat(Documents.config("c", 1, Json.readObject("{\"deletable\":false}"))
                        .deletable())
                .isFalse();
    }

    @Test
    void linesAndTenantsComeBackAsTheyWere() throws IOException {
        Line line = new Line("l", 2, "t", "012345", Map.of("username", "u"), Map.of("X_template", "x"), "d", 3);
        assertThat(Documents.line(new StoredDocument(Kind.LINE, "l", 2, Documents.write(line))))
                .isEqualTo(line);
        Line free = new Line("l", 2, "t", "000000", Map.of("username", "u"), null, null, 0);
        assertThat(Documents.line(new StoredDocument(Kind.LINE, "l", 2, Documents.write(free))))
                .isEqualTo(free);
        for (Tenant tenant : List.of(new Tenant("t", 1, "n", null, null), new Tenant("t", 1, "n", "m", "key-12345"))) {
            assertThat(Documents.tenant(new StoredDocument(Kind.TENANT, "t", 1, Documents.write(tenant))))
                    .isEqualTo(tenant);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'schema':2,'id':'d1'}", "{'schema':9223372036854775807}", "[]", "", "{"})
    void refusesNewerLayoutsAndNonsense(String json) {
        assertThatThrownBy(() -> device(json)).isInstanceOf(IOException.class);
    }
}
