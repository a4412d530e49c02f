// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed while it works: what it has answered for is there afterwards. */
class KillIT {

    private static final int ROUNDS = 3;
    private static final int THREADS = 4;

    @TempDir
    Path folder;

    private final AtomicInteger next = new AtomicInteger(1);
    private final Map<Integer, String> users = new ConcurrentHashMap<>();
    private final Queue<String> codes = new ConcurrentLinkedQueue<>();

    @Test
    void losesNoAcknowledgedWrite() throws Exception {
        try (ServerProcess server =
                ServerProcess.in(folder.resolve("data")).set("log.level=warn").ready()) {
            VendorBundle.of("acme", "1.0").drop(server.plugins(), "acme.jar");
            Waits.until(() -> server.shell("plugins").ok().contains("acme-v1"));
            for (int round = 0; round < ROUNDS; round++) {
                int before = users.size();
                List<Thread> threads = work(server);
                Waits.until(() -> users.size() > before + 100);
                Thread.sleep(300 + round * 170L);
                server.kill();
                for (Thread thread : threads) {
                    thread.join(20_000);
                }
                server.restart();
                checkAll(server);
            }
            assertThat(codes).isNotEmpty();
            assertThat(server.log()).doesNotContain("ERROR");
        }
    }

    private List<Thread> work(ServerProcess server) throws IOException {
        URI phones = server.phones();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(() -> bootNewPhones(phones)));
        }
        threads.add(new Thread(() -> addLines(server.data())));
        threads.forEach(Thread::start);
        return threads;
    }

    private void bootNewPhones(URI phones) {
        while (true) {
            int number = next.getAndIncrement();
            try (Phone phone = Phone.acme(phones, "Acme", number)) {
                Phone.Reply reply = phone.own("acme");
                assertThat(reply.status()).isEqualTo(200);
                users.put(number, reply.value("user") + " " + reply.value("password"));
            } catch (IOException e) {
                return; // killed
            }
        }
    }

    /** A shell that adds a line for each line it reads, and says its code when it is stored. */
    private void addLines(Path data) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(Distribution.script().toString(), "shell", "--data", data.toString());
            Process shell = builder.redirectErrorStream(true).start();
            try (Writer in = shell.outputWriter(StandardCharsets.UTF_8);
                    BufferedReader out =
                            new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
                for (int i = 0; ; i++) {
                    in.write("line add --tenant master --user u" + i + " --password p" + i + "\n");
                    in.flush();
                    String said = out.readLine();
                    while (said != null && !said.startsWith("code ")) {
                        said = out.readLine();
                    }
                    if (said == null) {
                        return;
                    }
                    codes.add(said.substring("code ".length()));
                }
            } finally {
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            // killed
        }
    }

    private void checkAll(ServerProcess server) throws IOException {
        String lines = server.shell("lines").ok();
        assertThat(codes).allSatisfy(code -> assertThat(lines).contains(code));
        String devices = server.shell("devices").ok();
        for (Map.Entry<Integer, String> user : users.entrySet()) {
            try (Phone phone = Phone.acme(server.phones(), "Acme", user.getKey())) {
                assertThat(devices).contains(phone.mac().replaceAll("(..)(?!$)", "$1:"));
                Phone.Reply reply = phone.own("acme");
                assertThat(reply.value("user") + " " + reply.value("password")).isEqualTo(user.getValue());
            }
        }
    }
}
