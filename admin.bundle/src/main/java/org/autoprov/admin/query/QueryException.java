// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.query;

/** A query that means nothing. The message is one sentence for whoever asked, without any part of a document. */
public final class QueryException extends Exception {

    private static final long serialVersionUID = 1;

    public QueryException(String message) {
        super(message);
    }
}
