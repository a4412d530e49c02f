// SPDX-License-Identifier: Apache-2.0
package org.autoprov.launcher;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code autoprov run [--data DIR] [--set NAME=VALUE]...}: starts the server and stays until it is stopped. */
public final class Main {

    private static final int EXIT_USAGE = 64;
    private static final int EXIT_UNAVAILABLE = 69;

    private Main() {}

    /** @param args as given after {@code autoprov run}; {@code settings} prints the table of all settings */
    public static void main(String[] args) {
        int status;
        try {
            status = run(args);
        } catch (UsageException e) {
            System.err.println("autoprov: " + e.getMessage());
            status = EXIT_USAGE;
        } catch (CharacterCodingException e) {
            System.err.println("autoprov: autoprov.conf is not UTF-8 text");
            status = EXIT_USAGE;
        } catch (FileSystemException e) {
            System.err.println("autoprov: " + e.getFile() + " cannot be used: "
                    + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason()));
            status = EXIT_UNAVAILABLE;
        } catch (IOException e) {
            System.err.println("autoprov: " + e.getMessage());
            status = EXIT_UNAVAILABLE;
        }
        System.err.flush();
        Runtime.getRuntime().halt(status); // everything is closed; stray threads of plugins must not hold us
    }

    private static int run(String[] args) throws UsageException, IOException {
        Path home = Path.of(System.getProperty("autoprov.home", "."))
                .toAbsolutePath()
                .normalize();
        List<Path> jars = bundles(home);
        SettingCatalog catalog = SettingCatalog.of(jars);
        if (args.length == 1 && args[0].equals("settings")) {
            System.out.print(Settings.markdown(catalog));
            return 0;
        }
        Path data = Path.of("data");
        List<String> sets = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            String name = args[i];
            String value = null;
            if (name.startsWith("--") && name.indexOf('=') > 0 && name.startsWith("--data=")) {
                value = name.substring(name.indexOf('=') + 1);
                name = "--data";
            } else if (name.equals("--data") || name.equals("--set")) {
                if (++i == args.length) {
                    throw new UsageException(name + " needs a value");
                }
                value = args[i];
            }
            switch (name) {
                case "--data" -> data = Path.of(value);
                case "--set" -> sets.add(value);
                default ->
                    throw new UsageException(
                            "unknown argument " + name + "; usage: autoprov run [--data DIR] [--set NAME=VALUE]...");
            }
        }
        data = data.toAbsolutePath().normalize();
        Settings settings = new Settings(catalog);
        Path file = data.resolve("autoprov.conf");
        settings.readFile(file);
        settings.readEnvironment(System.getenv());
        for (String set : sets) {
            int equals = set.indexOf('=');
            if (equals <= 0) {
                throw new UsageException("--set " + set + ": must be NAME=VALUE");
            }
            settings.set(
                    set.substring(0, equals).strip(), set.substring(equals + 1).strip(), "--set");
        }
        Files.createDirectories(data.resolve("run"));
        if (!Files.exists(file) && Files.isWritable(data)) {
            settings.writeDefaults(file);
        }
        return new Server(home, data, settings, jars).run() ? 0 : EXIT_UNAVAILABLE;
    }

    private static List<Path> bundles(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("bundle"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
