// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.plugin;

import java.util.Set;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.request.PhoneRequest;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The OSGi service by which a family reads requests. Every request of every phone is shown to every identifier, also
 * those of other makers, so it must be quick (microseconds), must not block, and is called from many threads at once.
 *
 * <p>Core asks all of them and takes, for each part, the value with the most votes. What is thrown is logged with the
 * family's name and counts as no answer; an identifier that does not return within its time limit is no longer asked.
 */
@ConsumerType
@FunctionalInterface
public interface DeviceIdentifier {

    /**
     * Says what this request reveals of its sender.
     *
     * @return what is known; {@link DeviceInfo#NOTHING} when the request is not of this family. Never null. The
     *     {@code ip} part is ignored: core knows better.
     */
    DeviceInfo identify(PhoneRequest request);

    /**
     * The header fields besides User-Agent that {@link #identify} reads. Core keeps answers to HTTP requests and gives them
     * again to requests that are alike in User-Agent and path, have no query and no certificate, and none of these fields.
     *
     * @return their names; null when that cannot be said, and then no answer is kept for any family. The same at each call.
     */
    default Set<String> headersRead() {
        return null;
    }
}
