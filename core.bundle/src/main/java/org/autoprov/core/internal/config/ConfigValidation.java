// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.config;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.autoprov.core.config.InvalidConfigException;

/** What parameters may be stored, and again what a plugin may get. Messages name the parameter, never its value. */
public final class ConfigValidation {

    private static final Set<String> TEXTS = Set.of(
            "ip",
            "http_base_url",
            "dns_ip",
            "ntp_ip",
            "syslog_ip",
            "admin_username",
            "admin_password",
            "user_username",
            "user_password",
            "timezone",
            "locale",
            "protocol",
            "sip_proxy_ip",
            "sip_backup_proxy_ip",
            "sip_registrar_ip",
            "sip_backup_registrar_ip",
            "sip_outbound_proxy_ip",
            "sip_dtmf_mode",
            "sip_srtp_mode",
            "sip_transport",
            "sip_local_certificate",
            "sip_local_key",
            "exten_dnd",
            "exten_fwd_unconditional",
            "exten_fwd_no_answer",
            "exten_fwd_busy",
            "exten_fwd_disable_all",
            "exten_park",
            "exten_pickup_group",
            "exten_pickup_call",
            "exten_voicemail",
            "syslog_level");
    private static final Set<String> NUMBERS = Set.of(
            "http_port",
            "tftp_port",
            "vlan_id",
            "vlan_priority",
            "vlan_pc_port_id",
            "syslog_port",
            "config_version",
            "sip_proxy_port",
            "sip_backup_proxy_port",
            "sip_registrar_port",
            "sip_backup_registrar_port",
            "sip_outbound_proxy_port");
    private static final Set<String> FLAGS =
            Set.of("dns_enabled", "ntp_enabled", "vlan_enabled", "syslog_enabled", "sip_subscribe_mwi");
    private static final Set<String> LISTS =
            Set.of("sip_servers_root_and_intermediate_certificates", "sip_local_root_and_intermediate_certificates");
    private static final Set<String> OBJECTS = Set.of("sip_lines", "sccp_call_managers", "funckeys");
    private static final Map<String, String> COMPANIONS = Map.of(
            "dns_enabled", "dns_ip", "ntp_enabled", "ntp_ip", "vlan_enabled", "vlan_id", "syslog_enabled", "syslog_ip");
    private static final Map<String, Set<String>> CHOICES = Map.of(
            "protocol", Set.of("SIP", "SCCP"),
            "syslog_level", Set.of("critical", "error", "warning", "info", "debug"),
            "sip_dtmf_mode", Set.of("RTP-in-band", "RTP-out-of-band", "SIP-INFO"),
            "sip_srtp_mode", Set.of("disabled", "preferred", "required"),
            "sip_transport", Set.of("udp", "tcp", "tls"));
    private static final Set<String> LINE_TEXTS = Set.of(
            "proxy_ip",
            "backup_proxy_ip",
            "registrar_ip",
            "backup_registrar_ip",
            "outbound_proxy_ip",
            "username",
            "auth_username",
            "password",
            "display_name",
            "number",
            "dtmf_mode",
            "srtp_mode",
            "voicemail");
    private static final Set<String> LINE_NUMBERS =
            Set.of("proxy_port", "backup_proxy_port", "registrar_port", "backup_registrar_port", "outbound_proxy_port");
    private static final Set<String> KEY_TYPES = Set.of("speeddial", "blf", "park");
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
    private static final Pattern LOCALE = Pattern.compile("^[a-z]{2}_[A-Z]{2}.*", Pattern.DOTALL);
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    private ConfigValidation() {}

    /**
     * Checks parameters.
     *
     * @throws InvalidConfigException naming the first wrong parameter and what is allowed
     */
    public static void check(Map<String, Object> raw) throws InvalidConfigException {
        checkNames(raw);
        for (Map.Entry<String, Object> entry : raw.entrySet()) {
            if (entry.getValue() != null) {
                checkValue(entry.getKey(), entry.getValue());
            }
        }
        for (Map.Entry<String, String> companion : COMPANIONS.entrySet()) {
            if (Boolean.TRUE.equals(raw.get(companion.getKey())) && isMissing(raw.get(companion.getValue()))) {
                throw new InvalidConfigException(
                        companion.getKey() + " is true, so " + companion.getValue() + " must be there");
            }
        }
    }

