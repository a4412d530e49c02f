// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A bad network between one phone and the server: packets get lost, doubled and late, by a seed. */
final class Relay implements AutoCloseable {

    private final DatagramSocket front = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final DatagramSocket back = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Random random;
    private final int loss;
    private final int twice;
    private final int late;
    private volatile InetSocketAddress phone;
    private volatile InetSocketAddress server;

    /** @param loss twice late: of a hundred packets */
    Relay(int serverPort, long seed, int loss, int twice, int late) throws IOException {
        this.random = new Random(seed);
        this.loss = loss;
        this.twice = twice;
        this.late = late;
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        start(front, true);
        start(back, false);
    }

    int port() {
        return front.getLocalPort();
    }

    private void start(DatagramSocket socket, boolean fromPhone) {
        Thread thread = new Thread(() -> pump(socket, fromPhone));
        thread.setDaemon(true);
        thread.start();
    }

    private void pump(DatagramSocket socket, boolean fromPhone) {
        byte[] buffer = new byte[70_000];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                if (fromPhone) {
                    phone = (InetSocketAddress) packet.getSocketAddress();
                } else {
                    server = (InetSocketAddress) packet.getSocketAddress();
                }
                byte[] copy = java.util.Arrays.copyOf(buffer, packet.getLength());
                int fate = random.nextInt(100);
                int copies = fate < loss ? 0 : fate < loss + twice ? 2 : 1;
                for (int i = 0; i < copies; i++) {
                    int millis = random.nextInt(100) < late ? 1 + random.nextInt(20) : 0;
                    if (millis == 0) {
                        forward(copy, fromPhone);
                    } else {
                        timer.schedule(() -> forward(copy, fromPhone), millis, TimeUnit.MILLISECONDS);
                    }
                }
            }
        } catch (IOException | RejectedExecutionException e) {
            // closed
        }
    }

    private void forward(byte[] packet, boolean fromPhone) {
        try {
            if (fromPhone) {
                back.send(new DatagramPacket(packet, packet.length, server));
            } else {
                front.send(new DatagramPacket(packet, packet.length, phone));
            }
        } catch (IOException e) {
            // closed
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        front.close();
        back.close();
    }
}
