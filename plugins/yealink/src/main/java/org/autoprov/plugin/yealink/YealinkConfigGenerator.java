// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.yealink;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.autoprov.core.config.FunctionKey;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.config.SipLine;
import org.autoprov.core.config.TimeZoneRules;
import org.autoprov.core.device.Device;
import org.autoprov.core.plugin.FamilyFiles;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.PhoneModel;
import org.autoprov.core.plugin.TemplateGenerator;
import org.autoprov.core.request.PhoneRequest;

/** Makes {@code <mac>.cfg}: translates the parameters into Yealink's values; the template has the wording. */
public final class YealinkConfigGenerator extends TemplateGenerator {

    /** A phone asks for its files in lower case, below whatever path its URL has; upper case was seen too. */
    private static final Pattern OWN_FILE =
            Pattern.compile("[0-9A-Fa-f]{12}(?:\\.cfg|\\.boot|-[a-z]{1,16}\\.(?:cfg|xml|pem))|y[0-9]{12}\\.cfg");

    private static final Map<String, String> TRANSPORTS = Map.of("udp", "0", "tcp", "1", "tls", "2");
    private static final Map<String, String> SYSLOG_LEVELS =
            Map.of("critical", "2", "error", "3", "warning", "4", "info", "6", "debug", "6");

    private final Map<String, Object> facts;
    private final Map<String, PhoneModel> models = new HashMap<>();
    private final Map<String, PhoneShape> shapes = new ConcurrentHashMap<>(); // made when first needed
    private final PhoneShape unlisted;

    public YealinkConfigGenerator(FamilyFiles family, FirmwareLine line) {
        super(family, line);
        facts = facts(family, line);
        // Other lines' models too: an administrator may keep a phone on a plugin that does not list it.
        family.lines().forEach(other -> models.putAll(other.models()));
        unlisted = PhoneShape.of(null, facts);
    }

    /** A line's facts over those of the line it inherits from; firmware files are not inherited. */
    private static Map<String, Object> facts(FamilyFiles family, FirmwareLine line) {
        Map<String, Object> result = new HashMap<>();
        String parent = line.text("inherits", "");
        for (FirmwareLine other : family.lines()) {
            if (other.pluginId().equals(parent)) {
                result.putAll(facts(family, other));
            }
        }
        result.remove("packages");
        result.putAll(line.facts());
        return result;
    }

    @Override
    public String path(PhoneRequest request) {
        String name = request.fileName();
        return OWN_FILE.matcher(name).matches() ? name.toLowerCase(Locale.ROOT) : request.path();
    }

    @Override
    protected Map<String, Object> model(PhoneFile file, Device device, PhoneConfig config)
            throws InvalidConfigException {
        List<String> certificates = config.texts("sip_servers_root_and_intermediate_certificates");
        if (!file.stateTrigger()) { // boot and common files hold nothing of the config
            return certificates.isEmpty()
                    ? Map.of()
                    : Map.of("certificate", certificates.get(0).lines().toList());
        }
        if (config.baseUrl() == null) {
            throw new InvalidConfigException("Yealink " + file.name() + ": http_base_url is missing");
        }
        PhoneShape shape = shape(device);
        Map<String, Object> model = new HashMap<>(128);
        model.put("f", facts);
        model.put("kind", shape.kind());
        model.put("firmware", shape.firmware());
        model.put("certificate", certificates.isEmpty() ? null : true);
        model.put("handsets", shape.handsets());
        model.put("vlan", within(file, config, "vlan_id", 4094));
        model.put("vlanPriority", within(file, config, "vlan_priority", 7));
        model.put("vlanPcPort", within(file, config, "vlan_pc_port_id", 4094));
        if (shape.accounts() > 0) {
            putSystem(model, shape, device, config);
            Accounts accounts = Accounts.of(config, file.name(), shape, facts);
            model.put("accounts", accounts.list());
            model.put("servers", accounts.servers());
            model.put("actionHosts", accounts.hosts());
            model.put("keys", keys(shape, config));
        }
        return model;
    }

    private PhoneShape shape(Device device) {
        PhoneModel model = device.model() == null ? null : models.get(device.model());
        return model == null ? unlisted : shapes.computeIfAbsent(model.name(), name -> PhoneShape.of(model, facts));
    }

