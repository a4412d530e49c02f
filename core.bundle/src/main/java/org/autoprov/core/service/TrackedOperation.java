// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.time.Instant;

/**
 * An operation that administration can look up.
 *
 * @param id unique, of this server's run
 * @param kind what is done: {@code plugin.install}, {@code device.resync}, …; never changes
 * @param subject to what: the id of a plugin, a device; empty when there is no single one
 * @param tenant whose it is; null: the whole server's
 * @param actor who asked
 * @param begun when
 * @param operation how far it is
 */
public record TrackedOperation(
        String id, String kind, String subject, String tenant, String actor, Instant begun, Operation operation) {}
