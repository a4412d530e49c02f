// SPDX-License-Identifier: Apache-2.0
/** Simulated phones: the commands {@code zoo} and {@code demo}. */
package org.autoprov.zoo;
