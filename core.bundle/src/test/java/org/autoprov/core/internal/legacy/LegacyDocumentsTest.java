// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.internal.json.Documents;
import org.autoprov.core.internal.json.Json;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StoredDocument;

class LegacyDocumentsTest {

    private static final String TENANT = "11111111-1111-4111-8111-111111111111";

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMaxLength(20).map(Object.class::cast),
                Arbitraries.of(
                        "00:11:22:33:44:55", "192.0.2.7", "", "auto", "x", TENANT, "device", "default", "SIP", "1"),
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.of(0.5, -0.0, 1e300),
                Arbitraries.of(true, false),
                Arbitraries.just(null));
        Arbitrary<Object> list = scalar.list().ofMaxSize(3).map(Object.class::cast);
        Arbitrary<Object> object = Arbitraries.maps(
                        Arbitraries.of(
                                "1", "X_a", "locale", "sip_lines", "username", "type", "funckeys", "provisioning_key"),
                        Arbitraries.oneOf(scalar, list))
                .ofMaxSize(4)
                .map(LinkedHashMap::new);
        return Arbitraries.oneOf(scalar, list, object);
    }

    @Provide
    Arbitrary<Map<String, Object>> devices() {
        return Arbitraries.maps(
                        Arbitraries.of(
                                "id",
                                "mac",
                                "ip",
                                "sn",
                                "uuid",
                                "vendor",
                                "model",
                                "version",
                                "plugin",
                                "config",
                                "configured",
                                "is_new",
                                "added",
                                "tenant_uuid",
                                "description",
                                "options",
                                "remote_state_sip_username",
                                "trusted_address",
                                "schema",
                                "X_other"),
                        values())
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<Map<String, Object>> configs() {
        return Arbitraries.maps(
                        Arbitraries.of(
                                "id",
                                "parent_ids",
                                "raw_config",
                                "role",
                                "transient",
                                "deletable",
                                "X_type",
                                "schema",
                                "label"),
                        values())
                .ofMaxSize(9)
                .map(json -> {
                    Map<String, Object> whole = new LinkedHashMap<>(json);
                    whole.putIfAbsent("parent_ids", List.of("base"));
                    whole.putIfAbsent("raw_config", Map.of("locale", "fr_FR"));
                    return whole;
                });
    }

    private static LegacyFolder.Document document(Map<String, Object> json) {
        return new LegacyFolder.Document("devices/x", "x", json, 0);
    }

    @Property(tries = 300)
    void aDeviceIsRefusedOrComesBackFromTheStoreAsItIs(@ForAll("devices") Map<String, Object> json) throws IOException {
        Device device;
        try {
            LegacyDocuments.losesIp(json);
            LegacyDocuments.tenant(json);
            device = LegacyDocuments.device(document(json), TENANT, true);
        } catch (NotTakenException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        Device back = Documents.device(new StoredDocument(Kind.DEVICE, "x", 1, Documents.write(device)));
        assertThat(back.sameContent(device)).isTrue();
        assertThat(device.configured()).isFalse();
        assertThat(device.trustedAddress()).isNull();
    }

    @Property(tries = 300)
    void aConfigIsRefusedOrComesBackFromTheStoreAsItIs(@ForAll("configs") Map<String, Object> json) throws IOException {
        Config config;
        try {
            config = LegacyDocuments.config(document(json));
        } catch (NotTakenException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        Config back = Documents.config(new StoredDocument(Kind.CONFIG, "x", 1, Documents.write(config)));
        assertThat(back.withRevision(0)).isEqualTo(config);
    }

    @Property(tries = 300)
    void namesTheKeysThatDiffer(
            @ForAll("devices") Map<String, Object> one, @ForAll("devices") Map<String, Object> two) {
        String names = LegacyDocuments.differences(Json.write(one), Json.write(two));
        assertThat(names.isEmpty()).isEqualTo(one.equals(two));
        assertThat(List.of(names.split(", "))).isSorted();
    }
}
