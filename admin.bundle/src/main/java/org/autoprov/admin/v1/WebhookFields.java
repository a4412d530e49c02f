// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autoprov.core.device.Webhook;
import org.autoprov.core.service.Masking;

/**
 * A tenant's webhook in a body: {@code url}; {@code secret}, made here when there is none yet and none is sent, and made
 * anew when null is sent; {@code events}, none or null for all kinds. What is left out stays; null instead of the object
 * takes the webhook away.
 */
final class WebhookFields {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;
    private static final String HIDDEN_QUERY = "?" + Masking.MASK;

    private final Webhook webhook;
    private final boolean secretNew;

    /** Reads the key {@code webhook}; what is wrong is noted in the fields. @param before null for none */
    WebhookFields(Fields fields, Webhook before) {
        Fields inner = fields.inner("webhook");
        if (inner == null) {
            webhook = fields.has("webhook") ? null : before;
            secretNew = false;
            return;
        }
        String url = before == null || inner.has("url") ? inner.needed("url") : before.url();
        if (url.endsWith(HIDDEN_QUERY)) {
            inner.fault("url", "the query is the mask that stands for a secret; leave url out to keep it");
        }
        String sent = inner.text("secret");
        boolean keeps = before != null && !inner.has("secret");
        secretNew = sent == null && !keeps;
        List<String> events = inner.texts("events");
        Set<String> kinds = before != null && !inner.has("events")
                ? before.events()
                : events == null ? Set.of() : new LinkedHashSet<>(events);
        webhook = new Webhook(url, secretNew ? newSecret() : keeps ? before.secret() : sent, kinds);
    }

    /** As Standard Webhooks 1.0 writes symmetric secrets. */
    private static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return "whsec_" + Base64.getEncoder().encodeToString(bytes);
    }

    /** Null for none. */
    Webhook value() {
        return webhook;
    }

    /** Whether the secret was made here just now: it has to be told. */
    boolean isSecretNew() {
        return secretNew;
    }

    /** A URL's query may hold a secret too. */
    static Map<String, Object> write(Webhook webhook, boolean query, boolean secret) {
        Map<String, Object> view = new LinkedHashMap<>();
        int mark = webhook.url().indexOf('?');
        view.put("url", query || mark < 0 ? webhook.url() : webhook.url().substring(0, mark) + HIDDEN_QUERY);
        view.put("secret", secret ? webhook.secret() : Masking.MASK);
        view.put("events", webhook.events().stream().sorted().toList());
        return view;
    }
}
