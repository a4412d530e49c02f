// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MisbehaviourTest {

    private static final String NOT_FOUND = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket socket;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    MisbehaviourTest() throws IOException {
        socket = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
        threads.shutdownNow();
    }

    /** Answers what the beginning of each connection calls for. */
    private void serve(UnaryOperator<String> answers) {
        threads.execute(() -> {
            while (!socket.isClosed()) {
                try {
                    Socket peer = socket.accept();
                    threads.execute(() -> answer(peer, answers));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private static void answer(Socket peer, UnaryOperator<String> answers) {
        try (peer) {
            byte[] buffer = new byte[8192];
            int n = peer.getInputStream().read(buffer);
            String answer = n < 0 ? "" : answers.apply(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            peer.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            peer.shutdownOutput();
            peer.setSoTimeout(1000);
            peer.getInputStream().readNBytes(500_000); // else the close resets the connection and the answer is lost
        } catch (IOException e) {
            // the other end had enough
        }
    }

    private int misbehave() {
        return Zoo.run(
                List.of("misbehave", "--url", "http://127.0.0.1:" + socket.getLocalPort() + "/"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream()));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aServerThatRefusesEverythingBearsIt() {
        serve(request -> NOT_FOUND);

        assertThat(misbehave()).as(out()).isZero();
        assertThat(out()).contains("ok      GET /../../../../etc/passwd").endsWith("the server bears it all\n");
    }

    @Test
    void findsAFileFromOutsideTheFolder() {
        serve(request ->
                request.contains("etc/passwd") ? "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nroot:x:0:0" : NOT_FOUND);

        assertThat(misbehave()).isEqualTo(1);
        assertThat(out())
                .contains("FAILED  GET /../../../../etc/passwd: accepted with status 200")
                .endsWith("the server does not bear it all\n");
    }

    @Test
    void findsAServersFailure() {
        serve(request -> request.contains("%zz") ? "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n" : NOT_FOUND);

        assertThat(misbehave()).isEqualTo(1);
        assertThat(out()).contains("FAILED  GET /%zz: status 500");
    }

    @Test
    void findsAStackTrace() {
        serve(request -> request.contains("%00")
                ? "HTTP/1.1 400 No\r\n\r\njava.lang.IllegalStateException\n\tat org.example.Path.of(Path.java:12)"
                : NOT_FOUND);

        assertThat(misbehave()).isEqualTo(1);
        assertThat(out()).contains("FAILED  GET /%00: the answer shows the server's insides");
    }

    @Test
    void findsAServerThatDoesNotSurvive() {
        serve(request -> {
            if (request.startsWith("DELETE")) {
                closeSocket();
            }
            return NOT_FOUND;
        });

        assertThat(misbehave()).isEqualTo(1);
        // A connection that the kernel had taken already may still be answered, so it may show one step later.
        assertThat(out())
                .containsPattern("FAILED  (the method DELETE: a sane request failed|HTTP/9.9: the server is gone)");
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void nobodyThereIsAFailure() throws IOException {
        socket.close();

        assertThat(misbehave()).isEqualTo(1);
        assertThat(out()).contains("FAILED  a sane request");
    }
}
