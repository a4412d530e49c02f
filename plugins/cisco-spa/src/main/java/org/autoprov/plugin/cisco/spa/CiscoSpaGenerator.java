// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.spa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
import org.autoprov.core.plugin.PhoneModel;
import org.autoprov.core.plugin.PluginDescription;
import org.autoprov.core.plugin.SupportLevel;
import org.autoprov.core.plugin.TemplateGenerator;
import org.autoprov.core.request.PhoneRequest;

/**
 * Makes the files of phones and adapters that read a flat profile, and of the ATA190, which does not: translates the
 * parameters; the templates have the wording.
 */
public final class CiscoSpaGenerator extends TemplateGenerator {

    private static final String FIRST = "first.xml.ftl";
    private static final String ATA190 = "ata190.xml.ftl";

    private final Map<String, SpaModel> models = new ConcurrentHashMap<>(); // made when first needed
    private final SpaModel unlistedModel;
    private final Pattern unlisted;
    private final SpaRegions regions;
    private final PluginDescription description;

    public CiscoSpaGenerator(FamilyFiles family, FirmwareLine line) {
        super(family, line);
        unlistedModel = SpaModel.of(null, line);
        unlisted = Pattern.compile(line.text("unlisted", "(?!)"));
        regions = new SpaRegions(family.lines().get(0).facts()); // the first line has the tables of all
        description = SpaCapabilities.of(super.description(), line);
    }

    @Override
    public PluginDescription description() {
        return description;
    }

    /** Other families have Cisco phones too: only models that are listed, or spelled like this line's, are ours. */
    @Override
    public SupportLevel support(DeviceInfo info) {
        SupportLevel level = super.support(info);
        if (level.compareTo(SupportLevel.PROBABLE) < 0) {
            return level;
        }
        boolean ours = info.model() != null
                && (line().models().containsKey(info.model())
                        || unlisted.matcher(info.model()).matches());
        return ours ? level : SupportLevel.IMPROBABLE;
    }

    @Override
    public String path(PhoneRequest request) {
        return SpaPath.of(request);
    }

    /** Of the common files a device has its own kind. */
    @Override
    protected boolean applies(FileRule rule, Device device) {
        boolean common = rule.name().endsWith("-phone.xml") || rule.name().endsWith("-ata.xml");
        return common ? rule.name().equals(modelOf(device).common()) : super.applies(rule, device);
    }

    @Override
    public List<PhoneFile> files(Device device) {
        List<PhoneFile> files = new ArrayList<>(super.files(device));
        further(device).ifPresent(files::add);
        return files;
    }

    @Override
    public Optional<PhoneFile> file(Device device, String path) {
        Optional<PhoneFile> file = super.file(device, path);
        return file.isPresent()
                ? file
                : further(device).filter(other -> other.name().equals(path));
    }

    /** What placeholders cannot name: an ATA190's second port, and the first file of a model that is not listed. */
    private Optional<PhoneFile> further(Device device) {
        if (line().number("ports", 1) == 2) {
            return device.mac() == null ? Optional.empty() : Optional.of(secret(secondPort(device)));
        }
        String model = device.model();
        if (model == null || line().flag("mpp") || line().models().containsKey(model)) {
            return Optional.empty();
        }
        String first = SpaPath.firstFile(model);
        return first == null
                ? Optional.empty()
                : Optional.of(new PhoneFile(
                        first, "text/xml; charset=utf-8", PhoneFile.Access.OPEN, false, false, false, FIRST));
    }

    private static PhoneFile secret(String name) {
        return new PhoneFile(name, "application/xml", PhoneFile.Access.SECRET, true, false, false, ATA190);
    }

    /** The port asks with the device's MAC without its first octet, and 01 at the end. */
    private static String secondPort(Device device) {
        return "ATA" + device.mac().upperHex().substring(2) + "01.cnf.xml";
    }

    @Override
    public byte[] generate(PhoneFile file, Device device, PhoneConfig config) throws InvalidConfigException {
        byte[] bytes = super.generate(file, device, config);
        return modelOf(device).latin() ? LatinText.ofUtf8(bytes) : bytes;
    }

