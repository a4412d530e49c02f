// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The transfers of one loop by the phone's address and port, and those that ended a moment ago. For its thread. */
final class Transfers {

    private final Map<InetSocketAddress, Transfer> running = new HashMap<>();
    private final Departed departed = new Departed();
    private final Crowd crowd;
    private final Counters counters;

    /** @param crowd those of all loops */
    Transfers(Crowd crowd, Counters counters) {
        this.crowd = crowd;
        this.counters = counters;
    }

    /** Null when there is none. */
    Transfer with(InetSocketAddress peer) {
        return running.get(peer);
    }

    /** Not to be kept while transfers come and go. */
    Collection<Transfer> all() {
        return running.values();
    }

    List<Transfer> copy() {
        return List.copyOf(running.values());
    }

    /** There must be none with the same peer. */
    void add(Transfer transfer) {
        running.put(transfer.peer, transfer);
        crowd.enter(transfer.client());
        counters.running.increment();
    }

    /** Once for each that was added. */
    void remove(Transfer transfer, long now) {
        running.remove(transfer.peer, transfer);
        crowd.leave(transfer.client());
        counters.running.decrement();
        departed.add(transfer.peer, transfer.lane, now);
    }

    /** The socket of the last transfer with that phone's port; null when there was none of late. */
    Lane laneJustLeft(InetSocketAddress peer, long now) {
        return departed.lane(peer, now);
    }

    /** Whether a transfer with that phone over this socket ended a moment ago. */
    boolean hasJustLeft(InetSocketAddress peer, Lane lane, long now) {
        return departed.isRecent(peer, lane, now);
    }
}
