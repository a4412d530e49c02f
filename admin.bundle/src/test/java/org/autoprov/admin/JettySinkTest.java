// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams over a real socket. */
class JettySinkTest {

    private static final int THREADS = 8;

    private final BlockingQueue<EventStream.Sink> opened = new LinkedBlockingQueue<>();
    private final List<EventStream.Sink> all = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private ApiServer server;

    /** Serves {@code /plain}, and a stream elsewhere. */
    private final class Streams implements Api {
        @Override
        public ApiReply answer(ApiRequest request) {
            return request.path().equals("/plain")
                    ? ApiReply.text(200, "plain")
                    : ApiReply.stream("text/event-stream", opened::add);
        }

        @Override
        public void close() {
            all.forEach(EventStream.Sink::close);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = ApiServer.open("127.0.0.1", 0, THREADS, 1 << 20, new Streams());
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.shutDown(0);
    }

    private Socket ask(String method, String path, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write((method + ' ' + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        sockets.add(socket);
        return socket;
    }

    private EventStream.Sink sink() throws InterruptedException {
        EventStream.Sink sink = opened.poll(10, TimeUnit.SECONDS);
        assertThat(sink).isNotNull();
        all.add(sink);
        return sink;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void expect(BufferedReader reader, String line) throws IOException {
        for (String next = reader.readLine(); next != null; next = reader.readLine()) {
            if (next.equals(line)) {
                return;
            }
        }
        throw new AssertionError("the stream ended before " + line);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void sendsTheHeaderAtOnceAndThenEachMessageInOrder() throws Exception {
        Socket client = ask("GET", "/", 0);
        BufferedReader reader = reader(client);
        expect(reader, "Content-Type: text/event-stream");
        expect(reader, "");
        EventStream.Sink sink = sink();
        for (int i = 0; i < 500; i++) {
            assertThat(sink.send(bytes("n " + i + "\n"))).isTrue();
        }
        for (int i = 0; i < 500; i++) {
            expect(reader, "n " + i);
        }
        sink.send(bytes("last\n"));
        sink.close();
        sink.close();
        expect(reader, "last");
        expect(reader, "0"); // the chunk that ends it
        assertThat(sink.send(bytes("more"))).isFalse();
        CountDownLatch late = new CountDownLatch(1);
        sink.onClose(late::countDown);
        assertThat(late.getCount()).isZero();
    }

    @Test
    void givesUpAReaderThatDoesNotRead() throws Exception {
        Socket client = ask("GET", "/", 4_096);
        EventStream.Sink sink = sink();
        CountDownLatch gone = new CountDownLatch(1);
        sink.onClose(gone::countDown);
        byte[] much = new byte[64 << 10];
        int sent = 0;
        while (sink.send(much)) {
            sent++;
            assertThat(sent).as("chunks of 64 KiB that were kept for it").isLessThan(1_000);
            assertThat(sink.waiting()).isLessThan(16 << 20);
        }
        assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
        // The connection goes too, else a thousand such readers would exhaust the process.
        assertThat(endsWithin(client, 10_000)).isTrue();
        assertThat(sink.send(much)).isFalse();
    }

    /** Reads what there is; whether the server has closed the connection then. */
    private static boolean endsWithin(Socket client, int millis) throws IOException {
        client.setSoTimeout(millis);
        byte[] buffer = new byte[65_536];
        try {
            int count = 0;
            while (count >= 0) {
                count = client.getInputStream().read(buffer);
            }
            return true;
        } catch (SocketException e) {
            return true; // reset
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void noticesThatTheClientIsGone() throws Exception {
        Socket client = ask("GET", "/", 0);
        EventStream.Sink sink = sink();
        CountDownLatch gone = new CountDownLatch(1);
        sink.onClose(gone::countDown);
        client.close();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (gone.getCount() > 0 && System.nanoTime() < end) {
            sink.send(bytes(":\n\n"));
            gone.await(20, TimeUnit.MILLISECONDS);
        }
        assertThat(gone.getCount()).isZero();
        assertThat(sink.send(bytes("x"))).isFalse();
    }

    @Test
    void twoHundredOpenStreamsHoldNoThread() throws Exception {
        List<BufferedReader> readers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            readers.add(reader(ask("GET", "/", 0)));
            sink();
        }
        for (EventStream.Sink sink : all) {
            sink.send(bytes("hello\n"));
        }
        for (BufferedReader reader : readers) {
            expect(reader, "hello");
        }
        // More streams than threads, and a plain call is still answered.
        expect(reader(ask("GET", "/plain", 0)), "HTTP/1.1 200 OK");
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("api-"))
                .count();
        assertThat(threads).isLessThanOrEqualTo(THREADS);
    }

    @Test
    void aStopOfTheServerEndsStreamsAtOnce() throws Exception {
        BufferedReader reader = reader(ask("GET", "/", 0));
        sink().send(bytes("hello\n"));
        expect(reader, "hello");
        long start = System.nanoTime();
        server.shutDown(5_000);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(2_500);
        expect(reader, "0");
    }

    @Test
    void aStreamIsNotOpenedForHead() throws Exception {
        Socket client = ask("HEAD", "/", 0);
        expect(reader(client), "");
        assertThat(opened.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }
}
