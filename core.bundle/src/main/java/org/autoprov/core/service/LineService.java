// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.osgi.annotation.versioning.ProviderType;

/** Lines, and the act that ties them to devices. Reads come from memory; changes return when durable. Thread-safe. */
@ProviderType
public interface LineService {

    Collection<Line> all();

    Optional<Line> get(String id);

    Optional<Line> findByCode(String code);

    /** The lines bound to a device, by position. */
    Collection<Line> ofDevice(String deviceId);

    /**
     * Makes a line with a new id and a new provisioning code.
     *
     * @param tenant id of an existing tenant
     * @param account as {@link Line#account}; {@code username}, {@code password} and {@code display_name} must be there
     * @param parameters as {@link Line#parameters}
     * @throws RefusedException INVALID, UNAVAILABLE
     */
    Line create(String actor, String tenant, Map<String, Object> account, Map<String, Object> parameters)
            throws RefusedException;

    /**
     * As {@link #create(String, String, Map, Map)}, with an id that the caller chose: asking twice makes one line only.
     *
     * @param id 1 to 64 letters, digits and characters of {@code - _ .}; null: a new one
     * @throws RefusedException also CONFLICT for a taken id
     */
    Line create(String actor, String id, String tenant, Map<String, Object> account, Map<String, Object> parameters)
            throws RefusedException;

    /**
     * Replaces what a line's phone registers and its parameters; the device that it is bound to is configured anew with
     * it. Its tenant, its code, and where it is bound stay.
     *
     * @param line its revision must be the stored one, or 0 to replace whatever is stored
     * @return as stored; the stored one itself when nothing differs
     * @throws RefusedException NOT_FOUND, STALE, INVALID, UNAVAILABLE
     */
    Line update(String actor, Line line) throws RefusedException;

    /**
     * Makes lines and ties lines to devices, all of them or, when one is refused, none.
     *
     * @param wanted no id twice; with the revision 0 a line to be made, whose code is not looked at; else a line that is
     *     stored with just that revision and bound to no device. Its device and position say where it shall be tied,
     *     null for nowhere, position 0 for the first free one, in this order
     * @throws RefusedException as {@link #create} and {@link #associate}; STALE when somebody changed a line meanwhile
     */
    void putAll(String actor, Collection<Line> wanted) throws RefusedException;

    /** Gives a line a new provisioning code; the old one is of no use any more. @throws RefusedException NOT_FOUND, UNAVAILABLE */
    Line renewCode(String actor, String id) throws RefusedException;

    /** Deletes a line that is bound to no device. @throws RefusedException NOT_FOUND, CONFLICT, UNAVAILABLE */
    void delete(String actor, String id) throws RefusedException;

    /**
     * Ties the line with this code to a position of a device: the device gets the config of its lines, and goes to the
     * line's tenant when it is new, unless it is shared between tenants.
     *
     * @param code six digits
     * @param position from 1; 0 for the first free one
     * @param address the source address that the claim came from, which may then fetch the secret files; null to keep
     *     what the device has
     * @throws RefusedException NOT_FOUND for code or device; CONFLICT when the line is bound already, the position is
     *     taken, the device belongs to another tenant and is not shared, or it speaks SCCP; INVALID; UNAVAILABLE
     */
    Device associate(String actor, String code, String deviceId, int position, String address) throws RefusedException;

    /**
     * Unties a line from its device; the last one leaves the device with a new onboarding config.
     *
     * @throws RefusedException NOT_FOUND, CONFLICT when it is bound to none, UNAVAILABLE
     */
    Device dissociate(String actor, String lineId) throws RefusedException;
}
