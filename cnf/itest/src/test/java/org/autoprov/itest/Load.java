// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Known phones of the family acme that ask for their own file again and again, over HTTP on kept connections. What is not that phone's
 * file with its account is a fault; so is a connection that breaks.
 */
final class Load implements AutoCloseable {

    private static final int MAX_FAULTS = 20;

    private final IntFunction<Telephone> kind;
    private final int phones;
    private final Map<Integer, String> users = new TreeMap<>();
    private final Consumer<Phone.Reply> witness;
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicLong served = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    /** @param kind makes the phone of a number */
    Load(IntFunction<Telephone> kind, int phones, int threadCount, Consumer<Phone.Reply> witness) throws IOException {
        this.kind = kind;
        this.phones = phones;
        this.witness = witness;
        for (int number = 0; number < phones; number++) { // the first contact makes them known
            try (Telephone phone = kind.apply(number)) {
                users.put(number, phone.own("acme").value("user"));
            }
        }
        for (int i = 0; i < threadCount; i++) {
            int first = i;
            Thread thread = new Thread(() -> ask(first, threadCount), "phones-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    private void ask(int first, int step) {
        List<Telephone> mine = new ArrayList<>();
        for (int number = first; number < phones; number += step) {
            mine.add(kind.apply(number));
        }
        try {
            while (!ended) {
                for (int i = 0; i < mine.size(); i++) {
                    check(mine.get(i), users.get(first + i * step));
                }
                Thread.sleep(2); // the server needs a share of two cores, too
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            mine.forEach(Telephone::close);
        }
    }

    private void check(Telephone phone, String user) {
        try {
            Phone.Reply reply = phone.own("acme");
            boolean right = reply.status() == 200
                    && phone.mac().equals(reply.value("mac"))
                    && user != null
                    && user.equals(reply.value("user"));
            if (right) {
                witness.accept(reply);
                served.incrementAndGet();
            } else {
                fault(phone.mac() + " wants " + user + ", got " + reply.status() + " " + reply.body());
            }
        } catch (IOException e) {
            fault(phone.mac() + ": " + e);
        }
    }

    private void fault(String text) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(text);
        }
    }

    long served() {
        return served.get();
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    /** Lets the requests that are under way end. */
    void finish() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join(20_000);
            if (thread.isAlive()) {
                fault(thread.getName() + " hangs");
            }
        }
    }

    @Override
    public void close() {
        try {
            finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
