// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

/**
 * Tells who calls an administrators' API and whether they may. Where several are registered, the one with the highest
 * service ranking counts: an external identity service comes before the built-in tokens. Thread-safe; may wait for a
 * network, so it is never called on the path of a phone's request.
 */
public interface IdentityService {

    /**
     * Lets a call in.
     *
     * @param token what the caller showed; null when nothing
     * @param tenant the tenant that the call names, a UUID; null: the token's own
     * @param access what is needed, such as {@code provd.dev_mgr.devices.read}, dots inside ids replaced by
     *     {@code _}; the text {@code {tenant_uuid}} in it stands for the call's tenant; null when any valid token will do
     * @throws AccessException when it is not let in
     */
    Caller authorize(String token, String tenant, String access) throws AccessException;
}
