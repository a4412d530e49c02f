// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import java.net.InetAddress;
import java.util.Optional;
import org.autoprov.zoo.family.Transport;

/**
 * What is around a phone.
 *
 * @param source local address to come from; empty: what the system takes
 * @param timeoutMillis longest wait for the server
 * @param slowness factor on the phone's own pauses: 1 is real time, 0.001 a thousandth
 * @param loss share of packets that get lost over TFTP, each way, 0 to 1
 * @param over how files are asked for, whatever the family says; empty: as it says
 */
public record Surroundings(
        Optional<InetAddress> source, int timeoutMillis, double slowness, double loss, Optional<Transport> over) {

    /** A network that loses nothing of its own. */
    public Surroundings(Optional<InetAddress> source, int timeoutMillis, double slowness) {
        this(source, timeoutMillis, slowness, 0, Optional.empty());
    }

    void pause(double realMillis) throws InterruptedException {
        long micros = Math.round(realMillis * slowness * 1000);
        if (micros > 0) {
            Thread.sleep(micros / 1000, (int) (micros % 1000) * 1000);
        }
    }
}
