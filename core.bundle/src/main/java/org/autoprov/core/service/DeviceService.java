// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autoprov.core.device.Device;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.request.FileContent;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What administration does with devices. Reads come from memory; changes return when they are durable. Thread-safe.
 * {@code actor} is who asks, for the audit log.
 */
@ProviderType
public interface DeviceService {

    Collection<Device> all();

    Optional<Device> get(String id);

    /** The device with this id, MAC address (any spelling), serial number, UUID, or address if only one has it. */
    Optional<Device> find(String idOrAddress);

    /**
     * Stores a new device and configures it if possible.
     *
     * @param device its {@code configured}, {@code isNew} and revision are set here; a null tenant means the master
     * @return as stored
     * @throws RefusedException CONFLICT for a taken id, INVALID, UNAVAILABLE
     */
    Device create(String actor, Device device) throws RefusedException;

    /**
     * Replaces a device. What generation depends on having changed, it is configured anew.
     *
     * @param device its revision must be the stored one, or 0 to replace whatever is stored; what only the server sets
     *     ({@code configured}, {@code isNew}, the remote state) is not looked at
     * @return as stored; the stored one itself when nothing differs
     * @throws RefusedException NOT_FOUND, STALE, INVALID, UNAVAILABLE; CONFLICT when it shall no longer be shared while
     *     lines of other tenants are tied to it
     */
    Device update(String actor, Device device) throws RefusedException;

    /**
     * Stores new devices and replaces others, all of them or, when one is refused, none.
     *
     * @param devices no id twice; one with the revision 0 is made, as {@link #create} does; others are as for
     *     {@link #update}, and must be stored with just that revision
     * @throws RefusedException as {@link #create} and {@link #update}; the message says which device where it is one's fault
     */
    void putAll(String actor, Collection<Device> devices) throws RefusedException;

    /** @throws RefusedException NOT_FOUND, UNAVAILABLE */
    void delete(String actor, String id) throws RefusedException;

    /** Makes its files anew and notes whether that worked. @throws RefusedException NOT_FOUND, UNAVAILABLE */
    Device reconfigure(String actor, String id) throws RefusedException;

    /**
     * Unbinds all its lines and gives it a new onboarding config; its tenant stays.
     *
     * @throws RefusedException NOT_FOUND, UNAVAILABLE, CONFLICT when no config has the role {@code autocreate}
     */
    Device reset(String actor, String id) throws RefusedException;

    /**
     * Sets from which source address the device's secret files may be fetched.
     *
     * @param address canonical text; null to trust the next one that asks
     * @throws RefusedException NOT_FOUND, INVALID, UNAVAILABLE
     */
    Device trust(String actor, String id, String address) throws RefusedException;

    /** Why the device is not configured, one sentence; empty when it is. */
    Optional<String> problem(String id);

    /** When a request of this device last came, milliseconds since 1970; 0 when none came since it was forgotten. */
    long lastSeen(String id);

    /** Its flattened parameters with the defaults that its plugin sees, secrets included; empty without a config. */
    Optional<Map<String, Object>> parameters(String id);

    /** The files that its plugin makes for it; empty without one. */
    List<PhoneFile> files(String id);

    /**
     * A file exactly as the device would get it now, secrets included; touches nothing.
     *
     * @throws RefusedException NOT_FOUND for device or file, INVALID when it cannot be made, with the reason
     */
    FileContent preview(String id, String fileName) throws RefusedException;

    /**
     * As {@link #preview(String, String)}, were these parameters the device's own. Nothing of it is kept.
     *
     * @param changes a merge patch (RFC 7396) on its flattened parameters
     * @throws RefusedException also INVALID when the parameters are not valid then
     */
    FileContent preview(String id, String fileName, Map<String, Object> changes) throws RefusedException;
}
