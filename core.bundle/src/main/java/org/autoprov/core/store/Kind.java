// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.store;

/** Kinds of stored documents. A store keeps each kind apart; its names are stable once shipped. */
public enum Kind {
    DEVICE,
    CONFIG,
    TENANT,
    LINE,
    /** Which plugins are enabled, and which bundle brought them. */
    PLUGIN,
    /** Server-wide parameters: the master tenant, proxies, locale, NAT. */
    PARAMETER,
    /** Tokens of administrators; hashes only. */
    TOKEN
}
