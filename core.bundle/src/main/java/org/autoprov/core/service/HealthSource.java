// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** Says how parts of the server are, for those who decide whether to send it phones. Registered as a service. */
@ConsumerType
public interface HealthSource {

    /** How a part is. */
    enum State {
        OK,
        /** It has not been there since the server was started. */
        STARTING,
        FAIL
    }

    /** How each part is now, by names that need no explanation. Called from any thread, often; must not wait. */
    Map<String, State> health();
}
