// SPDX-License-Identifier: Apache-2.0
/** What listeners and administration call. */
@Export
@Version("1.0.0")
package org.autoprov.core.service;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
