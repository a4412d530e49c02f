// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneClientTest {

    /** Answers each connection's requests with canned bytes, then closes it. */
    private static final class Canned implements AutoCloseable {
        private final ServerSocket socket;
        private int connections;

        Canned(String[]... answers) throws IOException {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Deque<String[]> left = new ArrayDeque<>(Arrays.asList(answers));
            Thread thread = new Thread(() -> {
                while (!left.isEmpty()) {
                    try (Socket peer = socket.accept()) {
                        connections++;
                        byte[] buffer = new byte[8192];
                        for (String answer : left.poll()) {
                            if (peer.getInputStream().read(buffer) < 0) {
                                break;
                            }
                            peer.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                            peer.getOutputStream().flush();
                        }
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        Target target() {
            return Target.of("http://127.0.0.1:" + socket.getLocalPort() + "/x").orElseThrow();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static Answer get(PhoneClient client, Canned server) throws IOException {
        return client.exchange("GET", server.target(), Map.of(), new byte[0]);
    }

    private static Answer get(String answer) throws IOException {
        try (Canned server = new Canned(new String[] {answer});
                PhoneClient client = new PhoneClient(Optional.empty(), 500)) {
            return get(client, server);
        }
    }

    @Test
    void keepsItsConnectionAndOpensANewOneWhenTheServerClosedIt() throws IOException {
        String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
        try (Canned server = new Canned(new String[] {ok, ok}, new String[] {ok});
                PhoneClient client = new PhoneClient(Optional.empty(), 1000)) {
            get(client, server);
            get(client, server);
            assertThat(server.connections).isEqualTo(1);
            assertThat(new String(get(client, server).body(), StandardCharsets.UTF_8))
                    .isEqualTo("hi");
            assertThat(server.connections).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK~Content-Length: 20~~hi          | truncated: 2 of 20 bytes",
                "HTTP/1.1 200 OK~Content-Length: two~~hi         | Content-Length is not a number",
                "HTTP/1.1 200 OK~Content-Length: -2~~hi          | Content-Length is not a number",
                "HTTP/1.1 200 OK~Content-Length: 99999999999~~hi | larger than 16777216 bytes",
                "HTTP/1.1 200 OK~Content-Length: 1~Content-Length: 2~~hi | the answer has two different Content-Lengths",
                "HTTP/1.1 200 OK~Content-Le                      | the answer ends within its header",
                "HTTP/1.1 200 OK~no colon~~                      | the answer has a broken header",
                "SSH-2.0-x~                                      | the answer is not HTTP/1",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~zz~ | a chunk has no size",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hi | truncated: 2 of 5 bytes",
            })
    void aBrokenAnswerIsAFailure(String answer, String message) {
        assertThatThrownBy(() -> get(answer.strip().replace("~", "\r\n")))
                .isInstanceOf(IOException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK~Content-Length: 2~~hi!!                      | more bytes than Content-Length says",
                "HTTP/1.1 200 OK~~hi                                         | no Content-Length",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~2;x=y~hi~0~T: 1~~ | chunked answer",
            })
    void aDoubtfulAnswerIsReadAndNoted(String answer, String defect) throws IOException {
        Answer read = get(answer.strip().replace("~", "\r\n"));

        assertThat(new String(read.body(), StandardCharsets.UTF_8)).isEqualTo("hi");
        assertThat(read.defects()).containsExactly(defect);
    }

    @Test
    void aSilentServerIsLeft() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                PhoneClient client = new PhoneClient(Optional.empty(), 100)) {
            Target target =
                    Target.of("http://127.0.0.1:" + silent.getLocalPort()).orElseThrow();
            assertThatThrownBy(() -> client.exchange("GET", target, Map.of(), new byte[0]))
                    .hasMessage("no answer within 100 ms");
        }
    }
}
