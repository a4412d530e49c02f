// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many transfers run, in all and with each address. Thread-safe. */
final class Crowd {

    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentHashMap<InetAddress, Integer> clients = new ConcurrentHashMap<>();

    int all() {
        return all.get();
    }

    int of(InetAddress client) {
        return clients.getOrDefault(client, 0);
    }

    void enter(InetAddress client) {
        all.incrementAndGet();
        clients.merge(client, 1, Integer::sum);
    }

    void leave(InetAddress client) {
        clients.computeIfPresent(client, (address, count) -> count == 1 ? null : count - 1);
        all.decrementAndGet();
    }
}