    private static void checkNames(Map<String, Object> raw) throws InvalidConfigException {
        Set<String> unknown = new TreeSet<>();
        for (String name : raw.keySet()) {
            boolean known = TEXTS.contains(name)
                    || NUMBERS.contains(name)
                    || FLAGS.contains(name)
                    || LISTS.contains(name)
                    || OBJECTS.contains(name)
                    || name.equals("_comment");
            if (name.startsWith("XX_")) {
                throw new InvalidConfigException(name + ": names that begin with XX_ are reserved for plugins");
            }
            if (!known && !name.startsWith("X_")) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw new InvalidConfigException("Custom fields must start with `X_` : " + String.join(", ", unknown));
        }
    }

    private static void checkValue(String name, Object value) throws InvalidConfigException {
        if (TEXTS.contains(name)) {
            requireText(name, value);
        } else if (NUMBERS.contains(name)) {
            requireNumber(name, value);
        } else if (FLAGS.contains(name)) {
            require(value instanceof Boolean, name, "true or false");
        } else if (LISTS.contains(name)) {
            require(
                    value instanceof List<?> list && list.stream().allMatch(String.class::isInstance),
                    name,
                    "a list of texts");
        }
        Set<String> choices = CHOICES.get(name);
        if (choices != null) {
            require(choices.contains(value.toString()), name, "one of " + sorted(choices));
        }
        switch (name) {
            case "locale" -> require(LOCALE.matcher(value.toString()).matches(), name, "ll_CC, such as de_DE");
            case "timezone" ->
                require(
                        ZONES.contains(value.toString()),
                        name,
                        "a name of the time-zone database, such as Europe/Paris");
            case "sip_lines" -> checkLines(value);
            case "funckeys" -> checkKeys(value);
            case "sccp_call_managers" -> checkCallManagers(value);
            default -> {}
        }
    }

    private static void checkLines(Object value) throws InvalidConfigException {
        for (Map.Entry<String, Object> line : object("sip_lines", value).entrySet()) {
            String at = "sip_lines." + line.getKey();
            for (Map.Entry<String, Object> part : object(at, line.getValue()).entrySet()) {
                String name = at + "." + part.getKey();
                if (part.getValue() == null) {
                    continue;
                }
                if (LINE_TEXTS.contains(part.getKey())) {
                    requireText(name, part.getValue());
                } else if (LINE_NUMBERS.contains(part.getKey())) {
                    requireNumber(name, part.getValue());
                }
                Set<String> choices = CHOICES.get("sip_" + part.getKey());
                if (choices != null && part.getKey().endsWith("_mode")) {
                    require(choices.contains(part.getValue().toString()), name, "one of " + sorted(choices));
                }
            }
        }
    }

    private static void checkKeys(Object value) throws InvalidConfigException {
        for (Map.Entry<String, Object> key : object("funckeys", value).entrySet()) {
            String at = "funckeys." + key.getKey();
            require(DIGITS.matcher(key.getKey()).matches(), at, "numbered by digits");
            Map<String, Object> parts = object(at, key.getValue());
            Object type = parts.get("type");
            require(type != null && KEY_TYPES.contains(type.toString()), at + ".type", "one of " + sorted(KEY_TYPES));
            if (!type.equals("park")) {
                require(!isMissing(parts.get("value")), at + ".value", "there");
            }
        }
    }

    private static void checkCallManagers(Object value) throws InvalidConfigException {
        for (Map.Entry<String, Object> manager :
                object("sccp_call_managers", value).entrySet()) {
            String at = "sccp_call_managers." + manager.getKey();
            require(DIGITS.matcher(manager.getKey()).matches(), at, "numbered by digits");
            require(!isMissing(object(at, manager.getValue()).get("ip")), at + ".ip", "there");
        }
    }

    private static boolean isMissing(Object value) {
        return value == null || value.equals("");
    }

    private static void requireText(String name, Object value) throws InvalidConfigException {
        require(value instanceof String || value instanceof Number || value instanceof Boolean, name, "a text");
    }

    private static void requireNumber(String name, Object value) throws InvalidConfigException {
        require(
                value instanceof Long
                        || value instanceof String text && DIGITS.matcher(text).matches(),
                name,
                "a whole number");
    }

    private static Map<String, Object> object(String name, Object value) throws InvalidConfigException {
        Map<String, Object> object = RawConfigs.asObject(value);
        require(object != null, name, "an object");
        return object;
    }

    private static void require(boolean condition, String name, String allowed) throws InvalidConfigException {
        if (!condition) {
            throw new InvalidConfigException(name + " must be " + allowed);
        }
    }

    private static List<String> sorted(Set<String> names) {
        return new ArrayList<>(new TreeSet<>(names));
    }
}
