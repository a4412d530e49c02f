// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

/** A row that cannot be imported. */
final class RowException extends Exception {

    private static final long serialVersionUID = 1;

    private final String column;

    RowException(String column, String reason) {
        super(reason);
        this.column = column;
    }

    String column() {
        return column;
    }
}
