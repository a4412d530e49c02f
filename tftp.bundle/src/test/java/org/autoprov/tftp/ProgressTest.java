// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.autoprov.core.request.PhoneReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What those who follow along get to know. */
final class ProgressTest {

    private VirtualServer server;
    private Trace trace;

    @BeforeEach
    void open() throws IOException {
        server = new VirtualServer(VirtualServer.options(false), null, 60_000);
        server.monitor.followed = true;
        server.core.put("large", LiveServer.bytes(500_000));
        server.core.put("small", LiveServer.bytes(200_000));
        trace = new Trace(server);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void play(String script) {
        script.lines().map(String::strip).forEach(trace::play);
    }

    @Test
    void tellsOfLargeFileOnceASecondAndWhenItIsDone() {
        play("""
                > RRQ large octet blksize=50000
                < OACK blksize=50000
                > ACK 0
                ~ 1 to 3 of 50000
                < DATA 4 50000
                < nothing 190""");
        assertThat(server.monitor.told).isEmpty();
        play("""
                < DATA 4 50000
                < DATA 4 50000
                < DATA 4 50000""");
        assertThat(server.monitor.told).containsExactly("large RUNNING 150000/500000");
        play("""
                > ACK 4
                < DATA 5 50000
                > ACK 5
                ~ 6 to 10 of 50000
                < DATA 11 0
                > ACK 11""");
        assertThat(server.monitor.told).containsExactly("large RUNNING 150000/500000", "large DONE 500000/500000");
        assertThat(server.isQuietAfter(3_000)).isTrue();
        assertThat(server.monitor.told).hasSize(2);
    }

    @Test
    void tellsOfSmallOneOnlyWhenItBreaksOff() {
        play("""
                > RRQ small octet blksize=50000 timeout=2
                < OACK blksize=50000 timeout=2
                > ACK 0
                < DATA 1 50000
                < DATA 1 50000
                > ACK 1
                < DATA 2 50000
                > ERROR 3 full""");
        assertThat(server.monitor.told).containsExactly("small BROKEN 50000/200000: the phone sent error 3");
    }

    @Test
    void tellsOfPhoneThatVanished() {
        play("> RRQ small octet timeout=1");
        assertThat(server.isQuietAfter(3_000)).isTrue();
        assertThat(server.monitor.told).containsExactly("small BROKEN 0/200000: the phone does not answer");
    }

    @Test
    void tellsOfUploadByWhatItAnnouncedAndWhatCame() {
        play("""
                > WRQ up octet blksize=60000 tsize=300000
                < OACK blksize=60000 tsize=300000
                > DATA 1 60000
                < ACK 1
                < ACK 1
                > DATA 2 60000
                < ACK 2""");
        assertThat(server.monitor.told).containsExactly("up RUNNING 60000/300000");
        play("""
                > DATA 3 5
                < ACK 3
                < nothing 8000
                > RRQ none octet
                < ERROR 1 File not found""");
        assertThat(server.monitor.told).containsExactly("up RUNNING 60000/300000", "up DONE 120005/300000");
        assertThat(server.count("broken")).isZero();
    }

    @Test
    void saysNothingOfRefusedRequests() {
        server.core.replies.put("no", PhoneReply.of(PhoneReply.Status.NOT_WRITABLE, "no"));
        play("""
                > RRQ none octet
                < ERROR 1 File not found
                > WRQ no octet
                < ERROR 2 Access violation""");
        assertThat(server.monitor.told).isEmpty();
        assertThat(server.count("broken")).isZero();
    }

    @Test
    void saysNothingWhileNobodyFollows() {
        server.monitor.followed = false;
        play("""
                > RRQ large octet blksize=50000
                < OACK blksize=50000
                > ACK 0
                < DATA 1 50000
                < nothing 190
                > ERROR 0 x""");
        assertThat(server.monitor.told).isEmpty();
    }
}
