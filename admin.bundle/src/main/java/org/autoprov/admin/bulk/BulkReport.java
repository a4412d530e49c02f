// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import java.util.List;

/**
 * What an import did, or in a dry run would do. When a row fails the check nothing is applied. A row that core refuses
 * when it is applied is in {@code bad} too; the rows beside it are done.
 *
 * @param applied whether rows were applied: false in a dry run, or when some row failed the check
 * @param rows how many rows there are, without the header and empty ones
 * @param created how many make, or in a dry run would make, something new
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
}
