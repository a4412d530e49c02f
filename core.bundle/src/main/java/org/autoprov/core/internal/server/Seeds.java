// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.store.StoreException;

/** What the first start makes: the master tenant, and the configs that clients know by their ids. */
final class Seeds {

    private final Ledger ledger;

    Seeds(Ledger ledger) {
        this.ledger = ledger;
    }

    void plant() {
        Batch batch = ledger.batch("server");
        batch.put(new Tenant(Secrets.uuid(), 0, "master", null, null), "create", "first start");
        add(batch, "base", List.of(), Map.of(), null, "internal", "Base");
        add(batch, "default", List.of("base"), Map.of(), null, "registrar", "Default registrar");
        Map<String, Object> phone = new LinkedHashMap<>();
        phone.put("admin_username", "admin");
        phone.put("admin_password", Secrets.password(12));
        phone.put("user_username", "user");
        phone.put("user_password", Secrets.password(12));
        phone.put("sip_dtmf_mode", "RTP-out-of-band");
        add(batch, "defaultconfigdevice", List.of(), phone, null, "device", "Default template for devices");
        Map<String, Object> account = new LinkedHashMap<>();
        account.put("display_name", "Autoprov");
        account.put("number", "autoprov");
        Map<String, Object> onboarding = Map.of("sip_lines", Map.of("1", account));
        add(
                batch,
                "autoprov",
                List.of("base", "defaultconfigdevice"),
                onboarding,
                Config.ROLE_AUTOCREATE,
                "internal",
                "Onboarding");
        try {
            ledger.commit(batch);
        } catch (RefusedException e) {
            throw new StoreException("the first start could not be stored: " + e.getMessage(), e);
        }
    }

    private static void add(
            Batch batch,
            String id,
            List<String> parents,
            Map<String, Object> raw,
            String role,
            String type,
            String label) {
        Map<String, Object> others = new LinkedHashMap<>();
        others.put("X_type", type);
        others.put("label", label);
        batch.put(new Config(id, 0, parents, raw, role, false, false, others), "create", "first start");
    }
}
