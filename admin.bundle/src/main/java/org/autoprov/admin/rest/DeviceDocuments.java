// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;

/** Devices as the API shows and takes them. */
final class DeviceDocuments {

    /** Only the server sets them, so whatever a client writes there is ignored. */
    private static final Set<String> SERVER_KEYS = Set.of(
            "tenant_uuid", "configured", "is_new", "remote_state_sip_username", "trusted_address", "shared", "schema");

    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern DOTTED_QUAD = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");

    private DeviceDocuments() {}

    static Map<String, Object> write(Device d) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", d.id());
        put(json, "mac", d.mac() == null ? null : d.mac().toString());
        put(json, "ip", d.ip());
        put(json, "sn", d.sn());
        put(json, "uuid", d.uuid());
        put(json, "vendor", d.vendor());
        put(json, "model", d.model());
        put(json, "version", d.version());
        put(json, "plugin", d.plugin());
        put(json, "config", d.config());
        put(json, "description", d.description());
        put(json, "options", d.hasOptions() ? d.options() : null);
        put(json, "added", d.addedByRequest() ? "auto" : null);
        put(json, "remote_state_sip_username", d.remoteStateSipUsername());
        json.put("configured", d.configured());
        json.put("tenant_uuid", d.tenant());
        json.put("is_new", d.isNew());
        d.others().forEach(json::putIfAbsent); // no other key hides one of ours
        return json;
    }

    private static void put(Map<String, Object> json, String key, Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }

    /**
     * A device from the keys of its document; revision, tenant and what only the server sets are left open.
     *
     * @throws ApiException 400
     */
    static Device read(String id, Map<String, Object> json) throws ApiException {
        Device.Editor e = Device.create(id);
        for (Map.Entry<String, Object> entry : json.entrySet()) {
            String key = entry.getKey();
            Object value = entry.getValue();
            if (SERVER_KEYS.contains(key)) {
                check(key, value);
            } else if (value == null && !key.equals("id")) {
                e.other(key, null); // "there, but null" has a meaning
            } else {
                read(e, key, value);
            }
        }
        return e.build();
    }

    private static void check(String key, Object value) throws ApiException {
        if (key.equals("tenant_uuid")) {
            text(key, value);
        } else if ((key.equals("configured") || key.equals("is_new"))
                && (value instanceof Map || value instanceof Iterable)) {
            throw invalid(key, "true or false");
        }
    }

    private static void read(Device.Editor e, String key, Object value) throws ApiException {
        switch (key) {
            case "id" -> {} // the caller has looked at it
            case "mac" -> e.mac(mac(value));
            case "ip" -> e.ip(ip(value));
            case "sn" -> e.sn(text(key, value));
            case "uuid" -> e.uuid(text(key, value));
            case "vendor" -> e.vendor(text(key, value));
            case "model" -> e.model(text(key, value));
            case "version" -> e.version(text(key, value));
            case "plugin" -> e.plugin(text(key, value));
            case "config" -> e.config(text(key, value));
            case "description" -> e.description(text(key, value));
            case "options" -> {
                if (!(value instanceof Map<?, ?> map)) {
                    throw invalid(key, "an object");
                }
                e.options(Call.texts(map));
            }
            case "added" -> {
                if ("auto".equals(value)) {
                    e.addedByRequest(true);
                } else {
                    e.other(key, value);
                }
            }
            default -> e.other(key, value);
        }
    }

    private static MacAddress mac(Object value) throws ApiException {
        if (value instanceof String text && MacAddress.isNormal(text)) {
            return MacAddress.parse(text).orElseThrow();
        }
        throw ApiException.badRequest("Non-normalized MAC address " + brief(value));
    }

    /** IPv6 is not in the contract, but a phone may have given such an address; core knows its canonical form. */
    private static String ip(Object value) throws ApiException {
        if (value instanceof String text
                && (text.isEmpty()
                        || text.indexOf(':') >= 0
                        || DOTTED_QUAD.matcher(text).matches())) {
            return text;
        }
        throw ApiException.badRequest("Non-normalized IP address " + brief(value));
    }

    /** Scalars are taken as texts. */
    private static String text(String key, Object value) throws ApiException {
        if (value instanceof Map || value instanceof Iterable) {
            throw invalid(key, "a text");
        }
        return value == null ? null : value.toString();
    }

    private static ApiException invalid(String key, String wanted) {
        return ApiException.badRequest("Invalid value for the key \"" + key + "\": " + wanted + " is needed");
    }

    private static String brief(Object value) {
        String text = String.valueOf(value);
        return text.length() > 64 ? text.substring(0, 64) : text;
    }
}
