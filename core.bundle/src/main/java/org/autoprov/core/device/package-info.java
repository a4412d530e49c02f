// SPDX-License-Identifier: Apache-2.0
/** What a telephone is to Autoprov: its addresses, what one request reveals of it, and its stored record. */
@Export
@Version("1.0.0")
package org.autoprov.core.device;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
