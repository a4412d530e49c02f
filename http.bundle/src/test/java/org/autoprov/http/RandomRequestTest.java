// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.autoprov.core.request.FileContent;

/** Whatever octets come, the listener lives, and no answer blames the server. */
final class RandomRequestTest {

    private static LiveServer live;

    @BeforeContainer
    static void open() throws IOException {
        live = new LiveServer();
        live.core.files.put("a", FileContent.generated("a", "text/plain", new byte[] {'a'}, "\"1\""));
    }

    @AfterContainer
    static void close() {
        live.close();
    }

    @Property(tries = 300)
    void survivesRandomOctets(@ForAll byte[] octets) throws IOException {
        survives(octets);
    }

    @Property(tries = 700)
    void survivesAlmostRequests(@ForAll("almostRequests") String text) throws IOException {
        survives(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Provide
    Arbitrary<String> almostRequests() {
        return Arbitraries.of(
                        "GET",
                        "HEAD",
                        "PUT",
                        "CONNECT",
                        "PRI",
                        " ",
                        " ",
                        "/",
                        "/a",
                        "*",
                        "%",
                        "%2e",
                        "%00",
                        "..",
                        ";",
                        "?",
                        "#",
                        "HTTP/1.1",
                        "HTTP/1.0",
                        "HTTP/2.0",
                        "HTTP/0.9",
                        "\r\n",
                        "\r\n",
                        "\n",
                        "\r",
                        ":",
                        ": ",
                        "Host: x\r\n",
                        "Host",
                        "Range: bytes=",
                        "0-",
                        "-",
                        ",",
                        "Content-Length: ",
                        "5",
                        "-1",
                        "Transfer-Encoding: chunked\r\n",
                        "If-Match: ",
                        "\"",
                        "If-Modified-Since: ",
                        "Expect: ",
                        "100-continue",
                        "Connection: Upgrade\r\n",
                        "Upgrade: h2c\r\n",
                        "\0",
                        "\u00ff",
                        "http://",
                        "[::1]:",
                        "GET /a HTTP/1.1\r\nHost: x\r\n",
                        "PUT /a HTTP/1.1\r\nHost: x\r\n",
                        "\r\n\r\n")
                .list()
                .ofMinSize(1)
                .ofMaxSize(25)
                .map(parts -> String.join("", parts));
    }

    private static void survives(byte[] octets) throws IOException {
        try (RawPhone phone = live.phone()) {
            phone.send(octets);
            phone.socket.shutdownOutput();
            String answer = new String(phone.socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).doesNotContain("HTTP/1.1 5").doesNotContain("HTTP/1.0 5");
        } catch (java.net.SocketException e) {
            // Closed while the rest was still on its way: as good an answer as any.
        }
        try (RawPhone phone = live.phone()) {
            assertThat(phone.get("/a").reply().status()).isEqualTo(200);
        }
        assertThat(live.logged).hasSizeLessThanOrEqualTo(1);
    }
}
