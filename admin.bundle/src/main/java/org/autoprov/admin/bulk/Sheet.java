// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.autoprov.core.service.BulkReport.BadRow;

/** A file to import: a header of known columns, and rows. Rows whose cells are all empty are skipped. */
final class Sheet {

    private static final int MAX_HEADER_FAULTS = 20;

    private final List<Row> rows = new ArrayList<>();
    private int count;

    private Sheet() {}

    /** The rows that can be read. */
    List<Row> rows() {
        return rows;
    }

    /** How many rows there are, the wrong ones too. */
    int count() {
        return count;
    }

    /**
     * Reads a file.
     *
     * @param csv UTF-8, with or without a byte order mark
     * @param known the columns that the header may name, each at most once, in any order and case
     * @param bad is told of everything that is wrong; rows that are wrong are not in the result
     */
    static Sheet read(byte[] csv, Set<String> known, Consumer<BadRow> bad) {
        Sheet sheet = new Sheet();
        List<List<String>> lines;
        try {
            lines = CsvText.read(text(csv));
        } catch (CharacterCodingException e) {
            bad.accept(new BadRow(1, "", "the file is not in UTF-8"));
            return sheet;
        } catch (CsvText.MalformedException e) {
            bad.accept(new BadRow(e.row(), "", e.getMessage()));
            return sheet;
        }
        if (lines.isEmpty()) {
            bad.accept(new BadRow(1, "", "the file is empty, it needs a header"));
            return sheet;
        }
        List<String> header = header(lines.get(0), known, bad);
        if (header != null) {
            for (int i = 1; i < lines.size(); i++) {
                sheet.add(i + 1, header, lines.get(i), bad);
            }
        }
        return sheet;
    }

    private static String text(byte[] csv) throws CharacterCodingException {
        String text =
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(csv)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static List<String> header(List<String> names, Set<String> known, Consumer<BadRow> bad) {
        List<String> header = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int faults = 0;
        for (int i = 0; i < names.size() && faults < MAX_HEADER_FAULTS; i++) {
            String name = names.get(i).strip().toLowerCase(Locale.ROOT);
            header.add(name);
            if (!known.contains(name)) {
                bad.accept(new BadRow(
                        1, "", "the header of column " + (i + 1) + " is not one of " + String.join(", ", known)));
                faults++;
            } else if (!seen.add(name)) {
                bad.accept(new BadRow(1, name, "the header names this column twice"));
                faults++;
            }
        }
        return faults == 0 ? header : null;
    }

    private void add(int number, List<String> header, List<String> cells, Consumer<BadRow> bad) {
        if (cells.stream().allMatch(String::isBlank)) {
            return;
        }
        count++;
        if (cells.size() != header.size()) {
            bad.accept(
                    new BadRow(number, "", "the row has " + cells.size() + " cells, the header has " + header.size()));
            return;
        }
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (!cell.isBlank()) {
                named.put(header.get(i), header.get(i).equals(Row.EXACT) ? cell : cell.strip());
            }
        }
        Row row = new Row(number, named);
        try {
            row.check();
            rows.add(row);
        } catch (RowException e) {
            bad.accept(new BadRow(number, e.column(), e.getMessage()));
        }
    }
}
