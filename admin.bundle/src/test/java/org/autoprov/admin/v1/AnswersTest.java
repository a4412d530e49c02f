// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of lists, and what else all answers share. */
final class AnswersTest {

    @TempDir
    Path folder;

    private V1Harness server;

    @BeforeEach
    void start() throws RefusedException {
        server = new V1Harness(folder);
        for (int i = 0; i < 23; i++) {
            server.call(server.east, "POST", "/1/devices", Map.of("id", "d%02d".formatted(i), "vendor", "A & B"));
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static List<Object> ids(V1Harness.Answer answer) {
        List<Object> ids = new ArrayList<>();
        answer.items().forEach(item -> ids.add(((Map<?, ?>) item).get("id")));
        return ids;
    }

    /** Follows the Link until there is none. */
    private List<Object> walk(String path) throws RefusedException {
        List<Object> all = new ArrayList<>();
        for (String at = path; at != null; ) {
            V1Harness.Answer answer = server.call(server.east, "GET", at, null);
            assertThat(answer.status()).as(at).isEqualTo(200);
            assertThat(answer.at("total")).isEqualTo(23L);
            all.addAll(ids(answer));
            String link = answer.header("Link");
            assertThat(link == null).isEqualTo(answer.at("next") == null);
            assertThat(all.size()).isLessThan(100);
            at = link == null ? null : link.substring(1, link.indexOf('>'));
            if (link != null) {
                assertThat(link).isEqualTo("<" + at + ">; rel=\"next\"");
            }
        }
        return all;
    }

    @Test
    void followingTheLinksGivesEachOnce() throws RefusedException {
        List<Object> whole = ids(server.call(server.east, "GET", "/1/devices", null));
        assertThat(whole).hasSize(23).isSorted();
        for (int limit : List.of(1, 2, 22, 23, 24, 1000)) {
            assertThat(walk("/1/devices?vendor=A%20%26%20B&limit=" + limit)).isEqualTo(whole);
        }
    }

    @Test
    void whatComesAndGoesMeanwhileShiftsNothing() throws RefusedException {
        V1Harness.Answer first = server.call(server.east, "GET", "/1/devices?limit=10", null);
        server.call(server.east, "DELETE", "/1/devices/d09", null);
        server.call(server.east, "DELETE", "/1/devices/d03", null);
        server.call(server.east, "POST", "/1/devices", Map.of("id", "a"));
        V1Harness.Answer second =
                server.call(server.east, "GET", "/1/devices?limit=10&after=" + first.at("next"), null);
        assertThat(ids(second)).startsWith("d10", "d11").hasSize(10);
    }

    @Test
    void refusesLimitsThatAreNone() throws RefusedException {
        for (String limit : List.of("0", "-1", "1001", "x", "", "1.5", "99999999999999999999")) {
            assertThat(server.call(server.east, "GET", "/1/devices?limit=" + limit, null)
                            .status())
                    .as(limit)
                    .isEqualTo(400);
        }
    }

    @Test
    void everyAnswerMayBeReadByAPageFromElsewhereAndIsKeptByNobody() throws RefusedException {
        V1Harness.Answer answer = server.call(server.east, "GET", "/1/devices/d01", null);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        TreeSet<String> exposed = new TreeSet<>(
                List.of(answer.header("Access-Control-Expose-Headers").split(", ")));
        assertThat(exposed).contains("ETag", "Link", "Location");
        V1Harness.Answer preflight = server.callWith(null, "OPTIONS", "/1/devices/d01", null);
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Headers")).contains("If-Match", "Idempotency-Key");
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("PATCH");
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() throws RefusedException {
        V1Harness.Answer answer = server.call(server.east, "PUT", "/1/devices", Map.of());
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        assertThat(answer.at("type")).isEqualTo("/1/problems/method-not-allowed");
    }

    @Test
    void timesHaveMillisecondsAndAreInUtc() {
        assertThat(Answers.time(null)).isNull();
        assertThat(Answers.time(Instant.parse("2026-11-20T08:00:00.123456789Z")))
                .isEqualTo("2026-11-20T08:00:00.123Z");
    }
}
