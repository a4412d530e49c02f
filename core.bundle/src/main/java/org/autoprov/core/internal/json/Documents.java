// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.device.Webhook;
import org.autoprov.core.internal.config.RawConfigs;
import org.autoprov.core.store.StoredDocument;

/**
 * Stored documents and their types. The keys of devices and configs are those of API 0.2; {@code schema} is the version
 * of this layout.
 */
public final class Documents {

    private static final long SCHEMA = 1;
    /** Keys of a device that only the server sets: null in them means nothing. */
    private static final Set<String> SERVER_KEYS = Set.of(
            "schema",
            "id",
            "tenant_uuid",
            "configured",
            "is_new",
            "remote_state_sip_username",
            "trusted_address",
            "shared");

    private Documents() {}

    public static String write(Device d) {
        Map<String, Object> json = start(d.id());
        put(json, "tenant_uuid", d.tenant());
        put(json, "mac", d.mac() == null ? null : d.mac().toString());
        put(json, "ip", d.ip());
        put(json, "sn", d.sn());
        put(json, "uuid", d.uuid());
        put(json, "vendor", d.vendor());
        put(json, "model", d.model());
        put(json, "version", d.version());
        put(json, "plugin", d.plugin());
        put(json, "config", d.config());
        json.put("configured", d.configured());
        json.put("is_new", d.isNew());
        put(json, "added", d.addedByRequest() ? "auto" : null);
        put(json, "description", d.description());
        put(json, "options", d.hasOptions() ? d.options() : null);
        put(json, "remote_state_sip_username", d.remoteStateSipUsername());
        put(json, "trusted_address", d.trustedAddress());
        put(json, "shared", d.shared() ? true : null);
        d.others().forEach(json::putIfAbsent); // no other key hides one of ours
        return Json.write(json);
    }

    public static Device device(StoredDocument document) throws IOException {
        Device.Editor e = Device.create(document.id()).revision(document.revision());
        read(document).forEach((key, value) -> {
            if (value == null) {
                if (!SERVER_KEYS.contains(key)) {
                    e.other(key, null);
                }
                return;
            }
            switch (key) {
                case "schema", "id" -> {}
                case "tenant_uuid" -> e.tenant(intern(value));
                case "mac" -> MacAddress.parse(value.toString()).ifPresentOrElse(e::mac, () -> e.other(key, value));
                case "ip" -> e.ip(value.toString());
                case "sn" -> e.sn(value.toString());
                case "uuid" -> e.uuid(value.toString());
                case "vendor" -> e.vendor(intern(value));
                case "model" -> e.model(intern(value));
                case "version" -> e.version(intern(value));
                case "plugin" -> e.plugin(intern(value));
                case "config" -> e.config(value.toString());
                case "configured" -> e.configured(Boolean.TRUE.equals(value));
                case "is_new" -> e.isNew(Boolean.TRUE.equals(value));
                case "added" -> {
                    if (value.equals("auto")) {
                        e.addedByRequest(true);
                    } else {
                        e.other(key, value);
                    }
                }
                case "description" -> e.description(value.toString());
                case "options" -> e.options(object(value));
                case "remote_state_sip_username" -> e.remoteStateSipUsername(value.toString());
                case "trusted_address" -> e.trustedAddress(value.toString());
                case "shared" -> e.shared(Boolean.TRUE.equals(value));
                default -> e.other(key, value);
            }
        });
        return e.build();
    }

    public static String write(Config c) {
        Map<String, Object> json = start(c.id());
        json.put("parent_ids", c.parentIds());
        json.put("raw_config", c.rawConfig());
        put(json, "role", c.role());
        if (c.isTransient()) {
            json.put("transient", true);
        }
        if (!c.deletable()) {
            json.put("deletable", false);
        }
        c.others().forEach(json::putIfAbsent); // no other key hides one of ours
        return Json.write(json);
    }

    public static Config config(StoredDocument document) throws IOException {
        return config(document.id(), document.revision(), read(document));
    }

