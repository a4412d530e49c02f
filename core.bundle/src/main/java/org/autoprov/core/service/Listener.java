// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * An open network listener. A listener bundle registers one of these services for each of its sockets once it accepts;
 * the server says it is ready when all listeners that the settings ask for are there, and writes their addresses into
 * {@code run/endpoints.json}.
 */
@ConsumerType
public interface Listener {

    /** Its key in {@code run/endpoints.json}: {@code phonesHttp}, {@code tftp}, {@code api}, … */
    String name();

    /** Where it listens, as a URL: {@code http://0.0.0.0:8667}. */
    String url();

    /** Accepts nothing more and lets running transfers end, for at most the given time; then closes. Idempotent. */
    void shutDown(long millis);
}
