// SPDX-License-Identifier: Apache-2.0
/** The files phones read, parsed as strictly as phones do. */
package org.autoprov.zoo.format;
