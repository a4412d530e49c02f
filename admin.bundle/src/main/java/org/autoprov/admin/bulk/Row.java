// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import java.util.Map;

/**
 * One row below the header.
 *
 * @param number as spreadsheets count
 * @param cells the cells that are not empty, by column, without white space around them but for {@link #EXACT}
 */
record Row(int number, Map<String, String> cells) {

    /** The column whose cells are taken with the white space around them. */
    static final String EXACT = "password";

    /** Longer cells are refused, characters. */
    static final int MAX_CELL = 4096;

    /** The cell's text, or null when it is empty or the column is not there. */
    String cell(String column) {
        return cells.get(column);
    }

    boolean has(String column) {
        return cells.containsKey(column);
    }

    /** The cell's number, from 1 to the given one. */
    long number(String column, int max) throws RowException {
        String cell = cell(column);
        if (cell != null && cell.matches("[0-9]{1,9}")) {
            long number = Long.parseLong(cell);
            if (number >= 1 && number <= max) {
                return number;
            }
        }
        throw new RowException(column, "must be a number from 1 to " + max);
    }

    /** Refuses what no phone and no document should hold. */
    void check() throws RowException {
        for (Map.Entry<String, String> cell : cells.entrySet()) {
            if (cell.getValue().length() > MAX_CELL) {
                throw new RowException(cell.getKey(), "is longer than " + MAX_CELL + " characters");
            }
            boolean prose = cell.getKey().equals("description");
            if (cell.getValue().chars().anyMatch(c -> Character.isISOControl(c) && !(prose && isSpace(c)))) {
                throw new RowException(cell.getKey(), "has a line end or another control character");
            }
        }
    }

    private static boolean isSpace(int c) {
        return c == '\n' || c == '\r' || c == '\t';
    }
}
