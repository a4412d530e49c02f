// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.store;

import java.util.Objects;

/**
 * A document as the store keeps it.
 *
 * @param kind its kind
 * @param id unique within its kind
 * @param revision counts its stored changes from 1
 * @param json its content, a JSON object with a {@code schema} number and no class names
 */
public record StoredDocument(Kind kind, String id, long revision, String json) {

    public StoredDocument {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(id);
        Objects.requireNonNull(json);
    }
}
