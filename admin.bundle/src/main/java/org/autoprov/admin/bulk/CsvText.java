// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values as RFC 4180 has them, strictly: a quote belongs at the start of a cell or twice inside a
 * quoted one. Line ends may be LF, CR or both. Where the header has no comma, semicolons or tabulators separate, as
 * some spreadsheets write.
 *
 * <p>What we write is safe to open in a spreadsheet: a cell that would be taken for a formula, or that itself starts
 * with an apostrophe before such a character, gets an apostrophe in front, which reading takes away again.
 */
final class CsvText {

    private static final String FORMULA = "=+-@\t\r'";

    private final String text;
    private final char separator;
    private int at;

    private CsvText(String text) {
        this.text = text;
        this.separator = separator(text);
    }

    /**
     * All rows, the header first, each as its cells; a row number is an index plus one, as spreadsheets show it.
     *
     * @throws MalformedException naming the first row that is no CSV
     */
    static List<List<String>> read(String text) throws MalformedException {
        CsvText csv = new CsvText(text);
        List<List<String>> rows = new ArrayList<>();
        while (csv.at < text.length()) {
            rows.add(csv.row(rows.size() + 1));
        }
        return rows;
    }

    private static char separator(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' || c == ';' || c == '\t') {
                return c;
            }
            if (c == '\n' || c == '\r') {
                break;
            }
        }
        return ',';
    }

    private List<String> row(int number) throws MalformedException {
        List<String> cells = new ArrayList<>();
        while (true) {
            cells.add(unguarded(at < text.length() && text.charAt(at) == '"' ? quoted(number) : plain(number)));
            if (at == text.length()) {
                return cells;
            }
            char end = text.charAt(at++);
            if (end == separator) {
                continue;
            }
            if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                at++;
            }
            return cells;
        }
    }

    private String plain(int number) throws MalformedException {
        int from = at;
        while (!atEnd()) {
            if (text.charAt(at) == '"') {
                throw new MalformedException(number, "a quote stands inside a cell that does not start with one");
            }
            at++;
        }
        return text.substring(from, at);
    }

    private String quoted(int number) throws MalformedException {
        StringBuilder cell = new StringBuilder();
        int from = at + 1;
        while (true) {
            int quote = text.indexOf('"', from);
            if (quote < 0) {
                throw new MalformedException(number, "a quoted cell does not end");
            }
            cell.append(text, from, quote);
            at = quote + 1;
            if (at == text.length() || text.charAt(at) != '"') {
                break;
            }
            cell.append('"');
            from = at + 1;
        }
        if (!atEnd()) {
            throw new MalformedException(number, "something follows the closing quote of a cell");
        }
        return cell.toString();
    }

    private boolean atEnd() {
        return at == text.length()
                || text.charAt(at) == separator
                || text.charAt(at) == '\n'
                || text.charAt(at) == '\r';
    }

    private static String unguarded(String cell) {
        boolean guarded = cell.length() > 1 && cell.charAt(0) == '\'' && FORMULA.indexOf(cell.charAt(1)) >= 0;
        return guarded ? cell.substring(1) : cell;
    }

    /** Writes a row with commas and CR LF; a null cell is an empty one. */
    static void write(StringBuilder out, List<String> cells) {
        String before = "";
        for (String cell : cells) {
            out.append(before);
            append(out, cell == null ? "" : cell);
            before = ",";
        }
        out.append("\r\n");
    }

    private static void append(StringBuilder out, String cell) {
        String safe = !cell.isEmpty() && FORMULA.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
        boolean plain = true;
        for (int i = 0; i < safe.length() && plain; i++) {
            plain = ",;\"\t\r\n".indexOf(safe.charAt(i)) < 0;
        }
        if (plain) {
            out.append(safe);
        } else {
            out.append('"').append(safe.replace("\"", "\"\"")).append('"');
        }
    }

    /** Text that is no CSV. */
    static final class MalformedException extends Exception {

        private static final long serialVersionUID = 1;

        private final int row;

        MalformedException(int row, String message) {
            super(message);
            this.row = row;
        }

        int row() {
            return row;
        }
    }
}
