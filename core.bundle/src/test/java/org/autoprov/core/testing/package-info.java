// SPDX-License-Identifier: Apache-2.0
/** What vendor bundles use in their tests; shipped as core's test jar. */
package org.autoprov.core.testing;
