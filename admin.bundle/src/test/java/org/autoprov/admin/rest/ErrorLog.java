// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged as an error while it is open: somebody would have to act. */
final class ErrorLog extends Handler {

    private static final Logger OURS = Logger.getLogger("org.autoprov");

    private final List<String> errors = new CopyOnWriteArrayList<>();

    ErrorLog() {
        OURS.addHandler(this);
    }

    List<String> errors() {
        return errors;
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
            errors.add(record.getMessage() + ' ' + record.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        OURS.removeHandler(this);
    }
}
