// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

/** The body of an answer that goes on until one of the two ends it. */
@FunctionalInterface
public interface EventStream {

    /** The header is on its way; called once, must not wait. */
    void open(Sink sink);

    /** Where its messages go. Thread-safe. */
    interface Sink {

        /**
         * Sends some bytes, in the order of the calls. Does not wait: what the client has not taken yet is kept.
         *
         * @return false when the client is gone, or so slow that it is given up; nothing more is sent then
         */
        boolean send(byte[] bytes);

        /** How much the client has not taken yet, bytes. */
        int waiting();

        /** Ends the answer after what was sent. Idempotent. */
        void close();

        /** Runs when the client is gone or the answer has ended, on any thread; at once when that was before. */
        void onClose(Runnable action);
    }
}
