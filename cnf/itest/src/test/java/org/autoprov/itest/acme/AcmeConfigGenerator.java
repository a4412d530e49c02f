// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest.acme;

import java.util.List;
import java.util.Map;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.config.SipLine;
import org.autoprov.core.device.Device;
import org.autoprov.core.plugin.FamilyFiles;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.TemplateGenerator;

/** Makes a test phone's files, or what its descriptor says instead. */
public final class AcmeConfigGenerator extends TemplateGenerator {

    private static final int TOO_LARGE = 17 << 20;

    private final Behaviour behaviour;
    private final boolean first;

    public AcmeConfigGenerator(FamilyFiles family, FirmwareLine line) {
        super(family, line);
        behaviour = Behaviour.valueOf(line.text("behaviour", "SERVE"));
        // Nothing of a bundle's own is left when it starts anew.
        first = System.setProperty("org.autoprov.itest." + line.pluginId(), "made") == null;
        if (behaviour == Behaviour.THROW_COMPONENT) {
            throw new IllegalStateException("this vendor cannot be made");
        }
    }

    @Override
    public byte[] generate(PhoneFile file, Device device, PhoneConfig config) throws InvalidConfigException {
        switch (behaviour) {
            case THROW_GENERATE -> throw new IllegalStateException("this vendor cannot write files");
            case OVERFLOW_GENERATE -> overflow(1);
            case BLOCK_GENERATE -> Behaviour.block();
            case STUBBORN_GENERATE -> Behaviour.blockStubbornly();
            case STUBBORN_AT_FIRST -> {
                if (first) {
                    Behaviour.blockStubbornly();
                }
            }
            case HUGE_GENERATE -> {
                return new byte[TOO_LARGE];
            }
            default -> {
                // the others go wrong elsewhere
            }
        }
        return super.generate(file, device, config);
    }

    @SuppressWarnings("InfiniteRecursion") // that is what is wrong with it
    private static int overflow(int depth) {
        return depth + overflow(depth + 1);
    }

    @Override
    protected Map<String, Object> model(PhoneFile file, Device device, PhoneConfig config) {
        List<Map<String, Object>> lines =
                config.lines().stream().map(AcmeConfigGenerator::account).toList();
        return Map.of("bundle", line().text("bundle", ""), "plugin", line().pluginId(), "lines", lines);
    }

    private static Map<String, Object> account(SipLine line) {
        return Map.of("user", line.username(), "password", line.password());
    }
}
