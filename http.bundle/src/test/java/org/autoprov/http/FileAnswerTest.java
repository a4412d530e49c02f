// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.autoprov.core.request.FileContent;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneReply.Status;
import org.autoprov.core.request.PhoneRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a phone gets for a file that it may have. */
final class FileAnswerTest {

    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.750Z");
    private static final String ETAG = "\"ten\"";

    private static LiveServer live;
    private static Path folder;
    private static byte[] bigBytes;

    @BeforeAll
    static void open(@TempDir Path temp) throws IOException {
        folder = temp;
        live = new LiveServer();
        byte[] ten = "0123456789".getBytes(StandardCharsets.US_ASCII);
        live.core.files.put("ten", new FileContent("ten", "text/plain", ten, null, 10, TIME, ETAG));
        live.core.files.put("undated", FileContent.generated("undated", "text/xml;charset=utf-8", ten, ETAG));
        live.core.files.put("empty", FileContent.generated("empty", "text/plain", new byte[0], "\"e\""));
        put("disk", ten);
        put("nothing", new byte[0]);
        bigBytes = new byte[20 * 1024 * 1024 + 12_345];
        new Random(7).nextBytes(bigBytes);
        put("big", bigBytes);
    }

    private static Path put(String name, byte[] bytes) throws IOException {
        Path path = Files.write(folder.resolve(name), bytes);
        live.core.files.put(name, FileContent.onDisk(name, "application/octet-stream", path, bytes.length, TIME));
        return path;
    }

    @AfterAll
    static void close() {
        live.close();
    }

    private static RawPhone.Reply get(String target, String... fields) throws IOException {
        try (RawPhone phone = live.phone()) {
            return phone.get(target, fields).reply();
        }
    }

