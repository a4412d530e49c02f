// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/** Who sends next: small files go before large ones, and among each other all take turns. For the loop's thread. */
final class Turns {

    /** Turns of large files between two looks at the network. */
    private static final int LARGE_TURNS = 8;

    private final ArrayDeque<Transfer> small = new ArrayDeque<>();
    private final ArrayDeque<Transfer> large = new ArrayDeque<>();

    boolean isEmpty() {
        return small.isEmpty() && large.isEmpty();
    }

    /** Does nothing for one that waits already, or has ended. */
    void queue(Transfer transfer) {
        if (!transfer.queued && !transfer.isEnded()) {
            transfer.queued = true;
            (transfer.isSmall() ? small : large).add(transfer);
        }
    }

    /** @param push lets one send, and queues it again when there is more */
    void give(Consumer<Transfer> push) {
        give(small, small.size(), push);
        give(large, Math.min(LARGE_TURNS, large.size()), push);
    }

    private static void give(ArrayDeque<Transfer> queue, int turns, Consumer<Transfer> push) {
        for (int i = 0; i < turns && !queue.isEmpty(); i++) {
            Transfer transfer = queue.remove();
            transfer.queued = false;
            push.accept(transfer);
        }
    }
}
