// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sip;

import java.util.Map;
import java.util.Optional;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.config.SipLine;
import org.autoprov.core.device.Device;
import org.autoprov.core.plugin.FamilyFiles;
import org.autoprov.core.plugin.FileRule;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.PhoneModel;
import org.autoprov.core.plugin.Resync;
import org.autoprov.plugin.cisco.sep.SepGenerator;

/**
 * Makes {@code SEP<MAC>.cnf.xml}, and {@code SIP<MAC>.cnf} for 7940 and 7960, whose old loads read text. A phone of
 * unknown model gets both: it takes what it can read.
 */
public final class CiscoSipConfigGenerator extends SepGenerator {

    private static final Map<String, String> TRANSPORTS = Map.of("tcp", "1", "udp", "2", "tls", "3");
    private static final String TEXT_FILE = "phone.cnf.ftl";

    /** What a 7960 has; of an unknown model no more is written. */
    private static final int TEXT_LINES = 6;

    private final boolean textLine;

    public CiscoSipConfigGenerator(FamilyFiles family, FirmwareLine line) {
        super(family, line, "SIP");
        textLine = line.flag("text");
    }

    @Override
    protected boolean applies(FileRule rule, Device device) {
        boolean text = !rule.template().contains(".xml.") || rule.name().equals("syncinfo.xml");
        return super.applies(rule, device) && (textLine || !text || device.model() == null);
    }

    /**
     * XML loads restart at {@code service-control}, whose body says how; text loads compare a number in syncinfo.xml.
     */
    @Override
    public Optional<Resync> resync(Device device) {
        return textLine ? Optional.of(new Resync("check-sync", Map.of())) : super.resync(device);
    }

    @Override
    public byte[] generate(PhoneFile file, Device device, PhoneConfig config) throws InvalidConfigException {
        byte[] bytes = super.generate(file, device, config);
        if (file.template().equals(TEXT_FILE) && bytes.length > TextPhone.MAX_FILE) {
            throw new InvalidConfigException("Cisco " + file.name() + ": the file has " + bytes.length
                    + " bytes; the phone reads " + TextPhone.MAX_FILE);
        }
        return bytes;
    }

    @Override
    protected Map<String, Object> model(PhoneFile file, Device device, PhoneConfig config)
            throws InvalidConfigException {
        if (!file.perDevice()) {
            return commonModel(file, device, config);
        }
        if (file.template().equals(TEXT_FILE)) {
            return textModel(file, device, config);
        }
        Map<String, Object> model = sepModel(file, device, config, "&");
        Buttons buttons = Buttons.of(config, file.name(), phoneModel(device));
        SipLine first = buttons.first();
        model.put("adminPassword", config.text("admin_password"));
        model.put("transport", TRANSPORTS.getOrDefault(config.sipTransport(), "2"));
        model.put("buttons", buttons.list());
        model.put("servers", buttons.servers());
        if (first != null) {
            model.put("phoneLabel", first.displayName());
            model.put("numberMask", first.extension());
            model.put("controlPort", Buttons.port(first.proxyPort()));
            model.put("outbound", first.outboundProxyIp());
            model.put("outboundPort", Buttons.port(first.outboundProxyPort()));
            model.put("inBand", first.dtmfMode() == SipLine.DtmfMode.IN_BAND);
        }
        return model;
    }

    private Map<String, Object> textModel(PhoneFile file, Device device, PhoneConfig config)
            throws InvalidConfigException {
        if (textLine) {
            needTftp(file, config);
        }
        // A phone that may well read XML must not stay without configuration because of a text that is too long.
        return new TextPhone(file.name(), config, textLine)
                .model(phoneModel(device).map(PhoneModel::lines).orElse(TEXT_LINES));
    }
}
