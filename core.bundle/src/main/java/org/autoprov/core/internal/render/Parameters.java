// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.render;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.internal.config.BaseRawConfig;
import org.autoprov.core.internal.config.ConfigDirectory;
import org.autoprov.core.internal.config.ConfigValidation;
import org.autoprov.core.internal.config.RawConfigs;
import org.autoprov.core.internal.device.IpText;
import org.autoprov.core.internal.device.Reach;
import org.autoprov.core.internal.server.CoreSettings;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.internal.server.OpenListeners;

/** Makes the parameters that a plugin gets for a device: base, lineage, key of the tenant, defaults, validation. */
public final class Parameters {

    /** What no unclaimed device shall learn: passwords of the site that it inherits. */
    private static final List<String> SITE_SECRETS = List.of("admin_password", "user_password", "sip_local_key");

    private final Ledger ledger;
    private final BaseRawConfig base;
    private final CoreSettings settings;
    private final OpenListeners listeners;
    private final int sipPort;
    private volatile InetAddress ownAddress;

    public Parameters(Ledger ledger, BaseRawConfig base, CoreSettings settings, OpenListeners listeners) {
        this.ledger = ledger;
        this.base = base;
        this.settings = settings;
        this.listeners = listeners;
        this.sipPort = settings.sip_port();
    }

    /** The year for which time-zone changeovers are computed. */
    public static int year() {
        return Year.now(ZoneOffset.UTC).getValue();
    }

    /**
     * The address of ours that goes into a phone's files: the one it reached, unless the settings or the base raw config
     * name one. Part of the key of everything generated.
     */
    public BaseUrl baseUrl(Reach reached) {
        return new BaseUrl(url(reached == null ? null : reached.http()), reached != null && reached.keyless());
    }

    private String url(InetSocketAddress reached) {
        if (!settings.advertised_http_url().isEmpty()) {
            return settings.advertised_http_url();
        }
        if (base.parameters().get("http_base_url") instanceof String url && !url.isEmpty()) {
            return url;
        }
        InetAddress address =
                reached == null || reached.getAddress().isAnyLocalAddress() ? ownAddress() : reached.getAddress();
        int port = reached == null ? httpPort() : reached.getPort();
        String host = IpText.of(address);
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + (port == 80 ? "" : ":" + port);
    }

    private int httpPort() {
        Object port = base.parameters().get("http_port"); // validated: a whole number, maybe as text
        return port == null ? listeners.httpPort() : Integer.parseInt(port.toString());
    }

    /** The base raw config, completed with our own addresses. */
    public Map<String, Object> base(BaseUrl own) {
        String baseUrl = own.url();
        Map<String, Object> raw = RawConfigs.copy(base.parameters());
        String host = baseUrl;
        int port = 8667;
        try {
            URI uri = new URI(baseUrl);
            if (uri.getHost() != null) {
                host = uri.getHost().replace("[", "").replace("]", "");
                port = uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
            }
        } catch (URISyntaxException e) {
            // a template in the URL: it is written as it is
        }
        raw.put("http_base_url", baseUrl);
        raw.putIfAbsent("ip", host);
        raw.putIfAbsent("http_port", (long) port);
        raw.putIfAbsent("tftp_port", (long) (settings.tftp_port() == 0 ? listeners.tftpPort() : settings.tftp_port()));
        return raw;
    }

    /** The flattened parameters of a lineage, with the defaults that a plugin sees. */
    public Map<String, Object> complete(Device device, List<ConfigDirectory.Entry> lineage, BaseUrl baseUrl)
            throws InvalidConfigException {
        return complete(device, lineage, baseUrl, Map.of());
    }

    private Map<String, Object> complete(
            Device device, List<ConfigDirectory.Entry> lineage, BaseUrl baseUrl, Map<String, Object> changes)
            throws InvalidConfigException {
        Map<String, Object> raw = ConfigDirectory.flatten(base(baseUrl), lineage);
        RawConfigs.patch(raw, changes);
        if (isUrlKey() && !baseUrl.keyless()) {
            Tenant tenant = ledger.tenants().get(device.tenant());
            if (tenant == null || tenant.provisioningKey() == null) {
                throw new InvalidConfigException("its tenant has no provisioning key, which phones.http.auth = url_key"
                        + " puts into every URL");
            }
            String url = String.valueOf(raw.get("http_base_url"));
            raw.put("http_base_url", (url.endsWith("/") ? url : url + "/") + tenant.provisioningKey());
        }
        if (isOnboarding(lineage)) {
            completeOnboarding(raw);
        }
        setDefaults(raw);
        return raw;
    }

