// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.snom;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.config.SipLine;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.plugin.FamilyFiles;
import org.autoprov.core.plugin.FileRule;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.Resync;
import org.autoprov.core.plugin.SupportLevel;
import org.autoprov.core.plugin.TemplateGenerator;
import org.autoprov.core.request.PhoneRequest;

/** What desk phones and DECT base stations have in common: which line suits which firmware, and the common files. */
abstract class SnomGenerator extends TemplateGenerator {

    private static final Pattern DECT_MODEL = Pattern.compile("M[0-9]{3}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");
    /** Folders of the file area keep their place; what the URL has before them (a prefix) goes. */
    private static final Pattern FILE = Pattern.compile("(?:.*?/)??((?:(?:i18n|firmware|M[0-9]{2,3})/)?[^/]*)");

    private static final int OLDEST_DESK = 7;
    private static final int OLDEST_DECT = 5;

    static final int DEFAULT_SIP_PORT = 5060;

    private final boolean dect;

    SnomGenerator(FamilyFiles family, FirmwareLine line) {
        super(family, line);
        dect = line.flag("dect");
    }

    static SnomGenerator of(FamilyFiles family, FirmwareLine line) {
        return line.flag("dect") ? new SnomDectGenerator(family, line) : new SnomDeskGenerator(family, line);
    }

    /** What the device's own, secret file prints. */
    abstract Map<String, Object> settings(Device device, PhoneConfig config) throws InvalidConfigException;

    /**
     * As the descriptor says, with two refinements: firmware without XML is refused; and where no line has the phone's
     * firmware, the newest one of its generation is preferred, since ids of lines do not sort by age.
     */
    @Override
    public SupportLevel support(DeviceInfo info) {
        SupportLevel level = super.support(info);
        if (level.compareTo(SupportLevel.PROBABLE) < 0) {
            return level;
        }
        int major = major(info.version());
        if (info.model() != null && major < (isDect(info.model()) ? OLDEST_DECT : OLDEST_DESK) && major >= 0) {
            return SupportLevel.NONE;
        }
        if (level == SupportLevel.EXACT || preferred(info, major) == line()) {
            return level;
        }
        return level == SupportLevel.PROBABLE ? SupportLevel.IMPROBABLE : SupportLevel.PROBABLE;
    }

    /** The first line, newest first as in the descriptor, that comes nearest to the device. */
    private FirmwareLine preferred(DeviceInfo info, int major) {
        FirmwareLine best = null;
        int most = -1;
        for (FirmwareLine line : family().lines()) {
            int points = line.flag("dect") == (info.model() != null && isDect(info.model())) ? 8 : 0;
            points += info.model() != null && line.models().containsKey(info.model()) ? 4 : 0;
            points += major >= 0 && major == major(line.version()) ? 2 : 0;
            points += info.version() != null
                            && line.firmware().matcher(info.version()).lookingAt()
                    ? 1
                    : 0;
            if (points > most) {
                most = points;
                best = line;
            }
        }
        return best;
    }

    private static boolean isDect(String model) {
        return DECT_MODEL.matcher(model).matches();
    }

    /** The number before the first point; -1 when there is none. */
    private static int major(String version) {
        Matcher number = NUMBER.matcher(version == null ? "" : version);
        return number.lookingAt() ? Integer.parseInt(number.group()) : -1;
    }

    /** A template's name says which kind of device it is for; one without a kind is for both. */
    @Override
    protected boolean applies(FileRule rule, Device device) {
        return super.applies(rule, device) && !rule.template().startsWith(dect ? "desk-" : "dect-");
    }

    @Override
    public String path(PhoneRequest request) {
        Matcher file = FILE.matcher(request.path());
        return file.matches() ? file.group(1) : request.path();
    }

    /** Desk phones read their files again without a restart, base stations do not. */
    @Override
    public Optional<Resync> resync(Device device) {
        return dect ? Optional.of(new Resync("check-sync;reboot=true", Map.of())) : super.resync(device);
    }

    @Override
    protected Map<String, Object> model(PhoneFile file, Device device, PhoneConfig config)
            throws InvalidConfigException {
        if (config.baseUrl() == null) {
            throw new InvalidConfigException("Snom, " + file.name() + ": http_base_url is missing (an HTTP URL)");
        }
        Map<String, Object> model = new HashMap<>();
        model.put("fileName", file.name());
        model.put("firmwareFile", "snom" + device.model() + "-firmware." + line().text("firmwareEnding", "xml"));
        for (String fact : List.of("software", "branch", "handsets")) {
            model.put(fact, line().facts().get(fact));
        }
        model.putAll(firmware(device));
        if (file.access() == PhoneFile.Access.SECRET) {
            addCommonSettings(model, config);
            SnomLocale locale = SnomLocale.of(config.locale());
            model.put("language", dect ? locale.dectLanguage() : locale.language());
            model.put("tone", locale.tone());
            model.put("directoryLabel", locale.directoryLabel());
            model.putAll(settings(device, config));
        }
        return model;
    }

    /** The files of the device's firmware by use: {@code phone}, {@code ramdisk}, {@code module}, {@code handset}. */
    private Map<String, Object> firmware(Device device) {
        Map<String, Object> files = new HashMap<>();
        if (line().facts().get("packages") instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> file
                        && file.get("models") instanceof List<?> models
                        && models.contains(device.model())) {
                    files.putIfAbsent(String.valueOf(file.get("use")), file.get("rule"));
                }
            }
        }
        return files;
    }

    private static void addCommonSettings(Map<String, Object> model, PhoneConfig config) throws InvalidConfigException {
        if (config.text("vlan_id") != null) {
            model.put(
                    "vlan",
                    Map.of(
                            "id", within(config, "vlan_id", 4094),
                            "priority", within(config, "vlan_priority", 7),
                            "pcPort", within(config, "vlan_pc_port_id", 4094)));
        }
        model.put("userName", config.text("user_username"));
        model.put("userPassword", config.text("user_password"));
        model.put("adminName", config.text("admin_username"));
        model.put("adminPassword", config.text("admin_password"));
        model.put("ntp", config.text("ntp_ip"));
        model.put("phonebook", config.phonebookUrl("input", "snom", ""));
    }

    /** A number from 0 to the given highest one, as text; "0" when absent. */
    private static String within(PhoneConfig config, String name, int highest) throws InvalidConfigException {
        Integer value = config.text(name) == null ? Integer.valueOf(0) : config.number(name);
        if (value == null || value < 0 || value > highest) {
            throw new InvalidConfigException(
                    "Snom: " + name + " is " + config.text(name) + "; it must be 0 to " + highest);
        }
        return value.toString();
    }

    /** What a phone sends for digits; null leaves it to the phone. */
    static String dtmf(SipLine.DtmfMode mode) {
        return mode == null ? null : mode == SipLine.DtmfMode.SIP_INFO ? "sip_info_only" : "off";
    }

    /** Host and port; an IPv6 address in brackets, and no port when it is null. */
    static String host(String host, Integer port) {
        String name = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        return port == null ? name : name + ":" + port;
    }
}
