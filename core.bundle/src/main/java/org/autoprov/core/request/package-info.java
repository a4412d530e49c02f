// SPDX-License-Identifier: Apache-2.0
/** What a telephone asks and what it is answered, whatever the transport. */
@Export
@Version("1.0.0")
package org.autoprov.core.request;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
