// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** A server of the distribution as a child process, on loopback and free ports. Closing it stops it. */
final class ServerProcess implements AutoCloseable {

    private static final long LOG_PAUSE_NANOS = 60_000_000;

    private static final long READY_SECONDS = 30;

    private final Path data;
    private final Path out;
    private final Path err;
    private final List<String> command;
    private final Map<String, String> environment;
    private Process process;

    private ServerProcess(Start start) throws IOException {
        this.data = start.data;
        this.out = Files.createTempFile("autoprov-it-" + data.getFileName(), ".out");
        this.err = Files.createTempFile("autoprov-it-" + data.getFileName(), ".err");
        this.command = start.command();
        this.environment = start.environment;
    }

    /** How to start a server. */
    static final class Start {
        private final Path data;
        private final List<String> prefix = new ArrayList<>();
        private final List<String> settings =
                new ArrayList<>(List.of("phones.host=127.0.0.1", "phones.http.port=0", "tftp.port=0", "api.port=0"));
        private final Map<String, String> environment = new LinkedHashMap<>();

        private Start(Path data) {
            this.data = data;
        }

        Start set(String... namesAndValues) {
            for (String setting : namesAndValues) {
                String name = setting.substring(0, setting.indexOf('=') + 1);
                settings.removeIf(other -> other.startsWith(name));
                settings.add(setting);
            }
            return this;
        }

        /** Does not give the setting on the command line. */
        Start without(String name) {
            settings.removeIf(other -> other.startsWith(name + "="));
            return this;
        }

        Start environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** A command that runs the command after it. */
        Start by(String... words) {
            prefix.addAll(List.of(words));
            return this;
        }

        private List<String> command() {
            List<String> words = new ArrayList<>(prefix);
            words.addAll(List.of(Distribution.script().toString(), "run", "--data", data.toString()));
            settings.forEach(setting -> words.addAll(List.of("--set", setting)));
            return words;
        }

        /** Starts it and waits until it is ready. */
        ServerProcess ready() throws IOException {
            ServerProcess server = new ServerProcess(this);
            server.start();
            return server;
        }

        /** Starts what must not get ready, and waits for its end. */
        Program.Result refused() {
            List<String> words = command();
            return Program.run(environment, words.get(0), words.subList(1, words.size()));
        }
    }

    static Start in(Path data) {
        return new Start(data);
    }

    private void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
        long before = lines(out, "autoprov ready");
        process = builder.start();
        Awaitility.await("ready")
                .atMost(Duration.ofSeconds(READY_SECONDS))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the server ended with " + process.exitValue() + ": " + log());
                    }
                    return lines(out, "autoprov ready") > before;
                });
    }

    private static long lines(Path file, String beginning) throws IOException {
        return Files.readString(file)
                .lines()
                .filter(line -> line.startsWith(beginning))
                .count();
    }

    /** Starts it again with the same data and settings. */
    void restart() throws IOException {
        if (process.isAlive()) {
            stop();
        }
        start();
    }

    Path data() {
        return data;
    }

    Path plugins() {
        return data.resolve("plugins");
    }

    Path endpointsFile() {
        return data.resolve("run").resolve("endpoints.json");
    }

    JsonObject endpoints() throws IOException {
        return JsonParser.parseString(Files.readString(endpointsFile())).getAsJsonObject();
    }

    /** The phones' listener. */
    URI phones() throws IOException {
        return URI.create(endpoints().get("phonesHttp").getAsString());
    }

    /** The phones' TFTP listener. */
    URI tftp() throws IOException {
        return URI.create(endpoints().get("tftp").getAsString());
    }

    String out() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    /** What the server has logged; its log thread looks for new lines fifty times a second. */
    String log() throws IOException {
        LockSupport.parkNanos(LOG_PAUSE_NANOS);
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@code autoprov shell}; a single word is a whole line. */
    Program.Result shell(String... words) {
        List<String> arguments = new ArrayList<>(List.of("shell", "--data", data.toString()));
        arguments.addAll(Arrays.asList(words));
        return Program.autoprov(Map.of(), arguments);
    }

    /** SIGTERM. @return exit status */
    int stop() {
        process.destroy();
        return awaitEnd(15);
    }

    /** Sends a signal by name, without waiting. */
    void signal(String name) {
        Program.run(Map.of(), "kill", List.of("-" + name, Long.toString(process.pid())))
                .ok();
    }

    /** @return exit status */
    int awaitEnd(int seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new AssertionError("the server does not end within " + seconds + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd(10);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            try {
                if (!process.waitFor(15, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        try {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (IOException e) {
            // left to the system's cleaning of temporary files
        }
    }
}
