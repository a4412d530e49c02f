// SPDX-License-Identifier: Apache-2.0
/** The simulated phone: its HTTP client and its boot. */
package org.autoprov.zoo.phone;
