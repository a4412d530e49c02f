// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real clients in a network namespace of their own, the server in this one, a virtual cable between them. Only for root
 * on Linux with iproute2. The cable loses packets by {@code tc netem}, which also reorders them, or by
 * {@code nft} where the kernel has no netem.
 */
final class NamespaceTest {

    private static final long PID = ProcessHandle.current().pid();
    private static final String SPACE = "autoprov-" + PID;
    private static final String OUR_END = "ap" + PID;
    private static final String THEIR_END = "aq" + PID;

    /** From the range for benchmarks (RFC 2544), by the process, so that two runs do not meet. */
    private static final String NET = "198.18." + PID % 250 + '.';

    @TempDir
    Path folder;

    @BeforeEach
    void layCable() throws Exception {
        assumeThat(Programs.has("ip")).as("iproute2 is installed").isTrue();
        assumeThat(succeeds("ip netns add " + SPACE))
                .as("namespaces can be made")
                .isTrue();
        assumeThat(succeeds("ip link add " + OUR_END + " type veth peer name " + THEIR_END + " netns " + SPACE))
                .as("virtual cables can be made")
                .isTrue();
        Programs.run("ip addr add " + NET + "1/24 broadcast " + NET + "255 dev " + OUR_END);
        Programs.run("ip link set " + OUR_END + " up");
        Programs.run("ip -n " + SPACE + " addr add " + NET + "2/24 dev " + THEIR_END);
        Programs.run("ip -n " + SPACE + " link set " + THEIR_END + " up");
    }

    @AfterEach
    void takeCableAway() {
        succeeds("ip link del " + OUR_END);
        succeeds("ip netns del " + SPACE);
    }

