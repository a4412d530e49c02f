// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.legacy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autoprov.core.config.Config;
import org.autoprov.core.internal.json.Documents;
import org.autoprov.core.internal.server.Batch;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.internal.server.Lifecycle;
import org.autoprov.core.service.RefusedException;

/** Configs, parents before children. For one run. */
final class ConfigImport {

    /** What the first start makes; as long as nobody has changed them, they are nobody's work. */
    private static final Set<String> SEEDS = Set.of("base", "default", "defaultconfigdevice", "autoprov");

    /** Real ones inherit over three or four; a chain as long as the folder would exhaust the stack. */
    private static final int MAX_LEVELS = 100;

    private final Lifecycle lifecycle;
    private final Ledger ledger;
    private final LegacyFolder folder;
    private final boolean overwrite;
    private final Map<String, List<String>> parents = new LinkedHashMap<>();
    private final Map<String, Integer> levels = new HashMap<>();
    private final Set<String> transients = new HashSet<>();
    private final Set<String> inherited = new HashSet<>();
    private final Map<String, String> roles = new HashMap<>();

    ConfigImport(Lifecycle lifecycle, LegacyFolder folder, boolean overwrite) {
        this.lifecycle = lifecycle;
        this.ledger = lifecycle.ledger();
        this.folder = folder;
        this.overwrite = overwrite;
    }

    /** @param touched gets the devices here whose config is another now */
    void run(Chunk chunk, Tally tally, Collection<String> touched) throws RefusedException {
        List<String> names;
        try {
            names = folder.names(LegacyFolder.CONFIGS);
        } catch (NotTakenException e) {
            tally.notTaken(Tally.CONFIGS, LegacyFolder.CONFIGS, e);
            return;
        }
        look(names, tally);
        for (String name : parentsFirst()) {
            LegacyFolder.Document document;
            Config config;
            try {
                document = folder.read(LegacyFolder.CONFIGS, name); // again: all of them at once may be too large
                config = LegacyDocuments.config(document);
            } catch (NotTakenException e) {
                tally.notTaken(Tally.CONFIGS, LegacyFolder.CONFIGS + "/" + name, e);
                continue;
            }
            chunk.add(document.file(), document.size(), batch -> take(batch, config, touched));
        }
        chunk.flush();
    }

    private void look(List<String> names, Tally tally) {
        for (String name : names) {
            try {
                Map<String, Object> json =
                        folder.read(LegacyFolder.CONFIGS, name).json();
                List<String> above = LegacyDocuments.parents(json);
                parents.put(name, above);
                inherited.addAll(above);
                if (Boolean.TRUE.equals(json.get("transient"))) {
                    transients.add(name);
                }
            } catch (NotTakenException e) {
                tally.notTaken(Tally.CONFIGS, LegacyFolder.CONFIGS + "/" + name, e);
            }
        }
    }

    /** The folder's configs, each after those that it inherits from, except in a circle. */
    private List<String> parentsFirst() {
        List<String> order = new ArrayList<>(parents.size());
        Set<String> open = new HashSet<>();
        for (String start : parents.keySet()) {
            Deque<String> stack = new ArrayDeque<>();
            stack.push(start);
            while (!stack.isEmpty()) {
                String id = stack.peek();
                if (open.add(id)) {
                    for (String parent : parents.get(id)) {
                        if (parents.containsKey(parent) && !open.contains(parent)) {
                            stack.push(parent);
                        }
                    }
                    continue;
                }
                stack.pop();
                if (!levels.containsKey(id)) {
                    int above = parents.get(id).stream()
                            .mapToInt(parent -> levels.getOrDefault(parent, 0))
                            .max()
                            .orElse(0);
                    levels.put(id, above + 1);
                    order.add(id);
                }
            }
        }
        return order;
    }

    private Tally.Done take(Batch batch, Config wanted, Collection<String> touched) throws NotTakenException {
        checkPlace(wanted);
        Config here = ledger.configs().get(wanted.id());
        Tally.Done done = Tally.Done.ADDED;
        Config next = wanted;
        if (here != null) {
            next = wanted.withRevision(here.revision());
            boolean untouched = SEEDS.contains(here.id()) && here.revision() == 1;
            if (next.equals(here)) {
                done = Tally.Done.SAME;
            } else if (overwrite || untouched) {
                done = Tally.Done.REPLACED;
            } else {
                throw LegacyDocuments.conflict(
                        "",
                        "is here with another "
                                + LegacyDocuments.differences(Documents.write(here), Documents.write(next)));
            }
        }
        if (next.role() != null) {
            String holder = roles.getOrDefault(next.role(), ledger.configs().withRole(next.role()));
            if (holder != null && !holder.equals(next.id())) {
                throw LegacyDocuments.conflict(
                        "role", "the role is held by the config " + NotTakenException.shortened(holder));
            }
            roles.put(next.role(), next.id());
        }
        if (done != Tally.Done.SAME) {
            batch.put(next, here == null ? "create" : "update", "import");
            touched.addAll(lifecycle.devicesBelow(next.id()));
        }
        return done;
    }

    private void checkPlace(Config config) throws NotTakenException {
        if (levels.getOrDefault(config.id(), 0) > MAX_LEVELS) {
            throw LegacyDocuments.refused("parent_ids", "inherits over more than " + MAX_LEVELS + " levels");
        }
        if (config.isTransient()
                && (inherited.contains(config.id()) || ledger.configs().hasChildren(config.id()))) {
            throw LegacyDocuments.refused("transient", "a transient config must not be a parent");
        }
        for (String parent : config.parentIds()) {
            Config above = ledger.configs().get(parent);
            if (transients.contains(parent) || above != null && above.isTransient()) {
                throw LegacyDocuments.refused("parent_ids", "a parent is transient");
            }
        }
    }
}
