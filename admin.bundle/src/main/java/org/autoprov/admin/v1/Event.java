// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.time.Instant;
import java.util.Map;
import org.autoprov.admin.Json;

/**
 * Something that happened, as readers and webhooks are told of it. Holds no secrets. Immutable.
 *
 * @param type {@code request}, {@code device.update}, …
 * @param time when
 * @param device the id of the device that it is about; null for none or several
 * @param audience whose it is
 * @param data an object in one line of JSON
 * @param outline the same for those who see a part of the device only: not who did it, not what exactly
 */
record Event(String type, Instant time, String device, Audience audience, String data, String outline) {

    /** Readers are told of this when something cannot be told any more. */
    static final String MISSED = "missed";

    static Event of(String type, Instant time, String device, Audience audience, Map<String, Object> data) {
        String whole = Json.write(data);
        return new Event(type, time, device, audience, whole, whole);
    }

    Event withOutline(Map<String, Object> object) {
        return new Event(type, time, device, audience, data, Json.write(object));
    }

    /** What a tenant gets that the audience has. */
    String dataFor(String tenant) {
        return audience.seesWhole(tenant) ? data : outline;
    }
}
