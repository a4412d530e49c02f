// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.autoprov.core.service.ProvisioningService;
import org.autoprov.core.service.RequestMonitor;

/**
 * What all threads of a server have in common. Thread-safe.
 *
 * @param provisioning core
 * @param monitor gets to know how transfers go
 * @param lookups asks core, which may wait
 * @param disk reads files
 * @param clock nanoseconds, as {@link System#nanoTime}
 * @param counters of the whole server
 * @param crowd all transfers
 * @param uploads permits for the files that phones may be sending at a time
 * @param uploaders who holds them
 */
record Shared(
        TftpOptions options,
        ProvisioningService provisioning,
        RequestMonitor monitor,
        Executor lookups,
        Executor disk,
        LongSupplier clock,
        Counters counters,
        Crowd crowd,
        Semaphore uploads,
        Crowd uploaders) {

    Shared(
            TftpOptions options,
            ProvisioningService provisioning,
            RequestMonitor monitor,
            Executor lookups,
            Executor disk,
            LongSupplier clock) {
        this(
                options,
                provisioning,
                monitor,
                lookups,
                disk,
                clock,
                new Counters(),
                new Crowd(),
                new Semaphore(options.uploads()),
                new Crowd());
    }
}
