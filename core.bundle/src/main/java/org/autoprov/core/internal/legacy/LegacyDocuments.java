// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.legacy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.autoprov.core.config.Config;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.internal.config.ConfigValidation;
import org.autoprov.core.internal.config.RawConfigs;
import org.autoprov.core.internal.device.IpText;
import org.autoprov.core.internal.json.Documents;
import org.autoprov.core.internal.json.Json;
import org.autoprov.core.service.ImportReport.Outcome;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StoredDocument;

/** Reads wazo-provd's documents as ours; whatever they hold, the answer is a document or one sentence. Pure functions. */
final class LegacyDocuments {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    /** What may stand in a URL's path and name a file; no client of API 0.2 can reach a document of another name. */
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e&&[^/]]{1,255}");

    private static final List<String> DEVICE_TEXTS = List.of(
            "mac",
            "ip",
            "sn",
            "uuid",
            "vendor",
            "model",
            "version",
            "plugin",
            "config",
            "description",
            "remote_state_sip_username");
    /** Found out again here, or ours alone. */
    private static final List<String> NOT_THEIRS =
            List.of("schema", "configured", "is_new", "trusted_address", "shared");

    private LegacyDocuments() {}

    static boolean isUuid(String text) {
        return UUID.matcher(text).matches();
    }

    /**
     * Its tenant as the document has it.
     *
     * @return null when it has none
     */
    static String tenant(Map<String, Object> json) throws NotTakenException {
        Object value = json.get("tenant_uuid");
        if (value == null || value.equals("")) {
            return null;
        }
        String id = value instanceof String text ? text.toLowerCase(Locale.ROOT) : "";
        if (!isUuid(id)) {
            throw refused("tenant_uuid", "is not a UUID");
        }
        return id;
    }

    /**
     * A device, not stored, not configured.
     *
     * @param tenant whom it belongs to here
     */
    static Device device(LegacyFolder.Document document, String tenant, boolean isNew) throws NotTakenException {
        String id = id(document);
        Map<String, Object> json = new LinkedHashMap<>(document.json());
        json.keySet().removeAll(NOT_THEIRS);
        for (String key : DEVICE_TEXTS) {
            Object value = json.get(key);
            if (value instanceof Map || value instanceof List) {
                throw refused(key, "must be a text");
            }
        }
        if (json.get("options") != null && !(json.get("options") instanceof Map)) {
            throw refused("options", "must be an object");
        }
        Object mac = json.get("mac");
        if (mac != null && MacAddress.parse(mac.toString()).isEmpty()) {
            throw refused("mac", "is not a MAC address");
        }
        json.put("tenant_uuid", tenant);
        // Where it was last seen and with which firmware is no setting: null there means that nobody knows.
        if (json.get("ip") == null || canonicalIp(json) == null) {
            json.remove("ip");
        }
        if (json.get("version") == null) {
            json.remove("version");
        }
        try {
            return Documents.device(new StoredDocument(Kind.DEVICE, id, 1, Json.write(json)))
                    .edit()
                    .revision(0)
                    .isNew(isNew)
                    .build();
        } catch (IOException e) {
            throw refused("", NotTakenException.shortened(e.getMessage()));
        }
    }

    /** Whether the document has an address that is left out, because it is none in its canonical form. */
    static boolean losesIp(Map<String, Object> json) {
        Object ip = json.get("ip");
        return ip != null && !ip.equals("") && canonicalIp(json) == null;
    }

    private static String canonicalIp(Map<String, Object> json) {
        String text = String.valueOf(json.get("ip"));
        return IpText.parse(text).map(IpText::of).filter(text::equals).orElse(null);
    }

    /** A config, not stored, valid by itself. */
    static Config config(LegacyFolder.Document document) throws NotTakenException {
        String id = id(document);
        Map<String, Object> json = document.json();
        parents(json);
        Map<String, Object> raw = RawConfigs.asObject(json.get("raw_config"));
        if (raw == null) {
            throw refused("raw_config", "must be an object");
        }
        Object role = json.get("role");
        if (role != null && !Config.ROLE_DEFAULT.equals(role) && !Config.ROLE_AUTOCREATE.equals(role)) {
            throw refused("role", "must be one of default, autocreate");
        }
        for (String key : List.of("transient", "deletable")) {
            if (json.get(key) != null && !(json.get(key) instanceof Boolean)) {
                throw refused(key, "must be true or false");
            }
        }
        Config config = Documents.config(id, 0, json);
        if ("device".equals(config.type())) {
            config = config.withRawConfig(RawConfigs.withoutNulls(config.rawConfig()));
        }
        try {
            ConfigValidation.check(config.rawConfig());
        } catch (InvalidConfigException e) {
            throw refused("raw_config", NotTakenException.shortened(e.getMessage()));
        }
        return config;
    }

    /** The ids of its parents. */
    static List<String> parents(Map<String, Object> json) throws NotTakenException {
        if (!(json.get("parent_ids") instanceof List<?> list)
                || !list.stream().allMatch(parent -> parent instanceof String)) {
            throw refused("parent_ids", "must be a list of texts");
        }
        return list.stream().map(String.class::cast).toList();
    }

    private static String id(LegacyFolder.Document document) throws NotTakenException {
        Object id = document.json().get("id");
        if (!ID.matcher(document.name()).matches()
                || document.name().equals(".")
                || document.name().equals("..")) {
            throw refused("", "its name cannot be an id: printable ASCII without blanks, at most 255 characters");
        }
        if (id != null && !document.name().equals(id.toString())) {
            throw refused("id", "is not the name of its file");
        }
        return document.name();
    }

    /** The top-level keys in which two documents differ, for people. */
    static String differences(String json, String other) {
        Set<String> names = new TreeSet<>();
        try {
            Map<String, Object> first = Json.readObject(json);
            Map<String, Object> second = Json.readObject(other);
            names.addAll(first.keySet());
            names.addAll(second.keySet());
            names.removeIf(name -> first.containsKey(name) == second.containsKey(name)
                    && Objects.equals(first.get(name), second.get(name)));
        } catch (IOException e) {
            throw new IllegalStateException(e); // we wrote both
        }
        return NotTakenException.shortened(String.join(", ", names));
    }

    static NotTakenException refused(String key, String reason) {
        return new NotTakenException(key, Outcome.REFUSED, reason);
    }

    static NotTakenException conflict(String key, String reason) {
        return new NotTakenException(key, Outcome.CONFLICT, reason);
    }
}
