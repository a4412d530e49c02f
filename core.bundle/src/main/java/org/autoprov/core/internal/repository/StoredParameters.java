// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.autoprov.core.internal.json.Documents;
import org.autoprov.core.internal.json.Json;
import org.autoprov.core.internal.server.Batch;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.service.ParameterService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.store.Kind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parameters, each a document of its own in the store. */
@Component
public final class StoredParameters implements ParameterService {

    private static final Logger LOG = LoggerFactory.getLogger(StoredParameters.class);
    private static final List<String> NAMES = List.of(PLUGIN_SERVER, HTTP_PROXY, FTP_PROXY, HTTPS_PROXY, LOCALE, NAT);

    private final Ledger ledger;
    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final Map<String, Long> revisions = new ConcurrentHashMap<>();

    @Activate
    public StoredParameters(@Reference Ledger ledger) {
        this.ledger = ledger;
        ledger.readOther(Kind.PARAMETER, document -> {
            if (!NAMES.contains(document.id())) {
                return;
            }
            revisions.put(document.id(), document.revision());
            try {
                String value = Documents.read(document).get("value") instanceof String text ? text : null;
                if (value != null && ParameterRules.fault(document.id(), value) == null) {
                    values.put(document.id(), value);
                } else {
                    LOG.error("the parameter {} has an unusable value and is ignored", document.id());
                }
            } catch (IOException e) {
                LOG.error("the parameter {} is unreadable and ignored", document.id()); // its text may be a secret
            }
        });
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public synchronized void set(String actor, String name, String value) throws RefusedException {
        if (!NAMES.contains(name)) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no parameter " + name);
        }
        String wanted = name.equals(LOCALE) && "".equals(value) ? null : value;
        String fault = wanted == null ? null : ParameterRules.fault(name, wanted);
        if (fault != null) {
            throw new RefusedException(Reason.INVALID, fault);
        }
        Long revision = revisions.get(name);
        if (wanted == null ? revision == null : wanted.equals(values.get(name))) {
            return;
        }
        Batch batch = ledger.batch(actor);
        if (wanted == null) {
            batch.delete(Kind.PARAMETER, name, revision, () -> {
                values.remove(name);
                revisions.remove(name);
            });
        } else {
            long before = revision == null ? 0 : revision;
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("schema", 1L);
            json.put("value", wanted);
            String action = before == 0 ? "create" : "update";
            batch.put(Kind.PARAMETER, name, before, Json.write(json), action, () -> {
                values.put(name, wanted);
                revisions.put(name, before + 1);
            });
        }
        ledger.commit(batch);
    }
}