    /** The parameters as a plugin reads them. */
    public PhoneConfig phoneConfig(Device device, List<ConfigDirectory.Entry> lineage, BaseUrl baseUrl, int year)
            throws InvalidConfigException {
        return phoneConfig(device, lineage, baseUrl, year, Map.of());
    }

    /** @param changes a merge patch (RFC 7396): what the device's own config would say in its place */
    PhoneConfig phoneConfig(
            Device device, List<ConfigDirectory.Entry> lineage, BaseUrl baseUrl, int year, Map<String, Object> changes)
            throws InvalidConfigException {
        Map<String, Object> raw = complete(device, lineage, baseUrl, changes);
        ConfigValidation.check(raw);
        return new PhoneConfig(raw, year, isOnboarding(lineage));
    }

    private boolean isUrlKey() {
        return settings.phones_http_auth().equals("url_key");
    }

    /** Whether the device's own config is one that autocreate made: nobody has claimed the device. */
    static boolean isOnboarding(List<ConfigDirectory.Entry> lineage) {
        return lineage.get(lineage.size() - 1).isTransient();
    }

    /** An onboarding account that names no server registers with us. */
    private void completeOnboarding(Map<String, Object> raw) {
        SITE_SECRETS.forEach(raw::remove);
        Map<String, Object> lines = RawConfigs.asObject(raw.get("sip_lines"));
        Map<String, Object> first = lines == null ? null : RawConfigs.asObject(lines.get("1"));
        if (first != null && first.get("proxy_ip") == null && raw.get("sip_proxy_ip") == null) {
            first.put("proxy_ip", raw.get("ip"));
            if (sipPort > 0) {
                first.put("proxy_port", (long) sipPort);
            }
        }
    }

    private static void setDefaults(Map<String, Object> raw) {
        raw.putIfAbsent("sip_srtp_mode", "disabled");
        raw.putIfAbsent("sip_transport", "udp");
        raw.putIfAbsent("sip_lines", new LinkedHashMap<String, Object>());
        raw.putIfAbsent("sccp_call_managers", new LinkedHashMap<String, Object>());
        raw.putIfAbsent("funckeys", new LinkedHashMap<String, Object>());
        if (Boolean.TRUE.equals(raw.get("syslog_enabled"))) {
            raw.putIfAbsent("syslog_port", 514L);
            raw.putIfAbsent("syslog_level", "warning");
        }
        if (raw.get("sip_proxy_ip") != null) {
            raw.putIfAbsent("sip_registrar_ip", raw.get("sip_proxy_ip"));
        }
        Map<String, Object> lines = RawConfigs.asObject(raw.get("sip_lines"));
        if (lines != null) {
            lines.values().forEach(value -> {
                Map<String, Object> line = RawConfigs.asObject(value);
                if (line != null) {
                    copy(line, "proxy_ip", "registrar_ip");
                    copy(line, "username", "auth_username");
                }
            });
        }
    }

    private static void copy(Map<String, Object> line, String from, String to) {
        if (line.get(from) != null) {
            line.putIfAbsent(to, line.get(from));
        }
    }

    /** The first address of this machine that others can reach; loopback when there is none. */
    private InetAddress ownAddress() {
        InetAddress address = ownAddress;
        if (address == null) {
            address = findOwnAddress();
            ownAddress = address;
        }
        return address;
    }

    private static InetAddress findOwnAddress() {
        try {
            for (Enumeration<NetworkInterface> all = NetworkInterface.getNetworkInterfaces(); all.hasMoreElements(); ) {
                NetworkInterface next = all.nextElement();
                for (Enumeration<InetAddress> its = next.getInetAddresses(); its.hasMoreElements(); ) {
                    InetAddress address = its.nextElement();
                    if (!address.isLoopbackAddress()
                            && !address.isLinkLocalAddress()
                            && next.isUp()
                            && address.getAddress().length == 4) {
                        return address;
                    }
                }
            }
        } catch (SocketException e) {
            // then the loopback address must do
        }
        return InetAddress.getLoopbackAddress();
    }
}
