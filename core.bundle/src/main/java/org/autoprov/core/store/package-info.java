// SPDX-License-Identifier: Apache-2.0
/** What core asks of the bundle that keeps its documents. */
@Export
@Version("1.0.0")
package org.autoprov.core.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
