// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.spa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.config.SipLine;

/**
 * The SIP accounts of one device as its template prints them.
 *
 * @param used in order
 * @param unused numbers of the model's other accounts, which are switched off
 * @param secure whether one of them encrypts media
 */
record SpaAccounts(List<Map<String, Object>> used, List<Integer> unused, boolean secure) {

    private static final int PORT = 5060;
    private static final int TLS_PORT = 5061;

    /**
     * Lines beyond the model's accounts are left out.
     *
     * @param backup whether the firmware understands a list of servers
     */
    static SpaAccounts of(PhoneConfig config, String fileName, SpaModel device, boolean backup)
            throws InvalidConfigException {
        List<Map<String, Object>> used = new ArrayList<>();
        List<Integer> unused = new ArrayList<>();
        boolean secure = false;
        int next = 1;
        for (SipLine line : config.lines()) {
            if (line.number() > device.lines()) {
                break; // they come in order
            }
            requireServer(line, fileName);
            for (; next < line.number(); next++) {
                unused.add(next);
            }
            next = line.number() + 1;
            secure |= line.srtpMode() != SipLine.SrtpMode.DISABLED;
            used.add(account(line, config, backup));
        }
        for (; next <= device.lines(); next++) {
            unused.add(next);
        }
        return new SpaAccounts(used, device.listed() ? unused : List.of(), secure);
    }

    static void requireServer(SipLine line, String fileName) throws InvalidConfigException {
        if (line.proxyIp() == null) {
            throw new InvalidConfigException("Cisco " + fileName + ": line " + line.number()
                    + " has no server; set sip_lines." + line.number() + ".proxy_ip or sip_proxy_ip");
        }
    }

    /** For an ATA190, which has host and port apart. */
    static Map<String, Object> plain(SipLine line, PhoneConfig config) {
        Map<String, Object> account = account(line, config, false);
        account.put("server", line.proxyIp());
        account.put("port", line.proxyPort() == null ? defaultPort(config) : line.proxyPort());
        account.put("number", line.extension() == null ? line.username() : line.extension());
        return account;
    }

    private static Integer defaultPort(PhoneConfig config) {
        return config.sipTransport().equals("tls") ? TLS_PORT : PORT;
    }

    private static Map<String, Object> account(SipLine line, PhoneConfig config, boolean backup) {
        Map<String, Object> account = new HashMap<>(32);
        account.put("n", Integer.toString(line.number()));
        account.put("proxy", proxy(line, config, backup));
        account.put("outbound", line.outboundProxyIp() == null ? null : outbound(line));
        account.put("displayName", line.displayName());
        account.put("userName", line.username());
        account.put("password", line.password());
        account.put("authName", line.authUsername());
        account.put("dtmf", dtmf(line.dtmfMode()));
        account.put("transport", transport(config.sipTransport()));
        account.put("secure", line.srtpMode() == SipLine.SrtpMode.DISABLED ? "No" : "Yes");
        account.put("secureOption", line.srtpMode() == SipLine.SrtpMode.REQUIRED ? "Required" : "Optional");
        account.put("shortName", line.extension() == null ? "$USER" : line.extension());
        return account;
    }

    /** With a backup, as if an SRV record had said it: the lower priority is tried first. */
    private static String proxy(SipLine line, PhoneConfig config, boolean backup) {
        Integer port = defaultPort(config);
        String first = host(line.proxyIp()) + ":" + (line.proxyPort() == null ? port : line.proxyPort());
        if (!backup || line.backupProxyIp() == null) {
            return first;
        }
        String second =
                host(line.backupProxyIp()) + ":" + (line.backupProxyPort() == null ? port : line.backupProxyPort());
        return "autoprov_proxies" + line.number() + ":SRV=" + first + ":p=0|" + second + ":p=1";
    }

    private static String outbound(SipLine line) {
        String host = host(line.outboundProxyIp());
        return line.outboundProxyPort() == null ? host : host + ":" + line.outboundProxyPort();
    }

    private static String host(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private static String transport(String transport) {
        return switch (transport) {
            case "tcp" -> "TCP";
            case "tls" -> "TLS";
            default -> "UDP";
        };
    }

    private static String dtmf(SipLine.DtmfMode mode) {
        if (mode == null) {
            return "Auto";
        }
        return switch (mode) {
            case IN_BAND -> "InBand";
            case OUT_OF_BAND -> "AVT";
            case SIP_INFO -> "INFO";
        };
    }
}
