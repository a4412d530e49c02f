// SPDX-License-Identifier: Apache-2.0
package org.autoprov.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings in force: of the command line, the environment, the file, else the default. */
final class Settings {

    private static final String PREFIX = "AUTOPROV_";

    private final SettingCatalog catalog;
    private final Map<String, String> values = new LinkedHashMap<>();

    Settings(SettingCatalog catalog) {
        this.catalog = catalog;
    }

    /** Reads {@code NAME = VALUE} lines; lines that begin with # and empty ones are comments. */
    void readFile(Path file) throws IOException, UsageException {
        if (!Files.exists(file)) {
            return;
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            String place = file + ", line " + (i + 1);
            if (equals < 0) {
                throw new UsageException(place + ": must be NAME = VALUE");
            }
            set(line.substring(0, equals).strip(), line.substring(equals + 1).strip(), place);
        }
    }

    void readEnvironment(Map<String, String> environment) throws UsageException {
        for (Setting setting : catalog.all()) {
            String value = environment.get(setting.environmentName());
            if (value != null) {
                set(setting.name(), value, "environment " + setting.environmentName());
            }
        }
        for (String name : environment.keySet()) {
            boolean known = !name.startsWith(PREFIX)
                    || name.equals("AUTOPROV_JAVA_OPTIONS")
                    || catalog.all().stream().anyMatch(s -> s.environmentName().equals(name));
            if (!known) {
                throw new UsageException("environment: unknown setting " + name);
            }
        }
    }

    void set(String name, String value, String place) throws UsageException {
        Setting setting = catalog.get(name);
        if (setting == null) {
            throw new UsageException(place + ": unknown setting " + name);
        }
        String fault = value.isEmpty() && setting.type().equals("String") ? null : setting.fault(value);
        if (fault != null) {
            throw new UsageException(place + ": " + name + " " + fault);
        }
        values.put(name, value);
    }

    String get(String name) {
        String value = values.get(name);
        return value != null
                ? value
                : catalog.get(name) == null ? "" : catalog.get(name).defaultValue();
    }

    /** Those that somebody has set; the others have their defaults in the bundles. */
    Map<String, String> explicit() {
        return values;
    }

    /** Writes a file in which every setting stands as a comment with its default. */
    void writeDefaults(Path file) throws IOException {
        StringBuilder text = new StringBuilder("# Settings of Autoprov: NAME = VALUE. Read at the start.\n"
                + "# The command line (--set NAME=VALUE) and the environment go before this file.\n");
        for (Setting setting : catalog.all()) {
            text.append("\n# ").append(setting.description());
            if (setting.min() != null) {
                text.append("; ").append(setting.min()).append(" to ").append(setting.max());
            }
            if (!setting.options().isEmpty()) {
                text.append("; ").append(String.join(" | ", setting.options()));
            }
            text.append("\n#")
                    .append(setting.name())
                    .append(" = ")
                    .append(setting.defaultValue())
                    .append('\n');
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, text);
        Files.move(part, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /** A table of all settings in Markdown. */
    static String markdown(SettingCatalog catalog) {
        StringBuilder text =
                new StringBuilder("| setting | type | default | range | meaning |\n|---|---|---|---|---|\n");
        for (Setting s : catalog.all()) {
            String range = s.min() != null ? s.min() + " to " + s.max() : String.join(", ", s.options());
            text.append("| `").append(s.name()).append("` | ").append(s.type().toLowerCase(java.util.Locale.ROOT));
            text.append(" | ").append(s.defaultValue().isEmpty() ? "" : "`" + s.defaultValue() + "`");
            text.append(" | ")
                    .append(range)
                    .append(" | ")
                    .append(s.description())
                    .append(" |\n");
        }
        return text.toString();
    }
}
