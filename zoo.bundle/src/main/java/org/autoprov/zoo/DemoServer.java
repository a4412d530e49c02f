// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An Autoprov of the demo's own: a child process on an empty temporary folder and free ports. Closing it stops it
 * and deletes the folder.
 */
final class DemoServer implements AutoCloseable {

    private static final int START_SECONDS = 20;
    private static final int STOP_SECONDS = 8;
    private static final int COMMAND_SECONDS = 15;
    private static final int WRONG_USAGE = 64;

    private final Path program;
    private final Path java;
    private final Path folder;
    private final Path data;
    private final Path log;
    private Process process;

    /**
     * @param home the distribution, holds the launcher {@code autoprov}
     * @param java the Java to run it with
     * @throws IOException when there is no temporary folder
     */
    DemoServer(Path home, Path java) throws IOException {
        this.program = home.resolve("autoprov").toAbsolutePath();
        this.java = java;
        this.folder = Files.createTempDirectory("autoprov-demo");
        this.data = folder.resolve("data");
        this.log = folder.resolve("server.log");
    }

    /** Starts it; the base URL for phones. A distribution that lacks a listener does not know that one's setting. */
    String start() throws IOException, InterruptedException {
        List<String> settings = new ArrayList<>(List.of(
                "phones.host=127.0.0.1",
                "phones.http.port=0",
                "api.port=0",
                "tftp.port=0",
                "sip.port=0",
                "sip.pnp=false"));
        while (true) {
            run(settings);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
            while (process.isAlive() && System.nanoTime() < end) {
                Optional<String> url = endpoint("phonesHttp");
                if (url.isPresent()) {
                    return url.get();
                }
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
            if (process.isAlive()) {
                throw new IOException("the server was not ready within " + START_SECONDS + " s" + lastLines());
            }
            String said = Files.readString(log);
            boolean unknown = process.exitValue() == WRONG_USAGE
                    && settings.removeIf(setting -> said.contains(setting.substring(0, setting.indexOf('='))));
            if (!unknown) {
                throw new IOException("the server ended with status " + process.exitValue() + lastLines());
            }
        }
    }

    private void run(List<String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "run", "--data", data.toString()));
        for (String setting : settings) {
            command.add("--set");
            command.add(setting);
        }
        Files.createDirectories(data);
        process = builder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.put("JAVACMD", java.toString());
        Path bin = java.toAbsolutePath().getParent();
        if (bin != null && bin.endsWith("bin")) {
            environment.put("JAVA_HOME", bin.getParent().toString());
        }
        return builder;
    }

    /** Where it serves phones over TFTP, as a URL; empty: it does not. */
    Optional<String> tftp() throws IOException {
        return endpoint("tftp").map(url -> url.replace("udp://", "tftp://"));
    }

    /** An address that the server says it listens at, as a client on this machine reaches it. */
    private Optional<String> endpoint(String name) throws IOException {
        Path endpoints = data.resolve("run").resolve("endpoints.json");
        if (!Files.exists(endpoints)) {
            return Optional.empty();
        }
        try {
            JsonElement json = JsonParser.parseString(Files.readString(endpoints));
            if (json instanceof JsonObject object && object.has(name)) {
                return Optional.of(object.get(name)
                        .getAsString()
                        .replace("//0.0.0.0", "//127.0.0.1")
                        .replace("//[::]", "//[::1]"));
            }
            return Optional.empty();
        } catch (JsonParseException | IllegalStateException e) {
            return Optional.empty(); // half written: look again
        }
    }

    /**
     * Runs one shell command on the server.
     *
     * @param words the command
     * @return what it printed
     * @throws IOException when it failed; the message holds what it printed
     */
    String shell(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "shell", "--data", data.toString()));
        command.addAll(List.of(words));
        Path output = folder.resolve("shell.out");
        Process shell = builder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        if (!shell.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
            shell.descendants().forEach(ProcessHandle::destroy);
            shell.destroyForcibly();
            throw new IOException("`" + words[0] + "` took longer than " + COMMAND_SECONDS + " s");
        }
        String said = Files.readString(output);
        if (shell.exitValue() != 0) {
            throw new IOException("`" + words[0] + "` ended with status " + shell.exitValue() + ": "
                    + Report.printable(said.strip()));
        }
        return said;
    }

    private String lastLines() throws IOException {
        List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - 15), lines.size());
        return last.isEmpty() ? "" : ":\n  " + String.join("\n  ", last);
    }

    /** Stops it by SIGTERM, by force only when it does not obey, and deletes its folder. May be called again. */
    @Override
    public synchronized void close() {
        if (process != null) {
            stop(process);
            process = null;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | java.io.UncheckedIOException e) {
            // gone already, or left to the system's cleaning of temporary folders
        }
    }

    private static void stop(Process process) {
        List<ProcessHandle> children = process.descendants().toList(); // where the launcher is a script that waits
        children.forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }
}
