// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.vendor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.autoprov.core.internal.json.Documents;
import org.autoprov.core.internal.json.Json;
import org.autoprov.core.internal.server.Batch;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.service.PluginSetting;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.store.Kind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings that plugins declare, and what administrators set them to: one document for each plugin, which stays when the
 * plugin goes. Thread-safe.
 */
@Component(service = PluginSettings.class)
public final class PluginSettings {

    private static final Logger LOG = LoggerFactory.getLogger(PluginSettings.class);
    private static final String PREFIX = "plugin.";
    private static final int MAX_TEXT = 4096;

    private final Ledger ledger;
    private final Map<String, List<PluginSetting>> declared = new ConcurrentHashMap<>();
    private final Map<String, Stored> stored = new ConcurrentHashMap<>();

    /** What is set of one plugin's. */
    private record Stored(long revision, Map<String, Object> values) {
        static final Stored NOTHING = new Stored(0, Map.of());
    }

    @Activate
    public PluginSettings(@Reference Ledger ledger) {
        this.ledger = ledger;
        ledger.readOther(Kind.PARAMETER, document -> {
            if (!document.id().startsWith(PREFIX)) {
                return;
            }
            String pluginId = document.id().substring(PREFIX.length());
            Map<String, Object> values = new LinkedHashMap<>();
            try {
                if (Documents.read(document).get("settings") instanceof Map<?, ?> map) {
                    map.forEach((id, value) -> values.put(String.valueOf(id), value));
                }
            } catch (IOException e) {
                LOG.error("the settings of {} are unreadable and ignored", pluginId);
            }
            stored.put(pluginId, new Stored(document.revision(), values));
        });
    }

    /** A plugin's bundle started. */
    void declare(String pluginId, List<PluginSetting> settings) {
        declared.put(pluginId, settings);
    }

    /** As the bundle that came last declares them, with what they are set to; empty for an unknown plugin. */
    public List<PluginSetting> of(String pluginId) {
        Map<String, Object> values = stored.getOrDefault(pluginId, Stored.NOTHING).values;
        List<PluginSetting> result = new ArrayList<>();
        for (PluginSetting one : declared.getOrDefault(pluginId, List.of())) {
            Object value = values.get(one.id());
            // A new version of the bundle may not take any more what an older one took.
            boolean usable = value != null && fault(one.type(), one.choices(), value) == null;
            result.add(new PluginSetting(
                    one.id(),
                    one.description(),
                    one.descriptions(),
                    one.type(),
                    one.choices(),
                    one.standard(),
                    usable ? value : one.standard()));
        }
        return result;
    }

    /** What templates see. */
    Map<String, Object> values(String pluginId) {
        return values(of(pluginId));
    }

    /** Values by id, in order. */
    static Map<String, Object> values(List<PluginSetting> settings) {
        Map<String, Object> values = new LinkedHashMap<>();
        settings.forEach(one -> values.put(one.id(), one.value()));
        return Collections.unmodifiableMap(values);
    }

    /**
     * Sets one.
     *
     * @param value null for the standard
     * @return whether anything changed
     */
    public synchronized boolean set(String actor, String pluginId, String id, Object value) throws RefusedException {
        PluginSetting setting = of(pluginId).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new RefusedException(Reason.NOT_FOUND, pluginId + " has no setting " + id));
        String fault = value == null ? null : fault(setting.type(), setting.choices(), value);
        if (fault != null) {
            throw new RefusedException(Reason.INVALID, id + " " + fault);
        }
        Stored before = stored.getOrDefault(pluginId, Stored.NOTHING);
        if (Objects.equals(before.values.get(id), value)) {
            return false;
        }
        Map<String, Object> values = new LinkedHashMap<>(before.values);
        if (value == null) {
            values.remove(id);
        } else {
            values.put(id, value);
        }
        Batch batch = ledger.batch(actor);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", 1L);
        json.put("settings", values);
        Stored next = new Stored(before.revision + 1, Collections.unmodifiableMap(values));
        String document = PREFIX + pluginId;
        batch.put(Kind.PARAMETER, document, before.revision, Json.write(json), "set " + id, () -> {
            stored.put(pluginId, next);
        });
        ledger.commit(batch);
        return true;
    }

    /**
     * What is wrong with a value.
     *
     * @param value not null
     * @return null when it is allowed
     */
    static String fault(PluginSetting.Type type, List<Object> choices, Object value) {
        String fault = switch (type) {
            case TEXT -> value instanceof String text ? textFault(text) : "must be a text";
            case INTEGER -> value instanceof Long ? null : "must be a whole number";
            case BOOLEAN -> value instanceof Boolean ? null : "must be true or false";
        };
        if (fault == null && !choices.isEmpty() && !choices.contains(value)) {
            return "must be one of " + choices.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        return fault;
    }

    private static String textFault(String text) {
        return text.length() > MAX_TEXT ? "must have at most " + MAX_TEXT + " characters" : null;
    }
}
