// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.config.Config;

/** Configs as the API shows and takes them. */
final class ConfigDocuments {

    private ConfigDocuments() {}

    static Map<String, Object> write(Config c) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", c.id());
        json.put("parent_ids", c.parentIds());
        json.put("raw_config", c.rawConfig());
        if (c.role() != null) {
            json.put("role", c.role());
        }
        if (c.isTransient()) {
            json.put("transient", true);
        }
        if (!c.deletable()) {
            json.put("deletable", false);
        }
        c.others().forEach(json::putIfAbsent);
        return json;
    }

    /**
     * A config from the keys of its document; the revision is left open. What is in {@code raw_config} is core's to
     * check.
     *
     * @throws ApiException 400
     */
    static Config read(String id, Map<String, Object> json) throws ApiException {
        if (!(json.get("raw_config") instanceof Map<?, ?> raw)) {
            throw invalid("raw_config", "an object");
        }
        Map<String, Object> others = new LinkedHashMap<>();
        json.forEach((key, value) -> {
            boolean own = switch (key) {
                case "id", "parent_ids", "raw_config", "schema" -> true;
                // What says the same as its absence is kept, so that a client gets back what it stored.
                case "role" -> value != null;
                case "transient" -> Boolean.TRUE.equals(value);
                case "deletable" -> Boolean.FALSE.equals(value);
                default -> false;
            };
            if (!own) {
                others.put(key, value);
            }
        });
        Object role = json.get("role");
        if (role != null && !(role instanceof String)) {
            throw invalid("role", "a text");
        }
        return new Config(
                id,
                0,
                parents(json.get("parent_ids")),
                Call.texts(raw),
                (String) role,
                flag(json, "transient", false),
                flag(json, "deletable", true),
                others);
    }

    private static List<String> parents(Object value) throws ApiException {
        if (!(value instanceof List<?> list)) {
            throw invalid("parent_ids", "an array of texts");
        }
        List<String> parents = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof String text)) {
                throw invalid("parent_ids", "an array of texts");
            }
            parents.add(text);
        }
        return parents;
    }

    private static boolean flag(Map<String, Object> json, String key, boolean otherwise) throws ApiException {
        Object value = json.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw invalid(key, "true or false");
    }

    private static ApiException invalid(String key, String wanted) {
        return ApiException.badRequest("Invalid value for the key \"" + key + "\": " + wanted + " is needed");
    }
}
