// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.time.Instant;

/**
 * How sending an answer or taking an upload goes, for people who follow along. Listeners tell of a transfer of at least
 * {@link #LARGE} bytes once a second while it runs, and when it is done; of one that broke off whatever its size. Holds
 * no secrets; text from the network is escaped.
 *
 * @param time when this was so
 * @param request protocol, action, path and client, in one line
 * @param state where it stands
 * @param bytes how many bytes the other side has confirmed (TFTP), were handed to its connection (HTTP), or came from it
 * @param total how many it will be; negative when nobody knows
 * @param millis how long it has taken since the request, milliseconds
 * @param reason why it broke off; else empty
 */
public record TransferEvent(
        Instant time, String request, State state, long bytes, long total, long millis, String reason) {

    /** From this size on listeners tell of progress, bytes. */
    public static final long LARGE = 262_144;

    /** Where a transfer stands. */
    public enum State {
        RUNNING,
        DONE,
        BROKEN
    }
}
