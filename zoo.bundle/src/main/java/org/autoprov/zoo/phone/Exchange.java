// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

/**
 * One request of a phone and what came of it.
 *
 * @param protocol over which it went
 * @param method {@code GET} or {@code PUT}, over TFTP {@code RRQ} or {@code WRQ}
 * @param path what it asked for
 * @param status as in {@link Answer}; 0: there was no answer
 * @param outcome as in {@link Answer}; empty: there was no answer
 * @param bytes size of the body
 * @param millis from the request to the end of the answer
 * @param note what was wrong, or where it was sent; empty: nothing to say
 */
public record Exchange(
        Protocol protocol,
        String method,
        String path,
        int status,
        String outcome,
        long bytes,
        double millis,
        String note) {}
