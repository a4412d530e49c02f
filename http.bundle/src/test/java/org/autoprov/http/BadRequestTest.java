// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.autoprov.core.request.FileContent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that make no sense, octet for octet, and what becomes of them. */
final class BadRequestTest {

    private static LiveServer live;

    @BeforeAll
    static void open() throws IOException {
        live = new LiveServer();
        live.core.files.put("a.cfg", FileContent.generated("a.cfg", "text/plain", new byte[] {'a'}, "\"1\""));
    }

    @AfterAll
    static void close() {
        live.close();
    }

    @AfterEach
    void theNextPhoneIsServedAndTheLogIsQuiet() throws IOException {
        try (RawPhone phone = live.phone()) {
            assertThat(phone.get("/a.cfg").reply().status()).isEqualTo(200);
        }
        assertThat(live.logged)
                .filteredOn(entry -> !entry.getMessage().startsWith("Refused "))
                .isEmpty();
        assertThat(live.logged).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%",
                "/a%",
                "/a%4",
                "/a%zz",
                "/%u0041",
                "/a%00",
                "/%00",
                "/a%0d%0aX:y",
                "/%7f",
                "/%c2%85",
                "/..",
                "/.",
                "/../a.cfg",
                "/x/../a.cfg",
                "/x/..",
                "/./a.cfg",
                "/%2e%2e/a.cfg",
                "/%2E./a.cfg",
                "/x/.%2e/y",
                "/x\\y",
                "/..\\a",
                "/%5c",
                "/%5C..%5ca",
                "/%2f",
                "/a%2Fb",
                "/..%2fa",
                "/%c0%ae%c0%ae/a",
                "/%c0%af",
                "/%e0%80%af",
                "/%ff",
                "/%ed%a0%80",
                "/a;b",
                "/a;jsessionid=1",
                "/..;/a",
                "/a.cfg#part",
                "a.cfg",
                "*",
                "phones:80",
                "http://user@phones/a.cfg",
                "/\u00ff",
                "/\u00c0\u00ae"
            })
    void refusesTarget(String target) throws IOException {
        live.core.last = null;
        try (RawPhone phone = live.phone()) {
            RawPhone.Reply reply = phone.get(target).reply();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).isEmpty();
            assertThat(live.core.last).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/a.cfg a.cfg",
                "//a.cfg a.cfg",
                "///x///a.cfg x/a.cfg",
                "/x// x/",
                "http://phones/a.cfg a.cfg",
                "/%61.cfg a.cfg",
                "/fw(2),3%20b.rom 'fw(2),3 b.rom'",
                "/%252e%252e/a %2e%2e/a",
                "/a%253b a%3b",
                "/... ...",
                "/..a ..a",
                "/a+b a+b",
                "/%C3%A4.cfg \u00e4.cfg",
                "/[x]{y}|^` [x]{y}|^`",
                "/a?x=/../ a",
                "/%3Fa=b ?a=b"
            })
    void decodesPathOnce(String target, String path) throws IOException {
        try (RawPhone phone = live.phone()) {
            assertThat(phone.get(target).reply().status()).isIn(200, 404);
            assertThat(live.core.last.path()).isEqualTo(path);
        }
    }

    static Stream<Object[]> malformed() {
        String host = "Host: phones\r\n";
        return Stream.of(
                new Object[] {"no Host", 400, "GET /a.cfg HTTP/1.1\r\n\r\n"},
                new Object[] {"two Hosts", 400, "GET /a.cfg HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
                new Object[] {"the same Host twice", 400, "GET /a.cfg HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"},
                new Object[] {"a Host that is none", 400, "GET /a.cfg HTTP/1.1\r\nHost: a b/c:99999\r\n\r\n"},
                new Object[] {"HTTP/0.9", 400, "GET /a.cfg\r\n\r\n"},
                new Object[] {"HTTP/2 preface", 400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
                new Object[] {"HTTP/3 as text", 400, "GET / HTTP/3.0\r\n" + host + "\r\n"},
                new Object[] {"no HTTP", 400, "GET /a.cfg SIP/2.0\r\n" + host + "\r\n"},
                new Object[] {"TLS hello", 400, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"},
                new Object[] {"zero octets", 400, "\0\0\0\0\0\0\0\0\r\n\r\n"},
                new Object[] {"length of letters", 400, "PUT /a HTTP/1.1\r\n" + host + "Content-Length: x\r\n\r\n"},
                new Object[] {"negative length", 400, "PUT /a HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n"},
                new Object[] {
                    "endless length", 400, "PUT /a HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n\r\n"
                },
                new Object[] {
                    "two lengths",
                    400,
                    "PUT /a HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"
                },
                new Object[] {
                    "length and encoding",
                    400,
                    "PUT /a HTTP/1.1\r\n" + host + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                },
                new Object[] {"unknown encoding", 400, "PUT /a HTTP/1.1\r\n" + host + "Transfer-Encoding: rot13\r\n\r\n"
                },
                new Object[] {
                    "broken chunk", 400, "PUT /a HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n"
                },
                new Object[] {"space before colon", 400, "GET /a.cfg HTTP/1.1\r\n" + host + "X : y\r\n\r\n"},
                new Object[] {"folded field", 400, "GET /a.cfg HTTP/1.1\r\n" + host + "X: y\r\n z\r\n\r\n"},
                new Object[] {"field without colon", 400, "GET /a.cfg HTTP/1.1\r\n" + host + "XY\r\n\r\n"},
                new Object[] {"NUL in field", 400, "GET /a.cfg HTTP/1.1\r\n" + host + "X: a\0b\r\n\r\n"},
                new Object[] {"field name of nothing", 400, "GET /a.cfg HTTP/1.1\r\n" + host + ": y\r\n\r\n"},
                new Object[] {
                    "User-Agent of 64 KiB",
                    431,
                    "GET /a.cfg HTTP/1.1\r\n" + host + "User-Agent: " + "x".repeat(65_536) + "\r\n\r\n"
                },
                new Object[] {
                    "flood of fields", 431, "GET /a.cfg HTTP/1.1\r\n" + host + "X: y\r\n".repeat(20_000) + "\r\n"
                },
                new Object[] {"path of 64 KiB", 414, "GET /" + "x".repeat(65_536) + " HTTP/1.1\r\n" + host + "\r\n"});
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void answersMalformedRequestAndCloses(String what, int status, String octets) throws IOException {
        try (RawPhone phone = live.phone()) {
            RawPhone.Reply reply = phone.send(octets).reply();
            assertThat(reply.status()).as(what).isEqualTo(status);
            assertThat(reply.body()).isEmpty();
            assertThat(reply.headers()).doesNotContainKeys("Server", "X-Powered-By", "Cache-Control");
            assertThat(phone.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "DELETE", "PATCH", "TRACE", "PROPFIND", "FOO", "get", "SUBSCRIBE"})
    void answersOtherMethodsWithWhatIsAllowed(String method) throws IOException {
        try (RawPhone phone = live.phone()) {
            RawPhone.Reply reply = phone.send(method + " /a.cfg HTTP/1.1\r\nHost: phones\r\n\r\n")
                    .reply();
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("Allow")).isEqualTo("GET, HEAD, PUT, POST");
            assertThat(reply.body()).isEmpty();
            assertThat(phone.get("/a.cfg").reply().status())
                    .as("the connection stays")
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS *", "CONNECT phones:443"})
    void answersMethodsWithoutPathWithWhatIsAllowed(String line) throws IOException {
        try (RawPhone phone = live.phone()) {
            RawPhone.Reply reply =
                    phone.send(line + " HTTP/1.1\r\nHost: phones:443\r\n\r\n").reply();
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("Allow")).isEqualTo("GET, HEAD, PUT, POST");
        }
    }

    @Test
    void keepsConnectionAfterBadPath() throws IOException {
        try (RawPhone phone = live.phone()) {
            assertThat(phone.get("/x/../y").reply().status()).isEqualTo(400);
            assertThat(phone.get("/a.cfg").reply().status()).isEqualTo(200);
        }
    }

    @Test
    void servesAnyHost() throws IOException {
        try (RawPhone phone = live.phone()) {
            for (String host : new String[] {"10.0.0.1:8667", "[2001:db8::1]:80", "who.is.this"}) {
                phone.send("GET /a.cfg HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
                assertThat(phone.reply().status()).as(host).isEqualTo(200);
            }
        }
    }
}
