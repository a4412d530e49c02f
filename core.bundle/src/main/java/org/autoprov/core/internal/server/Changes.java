// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.util.function.Consumer;
import org.autoprov.core.service.ChangeEvent;
import org.autoprov.core.service.ChangeMonitor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lets others follow what the ledger stores. */
@Component
public final class Changes implements ChangeMonitor {

    private final Ledger ledger;

    @Activate
    public Changes(@Reference Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public AutoCloseable follow(Consumer<ChangeEvent> follower) {
        return ledger.followers().add(follower);
    }
}
