// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies and requests that are not framed as they should be. */
final class HostileConnectionTest {

    private static final String BODY = "{\"device\":{\"id\":\"d\"}}";
    private static final String POST = "POST /0.2/dev_mgr/devices HTTP/1.1\r\nHost: t\r\nX-Auth-Token: master\r\n"
            + "Content-Type: " + Reply.JSON + "\r\n";
    private static final String CLOSE = "Connection: close\r\n";

    private final ErrorLog log = new ErrorLog();
    private LiveApi api;
    private FakeApi.State before;

    @BeforeEach
    void open() throws IOException {
        api = new LiveApi();
        before = api.state();
    }

    @AfterEach
    void close() {
        api.close();
        log.close();
        assertThat(log.errors()).isEmpty();
    }

    /** All that comes back. @param ends whether the client says that it sends no more */
    private String send(boolean ends, byte[]... parts) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            for (byte[] part : parts) {
                out.write(part);
                out.flush();
            }
            if (ends) {
                socket.shutdownOutput();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private String send(String request) throws IOException {
        return send(false, request.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    private void nothingWasDone() {
        assertThat(api.state()).isEqualTo(before);
    }

    @Test
    void aBodyMayComeInChunks() throws IOException {
        String chunks = "5\r\n{\"dev\r\n10;x=y\r\nice\":{\"id\":\"d\"}}\r\n0\r\nTrailer: x\r\n\r\n";
        assertThat(status(send(POST + CLOSE + "Transfer-Encoding: chunked\r\n\r\n" + chunks)))
                .isEqualTo(201);
        assertThat(api.devices.devices).containsOnlyKeys("d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n0\r\n\r\n", "ffffffffffffffff\r\n{}\r\n0\r\n\r\n"})
    void brokenChunksAreNoBody(String chunks) throws IOException {
        assertThat(status(send(POST + CLOSE + "Transfer-Encoding: chunked\r\n\r\n" + chunks)))
                .isEqualTo(400);
        nothingWasDone();
    }

    @Test
    void aBodyThatIsTooLongIsRefusedHoweverItComes() throws IOException {
        String text = "{\"device\":{\"id\":\"d\",\"description\":\"" + "x".repeat(LiveApi.BODY_MAX) + "\"}}";
        String whole = send(POST + CLOSE + "Content-Length: " + text.length() + "\r\n\r\n" + text);
        assertThat(status(whole)).isEqualTo(413);
        assertThat(whole).endsWith("a body must not be longer than " + LiveApi.BODY_MAX + " bytes");
        String chunks = POST + CLOSE + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(text.length())
                + "\r\n" + text + "\r\n0\r\n\r\n";
        assertThat(status(send(chunks))).isEqualTo(413);
        String announced = send(POST + CLOSE + "Expect: 100-continue\r\nContent-Length: 9999999999\r\n\r\n");
        assertThat(status(announced)).isEqualTo(413);
        nothingWasDone();
    }

    @Test
    void aBodyOfExactlyTheLimitIsTaken() throws IOException {
        String start = "{\"device\":{\"id\":\"d\",\"description\":\"";
        String text = start + "x".repeat(LiveApi.BODY_MAX - start.length() - 3) + "\"}}";
        assertThat(text).hasSize(LiveApi.BODY_MAX);
        assertThat(status(send(POST + CLOSE + "Content-Length: " + text.length() + "\r\n\r\n" + text)))
                .isEqualTo(201);
        String longer = text + ' ';
        assertThat(status(send(POST + CLOSE + "Content-Length: " + longer.length() + "\r\n\r\n" + longer)))
                .isEqualTo(413);
    }

    @Test
    void whoAsksFirstIsToldToGoOnOnlyWhenTheBodyIsWanted() throws IOException {
        String expect = CLOSE + "Expect: 100-continue\r\nContent-Length: " + BODY.length() + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((POST + expect).getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(25), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            socket.getOutputStream().write(BODY.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 201 ");
        }
        for (String wrong : new String[] {
            POST.replace("master", "nonsense"),
            POST.replace(Reply.JSON, "text/plain"),
            POST.replace("/devices", "/nowhere")
        }) {
            String refused = send(wrong + expect);
            assertThat(refused).doesNotContain("100 Continue");
            assertThat(status(refused)).isIn(401, 404, 415);
        }
        assertThat(api.devices.devices).containsOnlyKeys("d");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 20})
    void aBodyThatBreaksOffIsNoBody(int length) throws IOException {
        String part = BODY.substring(0, length);
        String answer = send(
                true,
                (POST + CLOSE + "Content-Length: " + BODY.length() + "\r\n\r\n" + part)
                        .getBytes(StandardCharsets.US_ASCII));
        if (!answer.isEmpty()) { // the connection may be gone as well
            assertThat(status(answer)).isEqualTo(400);
        }
        nothingWasDone();
    }

    @Test
    void aLengthThatIsTooShortCutsTheBody() throws IOException {
        assertThat(status(send(POST + CLOSE + "Content-Length: 10\r\n\r\n" + BODY)))
                .isEqualTo(400);
        nothingWasDone();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Content-Length: -1
            Content-Length: x
            Content-Length: 21, 22
            Content-Length: 99999999999999999999
            Content-Length: 21\\r\\nContent-Length: 22
            Content-Length: 21\\r\\nTransfer-Encoding: chunked
            Transfer-Encoding: gzip
            Transfer-Encoding: identity\\r\\nContent-Length: 21
            """)
    void contradictoryLengthsAreRefused(String field) throws IOException {
        String answer = send(
                true,
                (POST + CLOSE + field.replace("\\r\\n", "\r\n") + "\r\n\r\n" + BODY)
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(status(answer)).isEqualTo(400);
        nothingWasDone();
    }

    @Test
    void packedBodiesAreNotUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(BODY.getBytes(StandardCharsets.UTF_8));
        }
        String head = POST + CLOSE + "Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n";
        String answer = send(false, head.getBytes(StandardCharsets.US_ASCII), packed.toByteArray());
        assertThat(status(answer)).isEqualTo(400);
        assertThat(answer).endsWith("Invalid JSON document: it is not UTF-8");
        nothingWasDone();
    }

    /** A body that nobody read must never be taken for the next request. */
    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "master"})
    void aRefusedBodyIsNoRequest(String token) throws IOException {
        String inner = POST + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY;
        String outer = "POST /0.2/dev_mgr/nowhere HTTP/1.1\r\nHost: t\r\nX-Auth-Token: " + token
                + "\r\nContent-Length: " + inner.length() + "\r\n\r\n" + inner;
        String next = "GET /0.2/status HTTP/1.1\r\nHost: t\r\nX-Auth-Token: master\r\n" + CLOSE + "\r\n";
        String answers = send(outer + next);
        assertThat(answers)
                .startsWith("HTTP/1.1 404 ")
                .contains("HTTP/1.1 200 ")
                .doesNotContain("HTTP/1.1 201 ");
        nothingWasDone();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /0.2/dev_mgr/devices/LONG HTTP/1.1     | 404
            GET /0.2/%64ev_mgr HTTP/1.1                | 404
            GET //0.2/status HTTP/1.1                  | 404
            GET /0.2/./status HTTP/1.1                 | 404
            GET /0.2/x/../status HTTP/1.1              | 404
            GET /0.2/status;x=y HTTP/1.1               | 404
            GET /0.2/status%3Fx HTTP/1.1               | 404
            GET /0.2/status? HTTP/1.1                  | 200
            GET /0.2/status?%zz=%&x=%C3 HTTP/1.1       | 200
            GET http://t/0.2/status HTTP/1.1           | 200
            GET http://elsewhere/0.2/status HTTP/1.1   | 400
            OPTIONS /0.2/status HTTP/1.1               | 200
            OPTIONS /%41/%2F/nowhere HTTP/1.1          | 200
            OPTIONS * HTTP/1.1                         | 200
            TRACE /0.2/status HTTP/1.1                 | 405
            BREW /0.2/status HTTP/1.1                  | 405
            GET /0.2/dev_mgr/devices/%00 HTTP/1.1      | 400
            GET /0.2/dev_mgr/devices/%2F..%2F HTTP/1.1 | 400
            GET /0.2/dev_mgr/devices/%252F HTTP/1.1    | 404
            GET /0.2/dev_mgr/devices/a\\\\b HTTP/1.1   | 404
            GET /0.2/status                            | 400
            GET /0.2/status HTTP/9.9                   | 400
            """)
    void requestsAreTakenAsTheyAreWritten(String line, int status) throws IOException {
        String answer = send(
                true,
                (line.replace("LONG", "x".repeat(10_000)) + "\r\nHost: t\r\nX-Auth-Token: master\r\n" + CLOSE + "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(status(answer)).isEqualTo(status);
        assertThat(answer).contains("Access-Control-Allow-Origin: *");
        nothingWasDone();
    }

    @Test
    void headsWithoutAnEndAreCutOff() throws IOException {
        String answer = send("GET /0.2/status?" + "x".repeat(70_000) + " HTTP/1.1\r\nHost: t\r\n" + CLOSE + "\r\n");
        assertThat(status(answer)).isIn(414, 431);
        String fields = "X: y\r\n".repeat(20_000);
        assertThat(status(send("GET /0.2/status HTTP/1.1\r\nHost: t\r\n" + fields + CLOSE + "\r\n")))
                .isEqualTo(431);
    }

    @Test
    void fieldsOfAnotherAlphabetAreNoToken() throws IOException {
        for (String token : new String[] {"m\u00e4ster", "master\u0000", "\u00ff", "master, master", "master;x"}) {
            String answer =
                    send("GET /0.2/status HTTP/1.1\r\nHost: t\r\nX-Auth-Token: " + token + "\r\n" + CLOSE + "\r\n");
            assertThat(status(answer)).as(token).isIn(400, 401);
        }
    }
}