    private static boolean succeeds(String command) {
        try {
            Programs.run(command);
            return true;
        } catch (IOException | AssertionError e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String inside(String command) {
        return "ip netns exec " + SPACE + ' ' + command;
    }

    /** Both ways. */
    private void loseOneOfTwenty() throws Exception {
        String netem = " root netem loss 5% delay 3ms 2ms reorder 10%";
        if (succeeds("tc qdisc add dev " + OUR_END + netem)) {
            Programs.run(inside("tc qdisc add dev " + THEIR_END + netem));
            return;
        }
        String chains = "";
        for (String hook : List.of("ingress", "egress")) {
            chains += "chain " + hook + " { type filter hook " + hook + " device " + THEIR_END
                    + " priority 0; meta l4proto udp numgen random mod 100 < 5 drop; }\n";
        }
        Path rules = Files.writeString(folder.resolve("rules"), "table netdev lossy {\n" + chains + "}\n");
        assumeThat(Programs.has("nft") && succeeds(inside("nft -f " + rules)))
                .as("the cable can lose packets: the kernel has netem, or nft is installed")
                .isTrue();
    }

    private static TftpOptions anyAddress() {
        return new TftpOptions("0.0.0.0", 0, false, PortRange.ANY, 1_000, 1_000, 0, 64, 1 << 20, 32);
    }

    @Test
    @Timeout(240)
    void everyTransferEndsRightThoughPacketsAreLost() throws Exception {
        List<String> readers = Programs.installed(Programs.STURDY_READERS);
        List<String> writers = Programs.installed(Programs.WRITERS);
        assumeThat(readers).as("a TFTP client is installed").isNotEmpty();
        loseOneOfTwenty();
        ExecutorService phones = Executors.newCachedThreadPool();
        try (LiveServer live = new LiveServer(anyAddress())) {
            Path image = Files.write(folder.resolve("image"), LiveServer.bytes(200_000));
            live.core.put("image", image);
            live.core.put("cfg", LiveServer.bytes(3_000));
            List<Future<?>> reads = new ArrayList<>();
            List<Future<?>> writes = new ArrayList<>();
            for (int i = 0; i < 2 * readers.size(); i++) {
                String reader = readers.get(i % readers.size());
                String name = Programs.isPatient(reader) ? "cfg" : "image";
                reads.add(phones.submit(command(live, reader, name, "out" + i)));
            }
            for (int i = 0; i < writers.size(); i++) {
                Files.write(folder.resolve("in" + i), LiveServer.bytes(4_000 + i));
                writes.add(phones.submit(command(live, writers.get(i), "up" + i, "in" + i)));
            }
            for (int i = 0; i < reads.size(); i++) {
                String reader = readers.get(i % readers.size());
                reads.get(i).get();
                assertThat(folder.resolve("out" + i))
                        .as(reader)
                        .hasBinaryContent(LiveServer.bytes(Programs.isPatient(reader) ? 3_000 : 200_000));
            }
            for (int i = 0; i < writes.size(); i++) {
                writes.get(i).get();
                assertThat(live.core.uploaded.get("up" + i)).as(writers.get(i)).isEqualTo(LiveServer.bytes(4_000 + i));
            }
            assertThat(live.count("retransmissions")).isPositive();
        } finally {
            phones.shutdownNow();
        }
    }

    private java.util.concurrent.Callable<String> command(LiveServer live, String command, String name, String local) {
        Path path = folder.resolve(local);
        return () -> Programs.run(inside(Programs.fill(command, NET + '1', live.port(), name, path)));
    }

    /** RFC 1123 4.2.3.5; the kernel hands our own broadcast back to us. */
    @Test
    void requestToBroadcastAddressHasNoAnswer() throws Exception {
        try (LiveServer live = new LiveServer(anyAddress());
                Phone phone = new Phone(NET + '1', NET + "255", live.port())) {
            live.core.put("f", LiveServer.bytes(5));
            phone.play("> RRQ f octet; < nothing 300");
            assertThat(live.count("elsewhere")).isEqualTo(1);
            assertThat(live.count("reads")).isZero();
        }
    }

    @Test
    void servesAtAddressThatCameLater() throws Exception {
        try (LiveServer live = new LiveServer(anyAddress())) {
            live.core.put("f", LiveServer.bytes(5));
            Programs.run("ip addr add " + NET + "77/24 dev " + OUR_END);
            try (Phone phone = new Phone(NET + '1', NET + "77", live.port())) {
                await().atMost(Duration.ofSeconds(8)).until(() -> {
                    phone.send("RRQ f octet");
                    return "DATA 1 5".equals(phone.receive(500));
                });
                assertThat(phone.tid.getAddress().getHostAddress()).isEqualTo(NET + "77");
                phone.play("> ACK 1");
            }
        }
    }

    @Test
    @Timeout(60)
    void servesAtLinkLocalAddress() throws Exception {
        assumeThat(Programs.has("curl")).as("curl is installed").isTrue();
        String address = linkLocal();
        assumeThat(address).as("there is a link-local address").isNotNull();
        try (LiveServer live = new LiveServer(anyAddress())) {
            live.core.put("f", LiveServer.bytes(3_000));
            Path out = folder.resolve("out");
            String command = "curl -s -g -o OUT tftp://[" + address + "%25" + THEIR_END + "]:PORT/FILE";
            Programs.run(inside(Programs.fill(command, "", live.port(), "f", out)));
            assertThat(out).hasBinaryContent(LiveServer.bytes(3_000));
            assertThat(live.core.last.server().getAddress().getHostAddress()).doesNotContain("%");
            assertThat(live.core.last.client().getHostAddress())
                    .startsWith("fe80:")
                    .doesNotContain("%");
        }
    }

    /**
     * dnsmasq's view of options: the same requests to it and to us. Where the RFCs leave no choice the answers are the
     * same; where they do, it has a line of its own below, with the reason.
     */
    @Test
    @Timeout(60)
    void answersOptionsAsDnsmasqDoes() throws Exception {
        assumeThat(Programs.has("dnsmasq")).as("dnsmasq is installed").isTrue();
        Path root = Files.createDirectory(folder.resolve("root"));
        Files.write(root.resolve("f"), LiveServer.bytes(5_000));
        Process dnsmasq = new ProcessBuilder(inside("dnsmasq -k -C /dev/null --port=0 --enable-tftp --user=root"
                                + " --tftp-root=" + root + " --listen-address=" + NET + "2 --bind-interfaces"
                                + " --log-facility=" + folder.resolve("log") + " --pid-file=" + folder.resolve("pid"))
                        .split(" "))
                .inheritIO()
                .start();
        try (LiveServer live = new LiveServer(LiveServer.options(NET + '1'))) {
            live.core.put("f", root.resolve("f"));
            await().atMost(Duration.ofSeconds(8))
                    .until(() -> first(NET + '2', 69, "f octet", 100).equals("DATA 1 512"));
            for (String request : List.of(
                    "f octet",
                    "f octet blksize=1024",
                    "f octet BLKSIZE=1024",
                    "f octet blksize=8",
                    "f octet blksize=65464", // both: what the MTU carries
                    "f octet tsize=0",
                    "f octet tsize=0 blksize=1400",
                    "f octet blksize=1400 tsize=0",
                    "f netascii tsize=0",
                    "f octet unknown=1",
                    "f octet unknown=1 tsize=0")) {
                assertThat(sorted(first(NET + '1', live.port(), request, 2_000)))
                        .as(request)
                        .isEqualTo(sorted(first(NET + '2', 69, request, 2_000)));
            }
            // It does not know the rest of RFC 2349, nor RFC 7440.
            differ(live, "f octet timeout=3", "OACK timeout=3", "DATA 1 512");
            differ(live, "f octet windowsize=4", "OACK windowsize=4", "DATA 1 512");
            // RFC 2348 begins at 8. It takes any; we do not hear such a request, as the reference server.
            differ(live, "f octet blksize=7", "null", "OACK blksize=7");
        } finally {
            dnsmasq.destroy();
            dnsmasq.waitFor();
        }
    }

    private static void differ(LiveServer live, String request, String ours, String theirs) throws IOException {
        assertThat(first(NET + '1', live.port(), request, 500)).as(request).isEqualTo(ours);
        assertThat(first(NET + '2', 69, request, 500)).as(request).isEqualTo(theirs);
    }

    /** Their order is free. */
    private static List<String> sorted(String answer) {
        return java.util.Arrays.stream(answer.split(" ")).sorted().toList();
    }

    private static String first(String server, int port, String request, int millis) throws IOException {
        try (Phone phone = new Phone(NET + '1', server, port)) {
            phone.send("RRQ " + request);
            String answer = String.valueOf(phone.receive(millis));
            if (phone.tid != null) {
                phone.send("ERROR 0 enough");
            }
            return answer;
        }
    }

    /** Our end's, once the kernel has found that nobody else has it; null where there is no IPv6. */
    private static String linkLocal() throws Exception {
        for (int i = 0; i < 50; i++) {
            String shown = Programs.run("ip -6 addr show dev " + OUR_END + " scope link -tentative");
            int start = shown.indexOf("fe80:");
            if (start >= 0) {
                return shown.substring(start, shown.indexOf('/', start));
            }
            Thread.sleep(100);
        }
        return null;
    }
}
