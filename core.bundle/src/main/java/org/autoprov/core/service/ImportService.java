// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Takes over what a wazo-provd has kept in its data folder. Thread-safe; one import at a time. */
@ProviderType
public interface ImportService {

    /**
     * Imports tenants with their provisioning keys, parameters, the base raw config, configs and devices, in this order.
     * The folder is only read. A document is taken wholly or not at all; one that cannot be taken does not stop the
     * others. What is here already with the same content stays as it is, so a second run changes nothing; what is here
     * with other content stays too, unless {@code overwrite}. The configs of the first start are replaced as long as nobody
     * has changed them. What phones told this server meanwhile (address, firmware version, what the folder does not say)
     * is no difference.
     *
     * @param actor who asks, for the audit log
     * @param folder holds {@code app.json} and the folders {@code configs} and {@code devices}, or has these two in
     *     {@code jsondb}
     * @param dryRun only says what would happen
     * @param overwrite replaces what is here with other content, except devices that have lines here
     * @return what was done and what was not
     * @throws RefusedException NOT_FOUND when there is no such folder, INVALID when it cannot be read or holds none of
     *     these, CONFLICT when another import runs, UNAVAILABLE when the store went away: what was stored until then
     *     stays, and another run goes on from there
     */
    ImportReport run(String actor, Path folder, boolean dryRun, boolean overwrite) throws RefusedException;
}
