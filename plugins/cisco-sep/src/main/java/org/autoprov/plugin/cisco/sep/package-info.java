// SPDX-License-Identifier: Apache-2.0
/**
 * What SIP and SCCP loads of Cisco's enterprise phones have in common: file names, names of time zones and locales,
 * and the rules by which a plugin takes a phone. Both families carry a private copy, so that each can be installed
 * alone.
 */
package org.autoprov.plugin.cisco.sep;
