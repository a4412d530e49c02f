// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import java.util.Set;
import org.autoprov.core.device.DeviceInfo;

/**
 * What a request says about its sender, and who understood it.
 *
 * @param families those that named the vendor in {@code info}: where several families are of one vendor, theirs are the
 *     plugins to choose from
 */
record Identified(DeviceInfo info, Set<String> families) {}
