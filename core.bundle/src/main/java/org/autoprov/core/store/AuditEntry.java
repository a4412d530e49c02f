// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.store;

import java.time.Instant;

/**
 * One line of the audit log: who changed what, when. Holds no secrets.
 *
 * @param time when it was committed, to the millisecond
 * @param actor {@code phone 192.0.2.7}, {@code shell}, {@code server}, the user of a token
 * @param action {@code create}, {@code update}, {@code delete}, {@code associate}, {@code reset}, …
 * @param kind of the document
 * @param id of the document
 * @param detail the names of the parts that changed, or another short text; may be empty
 */
public record AuditEntry(Instant time, String actor, String action, Kind kind, String id, String detail) {}
