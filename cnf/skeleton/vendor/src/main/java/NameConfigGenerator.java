// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.@family@;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.config.FunctionKey;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.config.SipLine;
import org.autoprov.core.device.Device;
import org.autoprov.core.plugin.FamilyFiles;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.PhoneModel;
import org.autoprov.core.plugin.TemplateGenerator;

/** Makes {@code <mac>.cfg}: translates the parameters into the phone's values; the template has the wording. */
public final class @Name@ConfigGenerator extends TemplateGenerator {

    private static final Map<String, String> TRANSPORTS = Map.of("udp", "0", "tcp", "1", "tls", "2");

    public @Name@ConfigGenerator(FamilyFiles family, FirmwareLine line) {
        super(family, line);
    }

    @Override
    protected Map<String, Object> model(PhoneFile file, Device device, PhoneConfig config)
            throws InvalidConfigException {
        // A phone whose model is not listed gets what its config uses.
        int accounts =
                phoneModel(device).map(PhoneModel::lines).orElse(config.lines().size());
        Map<String, Object> model = new HashMap<>();
        model.put("adminPassword", config.text("admin_password"));
        model.put("language", config.locale() == null ? null : config.locale().substring(0, 2));
        model.put("timeZone", config.timeZone().map(Object::toString).orElse(null));
        model.put("ntp", config.text("ntp_ip"));
        model.put("transport", TRANSPORTS.getOrDefault(config.sipTransport(), "0"));
        model.put("accounts", accounts(file, config, accounts));
        model.put("keys", keys(device, config));
        return model;
    }

    /** All accounts of the phone, also those that are not in use: it would keep what the file does not name. */
    private static List<Map<String, Object>> accounts(PhoneFile file, PhoneConfig config, int count)
            throws InvalidConfigException {
        List<Map<String, Object>> accounts = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            Map<String, Object> account = new HashMap<>();
            account.put("number", number);
            SipLine line = config.line(number).orElse(null);
            if (line != null) {
                if (line.proxyIp() == null) {
                    String fault = file.name() + ": sip_lines." + number + ".proxy_ip is missing";
                    throw new InvalidConfigException("@vendor@ " + fault);
                }
                account.put("user", line.username());
                account.put("authUser", line.authUsername());
                account.put("password", line.password());
                account.put("name", line.displayName());
                account.put("server", line.proxyIp());
                account.put("port", line.proxyPort());
            }
            accounts.add(account);
        }
        return accounts;
    }

    private List<Map<String, Object>> keys(Device device, PhoneConfig config) {
        int count = phoneModel(device).map(PhoneModel::functionKeys).orElse(0);
        List<Map<String, Object>> keys = new ArrayList<>();
        for (FunctionKey key : config.functionKeys()) {
            if (key.number() <= count) {
                String type = switch (key.type()) {
                    case SPEEDDIAL -> "dial";
                    case BLF -> "watch";
                    case PARK -> "park";
                };
                keys.add(Map.of("number", key.number(), "type", type, "value", key.value(), "label", key.label()));
            }
        }
        return keys;
    }
}
