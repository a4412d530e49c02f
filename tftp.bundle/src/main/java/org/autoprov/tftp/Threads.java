// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads with names, for those who look at a thread dump. None keeps the server from ending. */
final class Threads {

    private static final long IDLE_SECONDS = 30;

    private Threads() {}

    /** A pool that grows to so many threads and shrinks to none; what comes beyond waits. */
    static ThreadPoolExecutor pool(String name, int most) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** @param name a number follows */
    static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread made = new Thread(task, name + count.incrementAndGet());
            made.setDaemon(true);
            return made;
        };
    }
}
