// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.autoprov.admin.Json;

/**
 * One event on its way to a webhook.
 *
 * @param id the same in each try, so that whoever gets it twice can tell
 * @param time when it happened
 * @param data an object in JSON
 */
record WebhookMessage(String id, String type, Instant time, String data) {

    byte[] body() {
        String text = "{\"type\":" + Json.write(type) + ",\"timestamp\":" + Json.write(Answers.time(time))
                + ",\"data\":" + data + '}';
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
