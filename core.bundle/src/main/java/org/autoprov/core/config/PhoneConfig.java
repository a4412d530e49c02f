// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.config;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The vendor-neutral parameters of one device, as its plugin reads them: flattened, with defaults filled in, validated.
 * Immutable. Each parameter has one meaning for all vendors; a plugin whose phone cannot do something leaves the
 * parameter out, and that is no error.
 *
 * <p>Reading is by name ({@link #text}, {@link #number}, {@link #flag}) for the plain parameters and by a method for
 * those with structure. A parameter that is null reads as absent. One that belongs to a switched-off feature
 * ({@code ntp_ip} while {@code ntp_enabled} is not true) reads as absent too, so no plugin can forget the switch.
 */
public final class PhoneConfig {

    private static final List<String> SWITCHED = List.of("dns", "ntp", "vlan", "syslog");

    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private final Map<String, Object> raw;
    private final int year;
    private final boolean onboarding;
    private final List<SipLine> lines;
    private final List<FunctionKey> functionKeys;

    /**
     * @param raw the flattened parameters with defaults; not changed afterwards
     * @param year the calendar year for which time-zone changeovers are computed where a phone wants dates
     * @param onboarding whether this is the config of a device that nobody has claimed
     */
    public PhoneConfig(Map<String, Object> raw, int year, boolean onboarding) {
        this.raw = raw;
        this.year = year;
        this.onboarding = onboarding;
        this.lines = Collections.unmodifiableList(readLines());
        this.functionKeys = Collections.unmodifiableList(readKeys());
    }

    /** The whole flattened map, for parameters of a site ({@code X_…}) and lists; not to be changed. */
    public Map<String, Object> raw() {
        return raw;
    }

    /** The year for which to compute changeovers of daylight saving, where the phone wants dates. */
    public int year() {
        return year;
    }

    /** Whether the device is not claimed: its one account can do nothing but dial a provisioning code. */
    public boolean onboarding() {
        return onboarding;
    }

    /** The named parameter as text (numbers as written); null when absent or empty. */
    public String text(String name) {
        return switchedOff(name) ? null : textOf(raw.get(name));
    }

    /** The named parameter as text, or the given default. */
    public String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    /** The named parameter as a whole number, also from a numeric text; null when absent or anything else. */
    public Integer number(String name) {
        return switchedOff(name) ? null : numberOf(raw.get(name));
    }

    /** Whether the named parameter is true. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(raw.get(name));
    }

    /** The named parameter as a list of texts; empty when absent. */
    public List<String> texts(String name) {
        return raw.get(name) instanceof List<?> list
                ? list.stream().map(PhoneConfig::textOf).filter(t -> t != null).toList()
                : List.of();
    }

    /** Where the phone reaches the HTTP service, without a slash at its end; null when there is none. */
    public String baseUrl() {
        String url = text("http_base_url");
        return url == null || !url.endsWith("/") ? url : url.substring(0, url.length() - 1);
    }

    /** The SIP accounts in the order of their positions. */
    public List<SipLine> lines() {
        return lines;
    }

    /** The account at the given position, from 1. */
    public Optional<SipLine> line(int number) {
        return lines.stream().filter(line -> line.number() == number).findFirst();
    }

    /** The programmable keys in numeric order. */
    public List<FunctionKey> functionKeys() {
        return functionKeys;
    }

    /** Language and country, as {@code ll_CC}; only these five characters of a longer name; null when absent. */
    public String locale() {
        String locale = text("locale");
        return locale == null || locale.length() < 5 ? null : locale.substring(0, 5);
    }

    /** The time zone; empty when absent. */
    public Optional<ZoneId> timeZone() {
        String name = text("timezone");
        return name == null || !ZONES.contains(name) ? Optional.empty() : Optional.of(ZoneId.of(name));
    }

    /** {@code udp}, {@code tcp} or {@code tls}; {@code udp} when absent. */
    public String sipTransport() {
        return text("sip_transport", "udp");
    }

    /**
     * The URL of the directory service for this user.
     *
     * @param entry {@code input} or {@code lookup}
     * @param vendor the name of the vendor in that service's paths
     * @param suffix appended as it is; empty for none
     * @return null without {@code X_xivo_phonebook_ip} and {@code X_xivo_user_uuid}
     */
    public String phonebookUrl(String entry, String vendor, String suffix) {
        String base = phoneServices();
        return base == null
                ? null
                : base + "/0.1/directories/" + entry + "/" + text("X_xivo_phonebook_profile", "default") + "/" + vendor
                        + "?xivo_user_uuid=" + text("X_xivo_user_uuid") + suffix;
    }

    /**
     * The URL by which the phone switches a service of its user.
     *
     * @param service {@code dnd}, {@code unconditional_forward}, …
     * @param action {@code enable} or {@code disable}
     * @return null without {@code X_xivo_phonebook_ip} and {@code X_xivo_user_uuid}
     */
    public String serviceUrl(String vendor, String service, String action) {
        String base = phoneServices();
        return base == null
                ? null
                : base + "/0.1/" + vendor + "/users/" + text("X_xivo_user_uuid") + "/services/" + service + "/"
                        + action;
    }

    private String phoneServices() {
        String host = text("X_xivo_phonebook_ip");
        if (host == null || text("X_xivo_user_uuid") == null) {
            return null;
        }
        return text("X_xivo_phonebook_scheme", "http") + "://" + host + ":" + text("X_xivo_phonebook_port", "9498");
    }

    private boolean switchedOff(String name) {
        for (String feature : SWITCHED) {
            if (name.startsWith(feature) && name.startsWith("_", feature.length())) {
                return !flag(feature + "_enabled");
            }
        }
        return false;
    }

    private List<SipLine> readLines() {
        List<SipLine> result = new ArrayList<>();
        numbered("sip_lines").forEach((number, line) -> {
            String username = textOf(line.get("username"));
            if (username != null) {
                result.add(readLine(number, line, username));
            }
        });
        return result;
    }

    private SipLine readLine(int number, Map<?, ?> line, String username) {
        boolean ownProxy = textOf(line.get("proxy_ip")) != null;
        String proxy = first(line, "proxy_ip", "sip_proxy_ip");
        Integer proxyPort = ownProxy ? numberOf(line.get("proxy_port")) : number("sip_proxy_port");
        String extension = textOf(line.get("number"));
        String registrar = textOf(line.get("registrar_ip"));
        Integer registrarPort = numberOf(line.get("registrar_port"));
        if (registrar == null) {
            String global = ownProxy ? null : text("sip_registrar_ip");
            registrar = global != null ? global : proxy;
            registrarPort = global != null ? number("sip_registrar_port") : proxyPort;
        }
        if (registrarPort == null && registrar != null && registrar.equals(proxy)) {
            registrarPort = proxyPort; // one host, one port
        }
        String display = textOf(line.get("display_name"));
        String auth = textOf(line.get("auth_username"));
        String password = textOf(line.get("password"));
        return new SipLine(
                number,
                proxy,
                proxyPort,
                first(line, "backup_proxy_ip", "sip_backup_proxy_ip"),
                firstNumber(line, "backup_proxy_port", "sip_backup_proxy_port"),
                registrar,
                registrarPort,
                first(line, "backup_registrar_ip", "sip_backup_registrar_ip"),
                firstNumber(line, "backup_registrar_port", "sip_backup_registrar_port"),
                first(line, "outbound_proxy_ip", "sip_outbound_proxy_ip"),
                firstNumber(line, "outbound_proxy_port", "sip_outbound_proxy_port"),
                username,
                auth == null ? username : auth,
                password == null ? "" : password,
                display != null ? display : extension != null ? extension : username,
                extension,
                dtmf(first(line, "dtmf_mode", "sip_dtmf_mode")),
                srtp(first(line, "srtp_mode", "sip_srtp_mode")),
                first(line, "voicemail", "exten_voicemail"));
    }

    private List<FunctionKey> readKeys() {
        List<FunctionKey> result = new ArrayList<>();
        numbered("funckeys").forEach((number, key) -> {
            FunctionKey.Type type = keyType(textOf(key.get("type")));
            String value = textOf(key.get("value"));
            if (type != null && (value != null || type == FunctionKey.Type.PARK)) {
                Integer line = numberOf(key.get("line"));
                String label = textOf(key.get("label"));
                result.add(new FunctionKey(
                        number, type, value == null ? "" : value, label == null ? "" : label, line == null ? 1 : line));
            }
        });
        return result;
    }

    /** The objects below a parameter whose keys are positive numbers, in numeric order. */
    private TreeMap<Integer, Map<?, ?>> numbered(String name) {
        TreeMap<Integer, Map<?, ?>> result = new TreeMap<>();
        if (raw.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                Integer number = numberOf(key);
                if (number != null && number > 0 && value instanceof Map<?, ?> object) {
                    result.put(number, object);
                }
            });
        }
        return result;
    }

    private String first(Map<?, ?> line, String own, String global) {
        String value = textOf(line.get(own));
        return value != null ? value : text(global);
    }

    private Integer firstNumber(Map<?, ?> line, String own, String global) {
        Integer value = numberOf(line.get(own));
        return value != null ? value : number(global);
    }

    private static SipLine.DtmfMode dtmf(String text) {
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "RTP-in-band" -> SipLine.DtmfMode.IN_BAND;
            case "RTP-out-of-band" -> SipLine.DtmfMode.OUT_OF_BAND;
            case "SIP-INFO" -> SipLine.DtmfMode.SIP_INFO;
            default -> null;
        };
    }

    private static SipLine.SrtpMode srtp(String text) {
        if (text == null) {
            return SipLine.SrtpMode.DISABLED;
        }
        return switch (text) {
            case "preferred" -> SipLine.SrtpMode.PREFERRED;
            case "required" -> SipLine.SrtpMode.REQUIRED;
            default -> SipLine.SrtpMode.DISABLED;
        };
    }

    private static FunctionKey.Type keyType(String text) {
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "speeddial" -> FunctionKey.Type.SPEEDDIAL;
            case "blf" -> FunctionKey.Type.BLF;
            case "park" -> FunctionKey.Type.PARK;
            default -> null;
        };
    }

    static String textOf(Object value) {
        if (value instanceof Number number && !(value instanceof Double) && !(value instanceof Float)) {
            return Long.toString(number.longValue());
        }
        if (value instanceof Map || value instanceof List || value == null) {
            return null;
        }
        String text = value.toString();
        return text.isEmpty() ? null : text;
    }

    static Integer numberOf(Object value) {
        if (value instanceof Long || value instanceof Integer) {
            long number = ((Number) value).longValue();
            return number == (int) number ? (int) number : null;
        }
        if (value instanceof String text
                && text.length() < 10
                && !text.isEmpty()
                && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Integer.parseInt(text);
        }
        return null;
    }
}
