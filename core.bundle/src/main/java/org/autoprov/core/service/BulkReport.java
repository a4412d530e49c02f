// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.List;

/**
 * What an import of a CSV file did, or in a dry run would do. All rows are stored together; when one is bad, none is.
 *
 * @param applied whether rows were stored: false in a dry run, or when some row is bad
 * @param rows how many rows there are, without the header and empty ones
 * @param created how many make, or would make, something new
 * @param updated how many change something
 * @param unchanged how many say what is there already
 * @param failed how many rows are bad; may be more than {@code bad} lists
 * @param bad the first bad rows, at most {@link #MAX_BAD}, by row
 */
public record BulkReport(
        boolean applied, int rows, int created, int updated, int unchanged, int failed, List<BadRow> bad) {

    /** No more bad rows than this are listed. */
    public static final int MAX_BAD = 1000;

    public BulkReport {
        bad = List.copyOf(bad);
    }

    /**
     * What is wrong with one row.
     *
     * @param row as spreadsheets count: the header is row 1, the first row after it 2
     * @param column the name of the column; empty when the fault is in no single one
     * @param reason one sentence for people; never holds the content of a cell
     */
    public record BadRow(int row, String column, String reason) {}
}
