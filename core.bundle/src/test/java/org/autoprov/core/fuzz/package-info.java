// SPDX-License-Identifier: Apache-2.0
/** Fuzz targets for what the network and administrators feed; CONTRIBUTING.md says how to run one. */
package org.autoprov.core.fuzz;