    private void putSystem(Map<String, Object> model, PhoneShape shape, Device device, PhoneConfig config) {
        model.put("syslogSwitch", shape.dect() ? "mode" : facts.get("syslogSwitch"));
        model.put("syslog", config.text("syslog_ip"));
        if (flag("syslogDetails") && config.text("syslog_ip") != null) {
            model.put("syslogPort", config.text("syslog_port"));
            model.put("syslogLevel", SYSLOG_LEVELS.getOrDefault(config.text("syslog_level", "warning"), "4"));
        }
        model.put("user", config.text("user_username", "user"));
        model.put("userPassword", config.text("user_password", "user"));
        model.put("admin", config.text("admin_username", "admin"));
        model.put("adminPassword", config.text("admin_password", "admin"));
        Object locale = config.locale() == null ? null : ((Map<?, ?>) facts.get("locales")).get(config.locale());
        Object code = null;
        if (locale instanceof Map<?, ?> known) {
            code = known.get("code");
            model.put("language", known.get("language"));
            model.put("tones", known.get("tones"));
            model.put("languageCode", code);
        }
        model.put("dateFormat", flag("dateFormatByLocale") && code != null ? code : 2);
        model.put("ntp", config.text("ntp_ip", "pool.ntp.org"));
        config.timeZone()
                .ifPresent(zone -> model.put(
                        "clock",
                        PhoneClock.of(TimeZoneRules.of(zone, config.year()), number("zoneLeast"), number("zoneMost"))));
        model.put("callWaiting", !device.option("switchboard"));
        model.put("phonebook", config.phonebookUrl("lookup", "yealink", "&term=#SEARCH"));
        model.put("dndOn", config.serviceUrl("yealink", "dnd", "enable"));
        model.put("dndOff", config.serviceUrl("yealink", "dnd", "disable"));
        model.put("transport", TRANSPORTS.getOrDefault(config.sipTransport(), "0"));
        model.put("subscribeMwi", config.flag("sip_subscribe_mwi"));
    }

    private List<Map<String, Object>> keys(PhoneShape shape, PhoneConfig config) {
        int count = shape.keyNames().size();
        List<Map<String, Object>> used = new ArrayList<>(Collections.nCopies(count, null));
        for (SipLine line : config.lines()) {
            if (line.number() <= Math.min(shape.lineKeys(), shape.accounts())) {
                String text = line.extension() == null ? line.username() : line.extension();
                used.set(line.number() - 1, key(15, shape, line.number(), text, text));
            }
        }
        for (FunctionKey key : config.functionKeys()) {
            if (key.number() <= count) {
                used.set(key.number() - 1, key(shape, key, config));
            }
        }
        List<Map<String, Object>> keys = new ArrayList<>();
        int next = 1;
        for (int number = 1; number <= count; number++) {
            Map<String, Object> key = used.get(number - 1);
            if (key != null) {
                shape.addUnused(keys, shape.keyNames(), next, number);
                key.put("name", shape.keyNames().get(number - 1));
                keys.add(key);
                next = number + 1;
            }
        }
        shape.addUnused(keys, shape.keyNames(), next, count + 1);
        return keys;
    }

    private Map<String, Object> key(PhoneShape shape, FunctionKey key, PhoneConfig config) {
        String value = key.value();
        int type = switch (key.type()) {
            case SPEEDDIAL -> value.equals(facts.get("recordingCode")) ? 11 : 13; // recording goes out as DTMF
            case BLF -> 16;
            case PARK -> 10;
        };
        if (value.isEmpty()) {
            value = config.text("exten_park"); // only a park key may lack one
        }
        Map<String, Object> result =
                key(type, shape, key.line(), value, key.label().isEmpty() ? null : key.label());
        if (key.type() == FunctionKey.Type.BLF) {
            result.put("pickup", config.text("exten_pickup_call"));
        }
        return result;
    }

    private static Map<String, Object> key(int type, PhoneShape shape, int line, String value, String label) {
        Map<String, Object> key = new HashMap<>();
        key.put("type", type);
        key.put("line", line - 1 + shape.firstLine());
        key.put("value", value);
        key.put("label", label);
        return key;
    }

    private static Integer within(PhoneFile file, PhoneConfig config, String name, int most)
            throws InvalidConfigException {
        Integer value = config.number(name);
        if (config.text(name) != null && (value == null || value < 0 || value > most)) {
            throw new InvalidConfigException(
                    "Yealink " + file.name() + ": " + name + " must be a whole number from 0 to " + most);
        }
        return value;
    }

    private boolean flag(String fact) {
        return Boolean.TRUE.equals(facts.get(fact));
    }

    private int number(String fact) {
        return ((Number) facts.get(fact)).intValue();
    }
}
