// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sep;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.plugin.FamilyFiles;
import org.autoprov.core.plugin.FileRule;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.SupportLevel;
import org.autoprov.core.plugin.TemplateGenerator;
import org.autoprov.core.request.PhoneRequest;

/**
 * A generator for phones that ask for {@code SEP<MAC>.cnf.xml}. SIP and SCCP loads ask for the same names, and over
 * TFTP a phone says nothing but its MAC, so which protocol it speaks is for the model, the administrator and the
 * config to say.
 *
 * <p>Facts of a firmware line: {@code loads} (load names by the {@code load} fact of the models), {@code
 * unknownModel} (takes phones of which only the vendor is known) and {@code after} (the line that a phone must have
 * run before).
 */
public abstract class SepGenerator extends TemplateGenerator {

    /** The MAC is upper case in the names of real phones; whatever is before the name is a prefix of the URL. */
    private static final Pattern OWN_FILE = Pattern.compile("(SEP|SIP)([0-9A-Fa-f]{12})(\\.cnf(?:\\.xml)?)");

    /** Small-business phones, adapters and multiplatform phones: never these files. */
    private static final Pattern OTHERS = Pattern.compile("(?i)SPA.*|ATA.*|PAP.*|.*-3PCC|.*-MPP");

    /** {@code X_cisco_load} names another load than the descriptor; an empty one leaves the phone's firmware alone. */
    private static final Pattern LOAD = Pattern.compile("[A-Za-z0-9_.-]{0,64}");

    private final String protocol;
    private final Map<?, ?> loads;
    private final Set<String> commonNames;

    /** @param protocol what the family's loads speak, {@code SIP} or {@code SCCP} */
    protected SepGenerator(FamilyFiles family, FirmwareLine line, String protocol) {
        super(family, line);
        this.protocol = protocol;
        this.loads = line.facts().get("loads") instanceof Map<?, ?> map ? map : Map.of();
        this.commonNames = family.fileRules().stream()
                .map(FileRule::name)
                .filter(name -> name.indexOf('{') < 0)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String path(PhoneRequest request) {
        String name = request.fileName();
        Matcher own = OWN_FILE.matcher(name);
        if (own.matches()) {
            return own.group(1) + own.group(2).toUpperCase(Locale.ROOT) + own.group(3);
        }
        return commonNames.contains(name) ? name : request.path();
    }

    /**
     * A listed model as ever, but a line that needs another one first counts as another firmware's. A missing model
     * is more than the vendor's name: only these phones show themselves without it. An unlisted model is another
     * family's.
     */
    @Override
    public SupportLevel support(DeviceInfo info) {
        SupportLevel level = super.support(info);
        if (level.compareTo(SupportLevel.PROBABLE) < 0) {
            return level;
        }
        if (info.model() == null) {
            return line().flag("unknownModel") ? SupportLevel.INCOMPLETE : level;
        }
        if (OTHERS.matcher(info.model()).matches()) {
            return SupportLevel.NONE;
        }
        if (!line().models().containsKey(info.model())) {
            return SupportLevel.IMPROBABLE;
        }
        boolean later = level == SupportLevel.COMPLETE && line().facts().containsKey("after");
        return later ? SupportLevel.INCOMPLETE : level;
    }

    @Override
    public byte[] generate(PhoneFile file, Device device, PhoneConfig config) throws InvalidConfigException {
        String wanted = config.text("protocol", protocol);
        if (file.perDevice() && !wanted.equals(protocol)) {
            throw new InvalidConfigException("Cisco " + file.name() + ": protocol is " + wanted + ", but "
                    + line().pluginId() + " makes files for " + protocol + "; give the device a plugin of cisco-"
                    + wanted.toLowerCase(Locale.ROOT));
        }
        return VersionStamp.fill(super.generate(file, device, config));
    }

    /** What both protocols' phones are told: clock, language, directory, firmware. The map may be added to. */
    protected final Map<String, Object> sepModel(
            PhoneFile file, Device device, PhoneConfig config, String directorySuffix) throws InvalidConfigException {
        Map<String, Object> model = new HashMap<>(48);
        config.timeZone().ifPresent(zone -> model.put("timeZone", PhoneTimeZone.nameOf(zone, config.year())));
        model.put("ntp", config.text("ntp_ip"));
        PhoneLocale locale = PhoneLocale.of(config.locale());
        model.put("locale", locale == null ? null : locale.toModel());
        model.put("directory", config.phonebookUrl("menu", "cisco", directorySuffix));
        model.put("load", load(file, device, config));
        return model;
    }

    /** What common files hold of the config: the firmware's name and nothing else. */
    protected final Map<String, Object> commonModel(PhoneFile file, Device device, PhoneConfig config)
            throws InvalidConfigException {
        String load = load(file, device, config);
        if (load == null && file.name().equals("OS79XX.TXT")) { // an empty one would stop the phone
            throw new InvalidConfigException(
                    "Cisco " + file.name() + ": no firmware is known for the model; set X_cisco_load");
        }
        return load == null ? Map.of() : Map.of("load", load);
    }

    /** The firmware that the phone shall run; null to leave that alone, as for a model that this line does not list. */
    private String load(PhoneFile file, Device device, PhoneConfig config) throws InvalidConfigException {
        Object own = config.raw().get("X_cisco_load");
        if (own != null) {
            String name = own.toString();
            if (!LOAD.matcher(name).matches()) {
                throw new InvalidConfigException("Cisco " + file.name()
                        + ": X_cisco_load must be up to 64 letters, digits and . _ - (empty: as it is)");
            }
            return name.isEmpty() ? null : name;
        }
        Object known = phoneModel(device)
                .map(model -> loads.get(model.text("load", "")))
                .orElse(null);
        return known == null ? null : known.toString();
    }

    /** @throws InvalidConfigException without {@code tftp_port}, for phones that know TFTP only */
    protected final void needTftp(PhoneFile file, PhoneConfig config) throws InvalidConfigException {
        if (config.text("tftp_port") == null) {
            throw new InvalidConfigException("Cisco " + file.name() + ": tftp_port is missing, and these phones know "
                    + "no other way; allowed are 1 to 65535");
        }
    }
}
