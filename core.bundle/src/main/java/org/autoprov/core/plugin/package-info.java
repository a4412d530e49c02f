// SPDX-License-Identifier: Apache-2.0
/** What a vendor bundle implements, and what it may use to do so. */
@Export
@Version("1.0.0")
package org.autoprov.core.plugin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
