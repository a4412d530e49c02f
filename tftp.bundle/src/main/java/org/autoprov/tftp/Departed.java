// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Phones whose transfers ended a moment ago: a late echo from them is no stranger's. Otherwise the error would meet the
 * phone's next transfer, from phones that always use the same port. For one thread.
 */
final class Departed {

    private static final int MOST = 4_096;
    private static final long MOMENT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private record End(Lane lane, long time) {}

    private final Map<InetSocketAddress, End> ends = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, End> eldest) {
            return size() > MOST;
        }
    };

    void add(InetSocketAddress peer, Lane lane, long now) {
        ends.remove(peer); // so that it becomes the youngest
        ends.put(peer, new End(lane, now));
    }

    /** The socket of the last transfer with that phone's port; null when there was none of late. */
    Lane lane(InetSocketAddress peer, long now) {
        End end = ends.get(peer);
        return end != null && now - end.time < MOMENT_NANOS ? end.lane : null;
    }

    boolean isRecent(InetSocketAddress peer, Lane lane, long now) {
        return lane(peer, now) == lane;
    }
}
