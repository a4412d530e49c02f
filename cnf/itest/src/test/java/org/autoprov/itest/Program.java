// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command of the distribution, or any other, to its end. */
final class Program {

    private Program() {}

    /**
     * What a command did.
     *
     * @param status exit status
     * @param out what it printed
     * @param err its errors
     * @param millis how long it ran
     */
    record Result(int status, String out, String err, long millis) {

        /** What it printed; an error when it failed. */
        String ok() {
            if (status != 0) {
                throw new AssertionError("exit status " + status + ": " + out + err);
            }
            return out;
        }

        List<String> errors() {
            return err.lines().toList();
        }
    }

    /** {@code autoprov ARGUMENTS}. */
    static Result autoprov(Map<String, String> environment, List<String> arguments) {
        return run(environment, Distribution.script().toString(), arguments);
    }

    static Result autoprov(String... arguments) {
        return autoprov(Map.of(), List.of(arguments));
    }

    static Result run(Map<String, String> environment, String command, List<String> arguments) {
        try {
            Path out = Files.createTempFile("autoprov-it", ".out");
            Path err = Files.createTempFile("autoprov-it", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(command);
                builder.command().addAll(arguments);
                builder.environment().putAll(environment);
                builder.redirectInput(Path.of("/dev/null").toFile());
                builder.redirectOutput(out.toFile()).redirectError(err.toFile());
                long start = System.nanoTime();
                Process process = builder.start();
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(builder.command() + " does not end: " + Files.readString(err));
                }
                return new Result(
                        process.exitValue(),
                        Files.readString(out, StandardCharsets.UTF_8),
                        Files.readString(err, StandardCharsets.UTF_8),
                        (System.nanoTime() - start) / 1_000_000);
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
