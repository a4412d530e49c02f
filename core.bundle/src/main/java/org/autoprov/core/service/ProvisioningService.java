// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneRequest;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The path of a request: who asks, which plugin speaks its language, what it gets. Listeners call it; it throws nothing
 * that a phone could cause. Thread-safe; a call for a known phone does not wait for the store, one that makes a device
 * waits for its commit.
 */
@ProviderType
public interface ProvisioningService {

    /**
     * Answers a request to read or look if that can be done at once: a known phone asks for a file that is ready. Never
     * blocks, calls no plugin, and writes nothing; a listener may call it on the thread that serves all its connections.
     *
     * @return empty when {@link #provision} is needed; the request then counts as not made
     */
    Optional<PhoneReply> provisionAtOnce(PhoneRequest request);

    /** Answers a request to read or look. */
    PhoneReply provision(PhoneRequest request);

    /**
     * Takes a file that a phone sends.
     *
     * @param request with the action WRITE
     * @param body read to its end only when the file is wanted; the caller closes it
     * @param length the announced length in bytes; negative when it was not announced
     * @throws IOException when the phone's connection fails
     */
    PhoneReply upload(PhoneRequest request, InputStream body, long length) throws IOException;

    /** Learns from a sender's message that carries no file request (DHCP): identify, find and update only. */
    void observe(PhoneRequest request);
}
