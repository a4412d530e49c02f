// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.yealink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.config.SipLine;

/**
 * The SIP accounts of one phone as its template prints them.
 *
 * @param list in order, used ones and runs of unused ones
 * @param servers what accounts of a multicell manager refer to; empty for other phones
 * @param hosts the servers, which alone may call the phone's action URLs; null without an account
 */
record Accounts(List<Map<String, Object>> list, List<Map<String, Object>> servers, String hosts) {

    /** Lines beyond the model's accounts are left out. */
    static Accounts of(PhoneConfig config, String fileName, PhoneShape shape, Map<String, Object> facts)
            throws InvalidConfigException {
        List<Map<String, Object>> list = new ArrayList<>();
        Map<List<Object>, Map<String, Object>> servers = new LinkedHashMap<>();
        Set<String> hosts = new LinkedHashSet<>();
        int next = 1;
        for (SipLine line : config.lines()) {
            if (line.number() > shape.accounts()) {
                break; // they come in order
            }
            if (line.proxyIp() == null) {
                throw new InvalidConfigException("Yealink " + fileName + ": line " + line.number()
                        + " has no server; set sip_lines." + line.number() + ".proxy_ip or sip_proxy_ip");
            }
            hosts.add(line.proxyIp());
            shape.addUnused(list, shape.accountNumbers(), next, line.number());
            Map<String, Object> account = account(line, config, shape, facts);
            if (shape.templated()) {
                account.put("template", server(servers, line, is(facts, "templatePerServer")));
            }
            list.add(account);
            next = line.number() + 1;
        }
        shape.addUnused(list, shape.accountNumbers(), next, shape.accounts() + 1);
        return new Accounts(list, List.copyOf(servers.values()), hosts.isEmpty() ? null : String.join(",", hosts));
    }

    private static Map<String, Object> account(
            SipLine line, PhoneConfig config, PhoneShape shape, Map<String, Object> facts) {
        String extension = line.extension();
        String display = line.displayName();
        boolean named = shape.dect() || is(facts, "displayName");
        Map<String, Object> account = new HashMap<>(32);
        account.put("n", shape.accountNumbers().get(line.number() - 1));
        String label = shape.dect() ? extension + " " + display : extension;
        account.put("label", named && extension != null ? label : display);
        account.put("displayName", named ? display : null);
        account.put("authName", line.authUsername());
        account.put("userName", line.username());
        account.put("password", line.password());
        account.put("server", line.proxyIp());
        account.put("port", line.proxyPort());
        account.put("backup", line.backupProxyIp());
        account.put("backupPort", line.backupProxyIp() == null ? null : line.backupProxyPort());
        account.put("outbound", line.outboundProxyIp());
        account.put("outboundPort", line.outboundProxyPort());
        account.put("dtmf", dtmf(line));
        account.put("srtp", srtp(line, config, is(facts, "tlsImpliesSrtp")));
        account.put("voicemail", line.voicemail());
        return account;
    }

    private static String dtmf(SipLine line) {
        if (line.dtmfMode() == null) {
            return "2";
        }
        return switch (line.dtmfMode()) {
            case IN_BAND -> "0";
            case OUT_OF_BAND -> "1";
            case SIP_INFO -> "2";
        };
    }

    /** 0 off, 1 optional, 2 demanded. From line 86 on TLS alone demands it, but not of an onboarding account. */
    private static String srtp(SipLine line, PhoneConfig config, boolean tlsImpliesIt) {
        if (line.srtpMode() == SipLine.SrtpMode.PREFERRED) {
            return "1";
        }
        boolean implied = tlsImpliesIt && config.sipTransport().equals("tls") && !config.onboarding();
        return line.srtpMode() == SipLine.SrtpMode.REQUIRED || implied ? "2" : "0";
    }

    /**
     * The number of the server template.
     *
     * @param shared whether accounts with the same servers share one (from line 86 on); else each has its own
     */
    private static Object server(Map<List<Object>, Map<String, Object>> servers, SipLine line, boolean shared) {
        List<Object> key = Arrays.asList(
                line.proxyIp(),
                line.proxyPort(),
                line.backupProxyIp(),
                line.backupProxyPort(),
                shared ? null : line.number());
        Map<String, Object> server = servers.get(key);
        if (server == null) {
            server = new HashMap<>();
            server.put("n", Integer.toString(shared ? servers.size() + 1 : line.number()));
            server.put("address", line.proxyIp());
            server.put("port", line.proxyPort());
            server.put("backup", line.backupProxyIp());
            server.put("backupPort", line.backupProxyPort());
            servers.put(key, server);
        }
        return server.get("n");
    }

    private static boolean is(Map<String, Object> facts, String fact) {
        return Boolean.TRUE.equals(facts.get(fact));
    }
}
