// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.device;

import java.net.InetSocketAddress;

/**
 * How a device reaches this server.
 *
 * @param http our address and port for HTTP, as the device sees us
 * @param keyless whether the device came by a protocol that carries no tenant's key: whoever asks that way has not shown
 *     the key, so it must not learn it from its files
 */
public record Reach(InetSocketAddress http, boolean keyless) {}
