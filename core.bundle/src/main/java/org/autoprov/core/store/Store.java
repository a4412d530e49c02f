// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The OSGi service that keeps core's documents. It is registered when the store is open and usable. Thread-safe.
 */
@ConsumerType
public interface Store {

    /**
     * Hands over every document of a kind, in no order, on the calling thread.
     *
     * @throws StoreException when it cannot be read
     */
    void readAll(Kind kind, Consumer<StoredDocument> consumer);

    /**
     * Stores a transaction. Those that wait together share one commit. Never blocks for I/O.
     *
     * @return completes when all of it is durable; fails with {@link StaleRevisionException},
     *     {@link DuplicateKeyException} or {@link StoreException} when nothing of it is stored
     */
    CompletableFuture<Void> write(Transaction transaction);

    /**
     * The newest entries of the audit log, newest first.
     *
     * @param kind only of this kind; null for all
     * @param id only of this document; null for all
     * @param limit at most this many, 1 to 10,000
     * @throws StoreException when it cannot be read
     */
    List<AuditEntry> audit(Kind kind, String id, int limit);

    /** What this store is and where, for people, without secrets. */
    String description();
}
