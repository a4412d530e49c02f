// SPDX-License-Identifier: Apache-2.0
/** Parameters of telephones: stored configs with parents, and the vendor-neutral view that a plugin reads. */
@Export
@Version("1.0.0")
package org.autoprov.core.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
