// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Devices and lines as CSV files: UTF-8, a header, commas (a spreadsheet's semicolons or tabulators are read too). An
 * exported file, imported again, changes nothing. Only what belongs to the caller's tenants is seen and changed.
 * Thread-safe.
 */
@ProviderType
public interface BulkService {

    /** The devices, by tenant, MAC address and id. */
    String exportDevices(Caller caller);

    /**
     * Makes and changes devices. Nothing in the file leads to an exception: the report names each bad row.
     *
     * @param dryRun whether to check only
     * @throws RefusedException STALE or CONFLICT when somebody changed the same meanwhile, UNAVAILABLE; nothing is stored
     *     then
     */
    BulkReport importDevices(Caller caller, byte[] csv, boolean dryRun) throws RefusedException;

    /**
     * The lines, by tenant, user name and id.
     *
     * @param secrets whether with passwords and codes; without, the file has no such columns
     */
    String exportLines(Caller caller, boolean secrets);

    /** Makes lines and ties lines to devices; else as {@link #importDevices}. */
    BulkReport importLines(Caller caller, byte[] csv, boolean dryRun) throws RefusedException;
}
