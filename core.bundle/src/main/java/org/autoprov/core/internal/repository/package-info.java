// SPDX-License-Identifier: Apache-2.0
/** Where vendor bundles and their packages come from, and how they get here whole. */
package org.autoprov.core.internal.repository;
