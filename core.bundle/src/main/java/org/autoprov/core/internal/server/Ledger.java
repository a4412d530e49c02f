// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.internal.config.ConfigDirectory;
import org.autoprov.core.internal.device.DeviceDirectory;
import org.autoprov.core.internal.follow.Followers;
import org.autoprov.core.internal.json.Documents;
import org.autoprov.core.service.ChangeEvent;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.store.AuditEntry;
import org.autoprov.core.store.DuplicateKeyException;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StaleRevisionException;
import org.autoprov.core.store.Store;
import org.autoprov.core.store.StoreException;
import org.autoprov.core.store.StoredDocument;
import org.autoprov.core.store.Transaction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server knows, in memory, and the only way to change it: a {@link Batch} that the store makes durable first. The
 * directories follow in the order of commits, so no reader sees what might still be lost.
 */
@Component(service = Ledger.class)
public final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Store store;
    private final DeviceDirectory devices = new DeviceDirectory();
    private final ConfigDirectory configs = new ConfigDirectory();
    private final LineDirectory lines = new LineDirectory();
    private final TenantDirectory tenants = new TenantDirectory();
    private final Followers<Consumer<ChangeEvent>> followers = new Followers<>();
    private final AtomicLong changes = new AtomicLong();

    @Activate
    public Ledger(@Reference Store store) {
        this.store = store;
        long start = System.nanoTime();
        read(Kind.TENANT, document -> tenants.put(Documents.tenant(document)));
        read(Kind.CONFIG, document -> configs.put(Documents.config(document)));
        read(Kind.DEVICE, document -> devices.put(Documents.device(document)));
        read(Kind.LINE, document -> lines.put(Documents.line(document)));
        if (tenants.master() == null) {
            new Seeds(this).plant();
        }
        LOG.info(
                "{} holds {} devices, {} configs; read in {} ms",
                store.description(),
                devices.size(),
                configs.size(),
                (System.nanoTime() - start) / 1_000_000);
    }

    private interface Decoder {
        void take(StoredDocument document) throws IOException;
    }

    /** An unreadable document is reported and left where it is: never dropped, never in the way of the others. */
    private void read(Kind kind, Decoder decoder) {
        store.readAll(kind, document -> {
            try {
                decoder.take(document);
            } catch (IOException | RuntimeException e) {
                LOG.error("{} {} is unreadable and ignored: {}", kind, document.id(), e.getMessage());
            }
        });
    }

    /** Hands over the documents of a kind that has no directory here. */
    public void readOther(Kind kind, Consumer<StoredDocument> consumer) {
        store.readAll(kind, consumer);
    }

    public DeviceDirectory devices() {
        return devices;
    }

    public ConfigDirectory configs() {
        return configs;
    }

    public LineDirectory lines() {
        return lines;
    }

    public TenantDirectory tenants() {
        return tenants;
    }

    Followers<Consumer<ChangeEvent>> followers() {
        return followers;
    }

    /** Whom a document concerns as it is now; see {@link ChangeEvent#tenants}. */
    Set<String> owners(Kind kind, String id) {
        Set<String> owners = new HashSet<>();
        switch (kind) {
            case DEVICE -> {
                Device device = devices.get(id);
                if (device != null) {
                    owners.add(device.tenant());
                }
                lines.ofDevice(id).forEach(line -> owners.add(line.tenant()));
            }
            case LINE -> {
                Line line = lines.get(id);
                if (line != null) {
                    owners.add(line.tenant());
                }
            }
            case TENANT -> owners.add(id);
            default -> {} // belongs to all
        }
        return owners;
    }

    /** Tells those who follow; called in the order of commits. */
    void tell(AuditEntry entry, Set<String> concerned) {
        long number = changes.incrementAndGet();
        followers.tell(follower -> follower.accept(new ChangeEvent(number, entry, concerned)));
    }

    public Store store() {
        return store;
    }

    /** Starts a set of changes on behalf of somebody. */
    public Batch batch(String actor) {
        return new Batch(this, actor);
    }

    /** Stores the changes; the directories show them before the future completes. An empty batch is done at once. */
    public CompletableFuture<Void> commitLater(Batch batch) {
        if (batch.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return store.write(new Transaction(batch.changes, batch.audit, batch::apply));
    }

    /**
     * Stores the changes and waits until they are durable.
     *
     * @throws RefusedException STALE, CONFLICT or UNAVAILABLE; nothing is stored then
     */
    public void commit(Batch batch) throws RefusedException {
        try {
            commitLater(batch).join();
        } catch (CompletionException e) {
            throw refused(e.getCause());
        } catch (StoreException e) {
            throw refused(e);
        }
    }

    private static RefusedException refused(Throwable cause) {
        if (cause instanceof StaleRevisionException) {
            return new RefusedException(Reason.STALE, cause.getMessage(), cause);
        }
        if (cause instanceof DuplicateKeyException) {
            return new RefusedException(Reason.CONFLICT, cause.getMessage(), cause);
        }
        if (cause instanceof StoreException) {
            return new RefusedException(Reason.UNAVAILABLE, cause.getMessage(), cause);
        }
        throw new IllegalStateException("the store failed", cause);
    }
}
