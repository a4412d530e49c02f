// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.autoprov.core.request.FileContent;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Header fields that the listener reads itself. An input's line ends separate its fields. */
final class HeaderFuzzTest {

    private static final FileContent GENERATED = FileContent.generated("a", "text/plain", new byte[] {1}, "\"1\"");
    private static final FileContent ON_DISK =
            FileContent.onDisk("a", "text/plain", Path.of("a"), 7, Instant.parse("2026-11-23T10:00:00Z"));
    private static final HttpHeader[] CONDITIONS = {
        HttpHeader.IF_MATCH,
        HttpHeader.IF_NONE_MATCH,
        HttpHeader.IF_MODIFIED_SINCE,
        HttpHeader.IF_UNMODIFIED_SINCE,
        HttpHeader.IF_RANGE
    };

    /** Each line is one X-Forwarded-For field. */
    @FuzzTest
    void clientIsAnAddressOrRefused(byte[] octets) throws BadRequestException {
        for (int proxies = 1; proxies <= 3; proxies++) {
            InetAddress client;
            try {
                client = ClientAddress.forwarded(fields(octets), proxies);
            } catch (BadRequestException e) {
                continue;
            }
            if (client instanceof Inet6Address six) {
                assertThat(six.getScopeId()).isZero();
            }
            assertThat(ClientAddress.forwarded(List.of(client.getHostAddress()), 1))
                    .isEqualTo(client);
        }
    }

    /** The octets are one Range field. */
    @FuzzTest
    void rangeLiesInTheFile(byte[] octets) {
        for (long size : new long[] {0, 1, 10, 1000, Long.MAX_VALUE}) {
            ByteRange range = ByteRange.parse(text(octets), size);
            if (range == null) {
                continue;
            }
            assertThat(range.contentRange(size)).matches("bytes ([0-9]+-[0-9]+|\\*)/[0-9]+");
            if (range != ByteRange.OUTSIDE) {
                assertThat(range.first()).isBetween(0L, size - 1);
                assertThat(range.length()).isBetween(1L, size - range.first());
            }
        }
    }

    /** The lines are If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since, If-Range; an empty one is none. */
    @FuzzTest
    void conditionsAreAnswered(byte[] octets) {
        List<String> lines = fields(octets);
        HttpFields.Mutable headers = HttpFields.build();
        for (int i = 0; i < CONDITIONS.length && i < lines.size(); i++) {
            if (!lines.get(i).isEmpty()) {
                headers.add(CONDITIONS[i], lines.get(i));
            }
        }
        for (FileContent file : List.of(GENERATED, ON_DISK)) {
            int status = Preconditions.evaluate(headers, file);
            assertThat(status).isIn(200, 304, 412);
            if (!headers.contains(HttpHeader.IF_MATCH)
                    && !headers.contains(HttpHeader.IF_NONE_MATCH)
                    && file.lastModified() == null) {
                assertThat(status).as("no tag asked for, no date to compare").isEqualTo(200);
            }
            Preconditions.rangeApplies(headers, file);
        }
    }

    /** Control characters do not get through the parser of requests, except the tabulator. */
    private static List<String> fields(byte[] octets) {
        return text(octets)
                .lines()
                .map(line -> line.replaceAll("[\\p{Cntrl}&&[^\t]]", "").strip())
                .toList();
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
