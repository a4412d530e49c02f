// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.device;

import java.util.Objects;
import java.util.Set;

/**
 * Where a tenant wants to be told what happens to what it owns. Immutable.
 *
 * @param url absolute, {@code http} or {@code https}, without user or fragment
 * @param secret signs each message (Standard Webhooks 1.0, symmetric); 24 to 200 printable ASCII characters. A secret.
 * @param events which kinds of events, such as {@code device}; empty: those of devices, lines and operations
 */
public record Webhook(String url, String secret, Set<String> events) {

    public Webhook {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(secret, "secret");
        events = Set.copyOf(events);
    }

    /** Without the secret, and without the URL's query, which may hold one. */
    @Override
    public String toString() {
        int query = url.indexOf('?');
        return "webhook " + (query < 0 ? url : url.substring(0, query));
    }
}
