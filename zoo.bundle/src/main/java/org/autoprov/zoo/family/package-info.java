// SPDX-License-Identifier: Apache-2.0
/** What vendor bundles say about the way their phones boot. */
package org.autoprov.zoo.family;