    /** A config from the keys of its document. */
    public static Config config(String id, long revision, Map<String, Object> json) {
        Map<String, Object> others = new LinkedHashMap<>();
        json.forEach((key, value) -> {
            if (!isOwn(key, value)) {
                others.put(key, value);
            }
        });
        return new Config(
                id,
                revision,
                texts(json.get("parent_ids")),
                object(json.get("raw_config")),
                json.get("role") instanceof String role ? role : null,
                Boolean.TRUE.equals(json.get("transient")),
                !Boolean.FALSE.equals(json.get("deletable")),
                others);
    }

    /** Whether a part of a config holds it. What says the same as its absence is kept as it was given. */
    private static boolean isOwn(String key, Object value) {
        return switch (key) {
            case "schema", "id", "parent_ids", "raw_config" -> true;
            case "role" -> value instanceof String;
            case "transient" -> Boolean.TRUE.equals(value);
            case "deletable" -> Boolean.FALSE.equals(value);
            default -> false;
        };
    }

    public static String write(Line l) {
        Map<String, Object> json = start(l.id());
        json.put("tenant_uuid", l.tenant());
        json.put("code", l.code());
        json.put("account", l.account());
        if (!l.parameters().isEmpty()) {
            json.put("parameters", l.parameters());
        }
        put(json, "device", l.device());
        if (l.position() > 0) {
            json.put("position", (long) l.position());
        }
        return Json.write(json);
    }

    public static Line line(StoredDocument document) throws IOException {
        Map<String, Object> json = read(document);
        return new Line(
                document.id(),
                document.revision(),
                String.valueOf(json.get("tenant_uuid")),
                String.valueOf(json.get("code")),
                RawConfigs.withoutNulls(object(json.get("account"))),
                object(json.get("parameters")),
                text(json, "device"),
                json.get("position") instanceof Long position ? position.intValue() : 0);
    }

    public static String write(Tenant t) {
        Map<String, Object> json = start(t.id());
        json.put("name", t.name());
        put(json, "parent", t.parent());
        put(json, "provisioning_key", t.provisioningKey());
        Webhook webhook = t.webhook();
        if (webhook != null) {
            Map<String, Object> hook = new LinkedHashMap<>();
            hook.put("url", webhook.url());
            hook.put("secret", webhook.secret());
            hook.put("events", webhook.events().stream().sorted().toList());
            json.put("webhook", hook);
        }
        return Json.write(json);
    }

    public static Tenant tenant(StoredDocument document) throws IOException {
        Map<String, Object> json = read(document);
        return new Tenant(
                document.id(),
                document.revision(),
                String.valueOf(json.get("name")),
                text(json, "parent"),
                text(json, "provisioning_key"),
                webhook(json.get("webhook")));
    }

    private static Webhook webhook(Object value) throws IOException {
        if (value == null) {
            return null;
        }
        if (value instanceof Map<?, ?> hook
                && hook.get("url") instanceof String url
                && hook.get("secret") instanceof String secret
                && hook.get("events") instanceof List<?> events) {
            return new Webhook(
                    url, secret, events.stream().map(String::valueOf).collect(java.util.stream.Collectors.toSet()));
        }
        throw new IOException("webhook must have a url, a secret and events");
    }

    /** The keys of a stored document; one of a newer layout is refused. */
    public static Map<String, Object> read(StoredDocument document) throws IOException {
        Map<String, Object> json = Json.readObject(document.json());
        if (json.get("schema") instanceof Long schema && schema > SCHEMA) {
            throw new IOException("written by a newer server (schema " + schema + ")");
        }
        return json;
    }

    private static String text(Map<String, Object> json, String key) throws IOException {
        Object value = json.get(key);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new IOException(key + " must be a text");
    }

    private static Map<String, Object> start(String id) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("id", id);
        return json;
    }

    private static void put(Map<String, Object> json, String key, Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }

    /** The same few texts stand in very many devices. */
    private static String intern(Object value) {
        return value.toString().intern();
    }

    private static List<String> texts(Object value) {
        List<String> result = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> result.add(String.valueOf(item)));
        }
        return result;
    }

    @SuppressWarnings("unchecked") // JSON objects have text keys by construction
    private static Map<String, Object> object(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : new LinkedHashMap<>();
    }
}
