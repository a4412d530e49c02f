// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.device;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A SIP account that waits for, or is bound to, a position of a device. Immutable.
 *
 * @param id unique
 * @param revision counts stored changes from 1; 0 means not stored
 * @param tenant the tenant whose user this is; not null
 * @param code the provisioning code that ties a device to this line: six decimal digits, unique, made by Autoprov
 * @param account what the phone registers, in the names of {@code sip_lines.N} ({@code username}, {@code password},
 *     {@code display_name}, {@code number}, {@code proxy_ip}, …); {@code username}, {@code password} and
 *     {@code display_name} are always there
 * @param parameters further raw-config parameters for the device that gets this line, such as {@code funckeys};
 *     {@code X_template} names the config to inherit from instead of {@code defaultconfigdevice}
 * @param device the id of the device it is bound to; null when it is bound to none
 * @param position its position (port) on that device, from 1; 0 when it is bound to none
 */
public record Line(
        String id,
        long revision,
        String tenant,
        String code,
        Map<String, Object> account,
        Map<String, Object> parameters,
        String device,
        int position) {

    public Line {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(code, "code");
        account = Collections.unmodifiableMap(new LinkedHashMap<>(account)); // in the order it was given
        parameters = parameters == null ? Map.of() : parameters;
    }

    public String username() {
        return String.valueOf(account.get("username"));
    }

    public String displayName() {
        return String.valueOf(account.get("display_name"));
    }

    /** The main extension; empty text when it has none. */
    public String number() {
        return String.valueOf(account.getOrDefault("number", ""));
    }

    public boolean isBound() {
        return device != null;
    }

    public Line boundTo(String deviceId, int at) {
        return new Line(id, revision, tenant, code, account, parameters, deviceId, at);
    }

    public Line withCode(String value) {
        return new Line(id, revision, tenant, value, account, parameters, device, position);
    }

    public Line with(Map<String, Object> newAccount, Map<String, Object> newParameters) {
        return new Line(id, revision, tenant, code, newAccount, newParameters, device, position);
    }

    public Line withRevision(long value) {
        return new Line(id, value, tenant, code, account, parameters, device, position);
    }

    /** Without the account's password, which no log shall see. */
    @Override
    public String toString() {
        return "line " + id + " " + username() + (device == null ? "" : " on " + device + " position " + position);
    }
}
