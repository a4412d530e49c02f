// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

/**
 * One request of a phone and what came of it.
 *
 * @param method {@code GET} or {@code PUT}
 * @param path what it asked for
 * @param status the HTTP status; 0: there was no answer
 * @param bytes size of the body
 * @param millis from the request to the end of the answer
 * @param note what was wrong, or where it was sent; empty: nothing to say
 */
public record Exchange(String method, String path, int status, long bytes, double millis, String note) {}
