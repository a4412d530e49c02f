// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autoprov.core.config.FunctionKey;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.config.SipLine;
import org.autoprov.core.plugin.PhoneModel;

/**
 * The buttons beside the screen, as {@code sipLines} lists them: lines first, function keys after the highest line,
 * on the phone and then on its modules.
 *
 * @param list in order
 * @param servers what lines register with: the first is the main one, a second one its backup; empty without any server
 * @param first the line by which the phone is called; null without lines
 */
record Buttons(List<Map<String, Object>> list, List<Map<String, Object>> servers, SipLine first) {

    /** What a phone of an unlisted model may have at most. */
    private static final int UNLISTED_LINES = 24;

    private static final int UNLISTED_BUTTONS = 120;
    private static final int MODULE_BUTTONS = 24;
    private static final int SIP_PORT = 5060;

    /** Lines and keys beyond the model's buttons are left out. */
    static Buttons of(PhoneConfig config, String fileName, Optional<PhoneModel> model) throws InvalidConfigException {
        int most = model.map(PhoneModel::lines).orElse(UNLISTED_LINES);
        int buttons = model.map(Buttons::count).orElse(UNLISTED_BUTTONS);
        List<Map<String, Object>> list = new ArrayList<>();
        SipLine first = null;
        int highest = 0;
        for (SipLine line : config.lines()) {
            if (line.number() > most) {
                break; // they come in order
            }
            if (line.proxyIp() == null) {
                throw new InvalidConfigException("Cisco " + fileName + ": line " + line.number()
                        + " has no server; set sip_lines." + line.number() + ".proxy_ip or sip_proxy_ip");
            }
            first = first == null ? line : first;
            highest = line.number();
            list.add(line(line, first));
        }
        for (FunctionKey key : config.functionKeys()) {
            int button = highest + key.number();
            if (button <= buttons && key.type() != FunctionKey.Type.PARK) { // the phone has no park key
                list.add(key(key, button));
            }
        }
        return new Buttons(list, servers(first, config), first);
    }

    private static int count(PhoneModel model) {
        return model.lines() + model.expansionModules() * model.number("moduleKeys", MODULE_BUTTONS);
    }

    private static Map<String, Object> line(SipLine line, SipLine first) {
        String number = line.extension() == null ? line.username() : line.extension();
        Map<String, Object> button = new HashMap<>(24);
        button.put("button", line.number());
        button.put("label", line.extension() == null ? line.displayName() : line.extension());
        button.put("proxy", isServerOf(first, line) ? "USECALLMANAGER" : line.proxyIp());
        button.put("port", port(line.proxyPort()));
        button.put("name", line.username());
        button.put("displayName", line.displayName());
        button.put("authName", line.authUsername());
        button.put("password", line.password());
        button.put("contact", number);
        button.put("voicemail", line.voicemail());
        return button;
    }

    private static boolean isServerOf(SipLine first, SipLine line) {
        return first.proxyIp().equals(line.proxyIp()) && port(first.proxyPort()) == port(line.proxyPort());
    }

    private static Map<String, Object> key(FunctionKey key, int button) {
        return Map.of(
                "button",
                button,
                "watches",
                key.type() == FunctionKey.Type.BLF,
                "label",
                key.label(),
                "value",
                key.value());
    }

    private static List<Map<String, Object>> servers(SipLine first, PhoneConfig config) {
        List<Map<String, Object>> servers = new ArrayList<>(2);
        if (first != null) {
            servers.add(server(first.proxyIp(), first.proxyPort()));
            if (first.backupProxyIp() != null) {
                servers.add(server(first.backupProxyIp(), first.backupProxyPort()));
            }
        } else if (config.text("sip_proxy_ip") != null) {
            servers.add(server(config.text("sip_proxy_ip"), config.number("sip_proxy_port")));
        }
        return servers;
    }

    private static Map<String, Object> server(String host, Integer port) {
        return Map.of("host", host, "port", port(port));
    }

    static int port(Integer port) {
        return port == null ? SIP_PORT : port;
    }
}
