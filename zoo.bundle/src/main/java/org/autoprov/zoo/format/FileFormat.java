// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of file a phone reads: its syntax, its limits, and where it sends the phone next.
 *
 * @param name as profiles refer to it
 * @param syntax how bytes become settings
 * @param clears the value that clears a setting ({@code %NULL%}), or empty
 * @param rejectRepeats whether a setting stated twice spoils the file
 * @param maxBytes a larger file is dropped
 * @param follow settings whose values name files to fetch next, in this order
 */
public record FileFormat(
        String name,
        FileSyntax syntax,
        Optional<String> clears,
        boolean rejectRepeats,
        int maxBytes,
        List<Follow> follow) {

    /**
     * A setting that names further files.
     *
     * @param setting its name
     * @param separator between several names in one value; empty: the value is one name
     * @param format of the files it names
     * @param required whether the boot fails when such a file is missing
     */
    public record Follow(String setting, String separator, String format, boolean required) {}

    /**
     * Reads a file as the phone does.
     *
     * @param file the bytes as they came
     * @return the settings in the order of the file; a cleared one has an empty value
     * @throws FormatException when the phone would drop the file
     */
    public List<Entry> parse(byte[] file) throws FormatException {
        if (file.length > maxBytes) {
            throw new FormatException("larger than " + maxBytes + " bytes");
        }
        List<Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Entry entry : syntax.parse(file)) {
            if (!seen.add(entry.name()) && rejectRepeats) {
                throw new FormatException("a setting is there twice: " + entry.name());
            }
            entries.add(clears.filter(entry.value()::equals).isPresent() ? new Entry(entry.name(), "") : entry);
        }
        return entries;
    }
}
