// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Options of a command line: {@code --name value}, {@code --name=value}, or {@code --flag}. */
final class Options {

    private final Map<String, String> values = new HashMap<>();

    Options(List<String> arguments, Set<String> names, Set<String> flags) throws UsageException {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = argument.startsWith("--") && equals > 0 ? argument.substring(0, equals) : argument;
            if (flags.contains(name) && name.equals(argument)) {
                values.put(name, "true");
            } else if (names.contains(name)) {
                if (!name.equals(argument)) {
                    values.put(name, argument.substring(equals + 1));
                } else if (i + 1 < arguments.size()) {
                    values.put(name, arguments.get(++i));
                } else {
                    throw new UsageException(name + " needs a value");
                }
            } else {
                throw new UsageException("unknown argument: " + argument);
            }
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String needed(String name) throws UsageException {
        return text(name).filter(value -> !value.isBlank()).orElseThrow(() -> new UsageException(name + " is missing"));
    }

    int number(String name, int absent, int least, int most) throws UsageException {
        String text = values.get(name);
        if (text == null) {
            return absent;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, with the range
        }
        throw new UsageException(name + " is not a number from " + least + " to " + most + ": " + text);
    }

    /** Folders with commas between them; where absent, the usual ones beside the program. */
    List<Path> families() {
        String home = System.getProperty("autoprov.home", ".");
        return text("--families")
                .map(folders -> Arrays.stream(folders.split(",")).map(Path::of).toList())
                .orElseGet(() -> List.of(Path.of(home, "repository"), Path.of(home, "plugins")));
    }
}
