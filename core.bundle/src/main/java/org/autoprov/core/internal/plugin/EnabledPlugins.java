// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.plugin;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.autoprov.core.internal.json.Documents;
import org.autoprov.core.internal.json.Json;
import org.autoprov.core.internal.server.Batch;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.store.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which plugins of a family are enabled: all, unless somebody asked for single ones. Stored. */
final class EnabledPlugins {

    private static final Logger LOG = LoggerFactory.getLogger(EnabledPlugins.class);

    private final Ledger ledger;
    private final Map<String, Set<String>> disabled = new ConcurrentHashMap<>();
    private final Map<String, Long> revisions = new ConcurrentHashMap<>();

    EnabledPlugins(Ledger ledger) {
        this.ledger = ledger;
        ledger.readOther(Kind.PLUGIN, document -> {
            try {
                Map<String, Object> json = Documents.read(document);
                revisions.put(document.id(), document.revision());
                disabled.put(document.id(), texts(json.get("disabled")));
            } catch (IOException e) {
                LOG.error("the enabled plugins of {} are unreadable: {}", document.id(), e.getMessage());
            }
        });
    }

    private static Set<String> texts(Object value) {
        Set<String> result = new TreeSet<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> result.add(String.valueOf(item)));
        }
        return result;
    }

    boolean isEnabled(String id) {
        return disabled.values().stream().noneMatch(off -> off.contains(id));
    }

    boolean isNarrowed(String family) {
        return disabled.containsKey(family);
    }

    Set<String> of(Collection<String> all) {
        Set<String> ids = new TreeSet<>(all);
        ids.removeIf(id -> !isEnabled(id));
        return ids;
    }

    void set(String actor, String family, Set<String> ids, Collection<String> all) throws RefusedException {
        Set<String> off = new TreeSet<>(all);
        off.removeAll(ids);
        if (off.isEmpty()) {
            clear(actor, family);
            return;
        }
        Map<String, Object> json = new TreeMap<>();
        json.put("schema", 1L);
        json.put("enabled", List.copyOf(ids));
        json.put("disabled", List.copyOf(off));
        long revision = revisions.getOrDefault(family, 0L);
        Batch batch = ledger.batch(actor);
        batch.put(Kind.PLUGIN, family, revision, Json.write(json), "enable", () -> revisions.put(family, revision + 1));
        ledger.commit(batch);
        disabled.put(family, off);
    }

    void clear(String actor, String family) throws RefusedException {
        Long revision = revisions.get(family);
        if (revision == null) {
            return;
        }
        Batch batch = ledger.batch(actor);
        batch.delete(Kind.PLUGIN, family, revision, () -> revisions.remove(family));
        ledger.commit(batch);
        disabled.remove(family);
    }
}
