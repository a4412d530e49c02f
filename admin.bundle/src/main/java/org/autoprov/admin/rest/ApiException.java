// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

/** A request is refused with a status and one line. */
final class ApiException extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;

    ApiException(int status, String line) {
        super(line);
        this.status = status;
    }

    static ApiException badRequest(String line) {
        return new ApiException(400, line);
    }

    static ApiException noSuchResource() {
        return new ApiException(404, "No such resource");
    }

    int status() {
        return status;
    }
}