    @Test
    void sendsGeneratedFileWithExactLength() throws IOException {
        RawPhone.Reply reply = get("/undated");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).asString().isEqualTo("0123456789");
        assertThat(reply.headers())
                .containsEntry("Content-Length", "10")
                .containsEntry("Content-Type", "text/xml;charset=utf-8")
                .containsEntry("ETag", ETAG)
                .containsEntry("Accept-Ranges", "bytes")
                .containsKey("Date")
                .doesNotContainKeys("Last-Modified", "Server", "Transfer-Encoding", "X-Powered-By");
    }

    @Test
    void tellsTimeOfFileAsHttpDate() throws IOException {
        assertThat(get("/ten").header("Last-Modified")).isEqualTo("Sun, 01 Mar 2026 12:00:00 GMT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ten", "/undated", "/empty", "/disk", "/nothing", "/big", "/unknown", "/a/../b"})
    void answersHeadLikeGet(String target) throws IOException {
        RawPhone.Reply whole = get(target);
        try (RawPhone phone = live.phone()) {
            phone.send("HEAD " + target + " HTTP/1.1\r\nHost: phones\r\n\r\n");
            RawPhone.Reply head = phone.reply(false);
            assertThat(head.status()).isEqualTo(whole.status());
            assertThat(withoutDate(head)).isEqualTo(withoutDate(whole));
            if (whole.status() == 200) {
                assertThat(live.core.last.action()).isEqualTo(PhoneRequest.Action.LOOK);
                assertThat(phone.get("/ten").reply().body())
                        .as("nothing was left over")
                        .hasSize(10);
            }
        }
    }

    private static Map<String, String> withoutDate(RawPhone.Reply reply) {
        Map<String, String> headers = new TreeMap<>(reply.headers());
        headers.remove("Date");
        return headers;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "bytes=0-3       | 206 | bytes 0-3/10 | 0123",
                "bytes=9-        | 206 | bytes 9-9/10 | 9",
                "bytes=-3        | 206 | bytes 7-9/10 | 789",
                "bytes=-30       | 206 | bytes 0-9/10 | 0123456789",
                "bytes=4-400     | 206 | bytes 4-9/10 | 456789",
                "BYTES=1-1       | 206 | bytes 1-1/10 | 1",
                "bytes= 1 - 2    | 206 | bytes 1-2/10 | 12",
                "bytes=0-99999999999999999999999 | 206 | bytes 0-9/10 | 0123456789",
                "bytes=10-       | 416 | bytes */10   | ''",
                "bytes=99999999999999999999999-  | 416 | bytes */10 | ''",
                "bytes=-0        | 416 | bytes */10   | ''",
                "bytes=0-1,3-4   | 200 | -            | 0123456789",
                "bytes=5-3       | 200 | -            | 0123456789",
                "bytes=-         | 200 | -            | 0123456789",
                "bytes=a-b       | 200 | -            | 0123456789",
                "bytes=--1       | 200 | -            | 0123456789",
                "bytes=          | 200 | -            | 0123456789",
                "lines=0-3       | 200 | -            | 0123456789"
            })
    void sendsPartOfFile(String range, int status, String contentRange, String body) throws IOException {
        for (String target : new String[] {"/ten", "/disk"}) {
            RawPhone.Reply reply = get(target, "Range: " + range);
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.header("Content-Range")).isEqualTo(contentRange);
            assertThat(reply.body()).asString().isEqualTo(body);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | X: y",
                "304 | If-None-Match: \"ten\"",
                "304 | If-None-Match: W/\"ten\"",
                "304 | If-None-Match: \"a\", \"ten\"",
                "304 | If-None-Match: \"a,b\",W/\"c\",,\"ten\"",
                "200 | If-None-Match: \"a, \"ten\"",
                "304 | If-None-Match: *",
                "200 | If-None-Match: \"other\"",
                "200 | If-None-Match: ten",
                "200 | If-Match: \"ten\"",
                "200 | If-Match: *",
                "200 | If-Match: \"x\", \"ten\"",
                "412 | If-Match: \"other\"",
                "412 | If-Match: W/\"ten\"",
                "304 | If-Modified-Since: Sun, 01 Mar 2026 12:00:00 GMT",
                "304 | If-Modified-Since: Mon, 02 Mar 2026 12:00:00 GMT",
                "200 | If-Modified-Since: Sun, 01 Mar 2026 11:59:59 GMT",
                "304 | If-Modified-Since: Sunday, 01-Mar-26 12:00:00 GMT",
                "200 | If-Modified-Since: yesterday",
                "200 | If-Modified-Since: 01/03/2099",
                "200 | If-Modified-Since: Sun, 99 Foo 2026 99:99:99 GMT",
                "200 | If-Modified-Since: -1",
                "200 | If-Modified-Since: 0",
                "200 | If-Unmodified-Since: Sun, 01 Mar 2026 12:00:00 GMT",
                "412 | If-Unmodified-Since: Sun, 01 Mar 2026 11:59:59 GMT",
                "200 | If-Unmodified-Since: ???",
                "200 | If-None-Match: \"o\"~If-Modified-Since: Mon, 02 Mar 2026 12:00:00 GMT",
                "200 | If-Match: \"ten\"~If-Unmodified-Since: Sun, 01 Mar 2026 11:59:59 GMT",
                "304 | If-Match: \"ten\"~If-None-Match: \"ten\"",
                "206 | Range: bytes=0-1~If-Range: \"ten\"",
                "200 | Range: bytes=0-1~If-Range: \"other\"",
                "200 | Range: bytes=0-1~If-Range: W/\"ten\"",
                "206 | Range: bytes=0-1~If-Range: Sun, 01 Mar 2026 12:00:00 GMT",
                "200 | Range: bytes=0-1~If-Range: Mon, 02 Mar 2026 12:00:00 GMT",
                "200 | Range: bytes=0-1~If-Range: soon",
                "304 | Range: bytes=0-1~If-None-Match: \"ten\"",
                "412 | Range: bytes=50-~If-Match: \"other\""
            })
    void honoursConditions(int status, String fields) throws IOException {
        RawPhone.Reply reply = get("/ten", fields.split("~"));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("ETag")).isEqualTo(ETAG);
        if (status >= 300) {
            assertThat(reply.body()).isEmpty();
        }
    }

    @Test
    void ignoresDatesForFileWithoutOne() throws IOException {
        assertThat(get("/undated", "If-Modified-Since: Mon, 02 Mar 2099 12:00:00 GMT")
                        .status())
                .isEqualTo(200);
        assertThat(get("/undated", "If-Unmodified-Since: Mon, 02 Mar 2000 12:00:00 GMT")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tellsFollowersOfLargeFilesOnly() throws Exception {
        live.monitor.followed = true;
        try {
            try (RawPhone slow = live.phone()) {
                slow.get("/big");
                Thread.sleep(1_100);
                slow.reply();
            }
            get("/disk");
            try (RawPhone gone = live.phone()) {
                gone.get("/big");
                gone.socket.getInputStream().read();
                gone.socket.setSoLinger(true, 0);
            }
            await().until(() -> live.monitor.told.size() == 3);
        } finally {
            live.monitor.followed = false;
        }
        assertThat(live.monitor.told.get(0)).matches("big RUNNING \\d+/" + bigBytes.length);
        assertThat(live.monitor.told.get(1)).isEqualTo("big DONE " + bigBytes.length + "/" + bigBytes.length);
        assertThat(live.monitor.told.get(2)).matches("big BROKEN \\d+/" + bigBytes.length + " !");
    }

    @Test
    void sendsBigFileFromDiskByteForByte() throws IOException {
        try (RawPhone phone = live.phone()) {
            for (int i = 0; i < 3; i++) {
                assertThat(Arrays.equals(phone.get("/big").reply().body(), bigBytes))
                        .isTrue();
            }
            RawPhone.Reply part =
                    phone.get("/big", "Range: bytes=1048570-4000000").reply();
            assertThat(part.status()).isEqualTo(206);
            assertThat(Arrays.equals(part.body(), Arrays.copyOfRange(bigBytes, 1_048_570, 4_000_001)))
                    .isTrue();
        }
    }

    @Test
    void sendsOldContentWholeWhenFileIsReplacedMeanwhile() throws IOException {
        Path path = put("replaced", bigBytes);
        try (RawPhone phone = live.phone()) {
            phone.socket.setReceiveBufferSize(65_536);
            phone.get("/replaced");
            Path other = Files.write(folder.resolve("other"), new byte[] {1});
            // The transfer has begun once the first octets are here.
            while (phone.socket.getInputStream().available() == 0) {
                Thread.onSpinWait();
            }
            Files.move(other, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            assertThat(Arrays.equals(phone.reply().body(), bigBytes)).isTrue();
        }
        assertThat(get("/replaced").status())
                .as("what core says of it is outdated")
                .isEqualTo(503);
    }

    @Test
    void asksToComeBackWhenFileIsGone() throws IOException {
        Files.delete(put("gone", new byte[] {1}));
        RawPhone.Reply reply = get("/gone");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.headers()).containsKey("Retry-After").doesNotContainKeys("ETag", "Last-Modified");
    }

    @ParameterizedTest
    @EnumSource(value = Status.class, mode = EnumSource.Mode.EXCLUDE, names = "SERVED")
    void answersWithStatusAndNothingElse(Status status) throws IOException {
        live.core.replies.put("odd", PhoneReply.of(status, "a reason that phones do not see"));
        RawPhone.Reply reply = get("/odd");
        assertThat(reply.status()).isEqualTo(status.http());
        assertThat(reply.body()).isEmpty();
        assertThat(reply.header("Content-Length")).isEqualTo("0");
        assertThat(reply.header("Allow")).isEqualTo(status == Status.NOT_WRITABLE ? "GET, HEAD" : null);
    }

    @Test
    void showsNothingOfABug() throws IOException {
        try (RawPhone phone = live.phone()) {
            RawPhone.Reply reply = phone.get("/bug").reply();
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body()).isEmpty();
            assertThat(phone.get("/ten").reply().status()).isEqualTo(200);
        }
    }

    @Test
    void handsOverWhatThePhoneSaid() throws IOException {
        get("/a%20b?mac=1&mac=2&x=a%2Bb+c&odd=%zz&flag", "User-Agent: Acme 1", "X-Note: first", "x-note: second");
        PhoneRequest request = live.core.last;
        assertThat(request.path()).isEqualTo("a b");
        assertThat(request.query()).isEqualTo(Map.of("mac", "1", "x", "a+b c", "odd", "%zz", "flag", ""));
        assertThat(request.userAgent()).isEqualTo("Acme 1");
        assertThat(request.header("X-NOTE")).isEqualTo("first");
        assertThat(request.client().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(request.server().getPort()).isEqualTo(live.port());
    }

    @Test
    void handsOverNoMoreThanSixtyFourFields() throws IOException {
        String[] fields = new String[100];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = "X-" + i + ": y";
        }
        assertThat(get("/ten", fields).status()).isEqualTo(200);
        assertThat(live.core.last.header("X-62")).isEqualTo("y");
        assertThat(live.core.last.header("X-63")).isNull();
    }
}
