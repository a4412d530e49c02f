// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.render;

/**
 * What a device's files call this server; part of the key of everything generated.
 *
 * @param url as the settings, the base raw config or the device's way to us have it; not null
 * @param keyless as in {@link Reach}
 */
public record BaseUrl(String url, boolean keyless) {}
