// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sccp;

import java.util.Map;
import java.util.Optional;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.plugin.FamilyFiles;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.Resync;
import org.autoprov.plugin.cisco.sep.SepGenerator;

/** Makes {@code SEP<MAC>.cnf.xml}, which names the call managers; lines and keys come from there. */
public final class CiscoSccpConfigGenerator extends SepGenerator {

    public CiscoSccpConfigGenerator(FamilyFiles family, FirmwareLine line) {
        super(family, line, "SCCP");
    }

    /** None: only the call manager can restart such a phone. */
    @Override
    public Optional<Resync> resync(Device device) {
        return Optional.empty();
    }

    @Override
    protected Map<String, Object> model(PhoneFile file, Device device, PhoneConfig config)
            throws InvalidConfigException {
        if (!file.perDevice()) {
            return commonModel(file, device, config);
        }
        needTftp(file, config);
        Map<String, Object> model = sepModel(file, device, config, "");
        model.put("managers", CallManagers.of(config, file.name()));
        return model;
    }
}
