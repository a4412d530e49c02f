// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.store;

import java.util.Objects;

/**
 * One change of one document within a {@link Transaction}.
 *
 * @param kind the document's kind
 * @param id the document's id
 * @param expectedRevision the revision that must be stored now; 0 when there must be none
 * @param json the new content, stored with revision {@code expectedRevision + 1}; null to delete
 * @param uniqueKey a text that no other document of this kind may have (a line's provisioning code); null for none
 */
public record Change(Kind kind, String id, long expectedRevision, String json, String uniqueKey) {

    public Change {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(id);
        if (json == null && expectedRevision == 0) {
            throw new IllegalArgumentException("deletes nothing: " + kind + " " + id);
        }
    }

    public static Change put(Kind kind, String id, long expectedRevision, String json) {
        return new Change(kind, id, expectedRevision, json, null);
    }

    public static Change delete(Kind kind, String id, long expectedRevision) {
        return new Change(kind, id, expectedRevision, null, null);
    }
}
