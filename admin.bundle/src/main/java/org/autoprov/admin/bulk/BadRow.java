// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

/**
 * What is wrong with one row of an import.
 *
 * @param row as spreadsheets count: the header is row 1, the first row after it 2
 * @param column the name of the column; empty when the fault is in no single one
 * @param reason one sentence for people; never holds the content of a cell
 */
public record BadRow(int row, String column, String reason) {}