    @Override
    protected Map<String, Object> model(PhoneFile file, Device device, PhoneConfig config)
            throws InvalidConfigException {
        if (config.baseUrl() == null) {
            throw new InvalidConfigException("Cisco " + file.name() + ": http_base_url is missing");
        }
        SpaModel kind = modelOf(device);
        Map<String, Object> model = new HashMap<>(64);
        model.put("encoding", kind.latin() ? "ISO-8859-1" : "UTF-8");
        if (!file.perDevice()) {
            model.put("common", kind.common());
            model.put("macInQuery", line().flag("macInQuery"));
            model.put("mpp", line().flag("mpp"));
            model.put("tones", regions.tones(null));
            return model;
        }
        if (file.template().equals(ATA190)) {
            putPort(model, file, device, config);
            return model;
        }
        model.put("phone", kind.phone());
        model.put("f", line().facts());
        model.put("upgradeRule", kind.upgradeRule(config.baseUrl()));
        putNetwork(model, file, config);
        putAccess(model, config);
        putRegion(model, kind, config);
        SpaAccounts accounts = SpaAccounts.of(
                config, file.name(), kind, !Boolean.FALSE.equals(line().facts().get("backup")));
        model.put("accounts", accounts.used());
        model.put("unused", accounts.unused());
        model.put("secure", accounts.secure() ? "Yes" : "No");
        model.put("dialPlan", kind.dialPlan());
        model.put("dialPlanLines", kind.lines());
        model.put("voicemail", config.text("exten_voicemail"));
        model.put("pickup", config.text("exten_pickup_call"));
        model.put("groupPickup", config.text("exten_pickup_group"));
        model.put("station", config.line(1).map(SipLine::displayName).orElse(null));
        if (kind.phone()) {
            model.put("phonebook", config.phonebookUrl("input", "cisco", ""));
            SpaKeys keys = SpaKeys.of(config, kind);
            model.put("keys", keys.own());
            model.put("moduleKeys", keys.modules());
        }
        return model;
    }

    private SpaModel modelOf(Device device) {
        PhoneModel known = phoneModel(device).orElse(null);
        return known == null ? unlistedModel : models.computeIfAbsent(known.name(), name -> SpaModel.of(known, line()));
    }

    private static void putNetwork(Map<String, Object> model, PhoneFile file, PhoneConfig config)
            throws InvalidConfigException {
        model.put("dns", config.text("dns_ip"));
        model.put("ntp", config.text("ntp_ip"));
        String syslog = config.text("syslog_ip");
        model.put("syslog", syslog == null ? null : syslog + ":" + config.text("syslog_port", "514"));
        model.put("vlan", within(file, config, "vlan_id", 4094));
        model.put("vlanPcPort", within(file, config, "vlan_pc_port_id", 4094));
    }

    private static void putAccess(Map<String, Object> model, PhoneConfig config) {
        model.put("admin", config.text("admin_username", "admin"));
        model.put("adminPassword", config.text("admin_password"));
        model.put("user", config.text("user_username", "cisco"));
        model.put("userPassword", config.text("user_password"));
    }

    private void putRegion(Map<String, Object> model, SpaModel kind, PhoneConfig config) {
        String locale = config.locale();
        model.put("language", regions.language(locale));
        model.put("locale", regions.locale(locale));
        String folder = config.baseUrl() + (line().flag("mpp") ? "/locales/" : "/i18n/");
        model.put("dictionary", regions.dictionary(kind.dictionaries(), folder));
        if (locale != null) {
            String country = locale.substring(3).toUpperCase(Locale.ROOT);
            model.put("tones", regions.tones(country));
            model.put("fxs", kind.phone() ? null : regions.fxs(country));
        }
        config.timeZone().ifPresent(zone -> {
            SpaClock clock = SpaClock.of(zone, config.year());
            model.put("timeZone", clock.offset());
            model.put("summer", clock.rule());
            model.put("routerZone", regions.routerZone(clock));
        });
    }

    private void putPort(Map<String, Object> model, PhoneFile file, Device device, PhoneConfig config)
            throws InvalidConfigException {
        int port = file.name().equals(secondPort(device)) ? 2 : 1;
        model.put("zone", config.timeZone().map(Object::toString).orElse("Etc/UTC"));
        model.put("ntp", config.text("ntp_ip"));
        model.put("load", line().text("load", null));
        SipLine line = config.line(port).orElse(null);
        if (line == null) {
            return;
        }
        SpaAccounts.requireServer(line, file.name());
        model.put("line", SpaAccounts.plain(line, config));
    }

    private static Integer within(PhoneFile file, PhoneConfig config, String name, int most)
            throws InvalidConfigException {
        Integer value = config.number(name);
        if (config.text(name) != null && (value == null || value < 0 || value > most)) {
            throw new InvalidConfigException(
                    "Cisco " + file.name() + ": " + name + " must be a whole number from 0 to " + most);
        }
        return value;
    }
}
