// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A generator whose facts are a descriptor and whose wording is templates, so that a vendor writes only the translation
 * of values: {@link #model}. Subclasses are stateless.
 */
@ConsumerType
public abstract class TemplateGenerator implements ConfigGenerator {

    private final FamilyFiles family;
    private final FirmwareLine line;
    private final List<FileRule> rules;
    private final PluginDescription description;
    private final Resync resync;

    /**
     * @param family the bundle's files
     * @param line the firmware line that this generator serves
     */
    protected TemplateGenerator(FamilyFiles family, FirmwareLine line) {
        this.family = family;
        this.line = line;
        this.rules = family.fileRules().stream()
                .filter(rule -> rule.plugins().isEmpty() || rule.plugins().contains(line.pluginId()))
                .toList();
        this.description = describe(family, line);
        this.resync = new Resync(String.valueOf(family.descriptor().getOrDefault("resync", "check-sync")), Map.of());
    }

    /** The firmware line that this generator serves. */
    protected final FirmwareLine line() {
        return line;
    }

    /** The bundle's files. */
    protected final FamilyFiles family() {
        return family;
    }

    /** What the descriptor says of the device's model; empty when it is unknown or of another line. */
    protected final Optional<PhoneModel> phoneModel(Device device) {
        return device.model() == null
                ? Optional.empty()
                : Optional.ofNullable(line.models().get(device.model()));
    }

    /**
     * Translates the parameters into what the template prints: maps with text keys, lists, texts, numbers, booleans.
     *
     * @param file the file that is made
     * @throws InvalidConfigException when no usable file can be made; the message names parameter and range
     */
    protected abstract Map<String, Object> model(PhoneFile file, Device device, PhoneConfig config)
            throws InvalidConfigException;

    /** Whether the file rule applies to this device; the default compares the rule's models. */
    protected boolean applies(FileRule rule, Device device) {
        return rule.models().isEmpty()
                || device.model() != null && rule.models().contains(device.model());
    }

    @Override
    public PluginDescription description() {
        return description;
    }

    /** By vendor, model list and firmware pattern of the descriptor, as each level's sentence says. */
    @Override
    public SupportLevel support(DeviceInfo info) {
        if (info.vendor() == null) {
            return SupportLevel.UNKNOWN;
        }
        if (!info.vendor().equalsIgnoreCase(family.vendor())) {
            return SupportLevel.IMPROBABLE;
        }
        boolean firmware = line.firmware() != null
                && info.version() != null
                && line.firmware().matcher(info.version()).lookingAt();
        if (info.model() != null && line.models().containsKey(info.model())) {
            return firmware ? SupportLevel.EXACT : SupportLevel.COMPLETE;
        }
        return firmware ? SupportLevel.INCOMPLETE : SupportLevel.PROBABLE;
    }

    @Override
    public List<PhoneFile> files(Device device) {
        PhoneModel model = phoneModel(device).orElse(null);
        List<PhoneFile> files = new ArrayList<>(rules.size());
        for (FileRule rule : rules) {
            String name = applies(rule, device) ? rule.nameFor(device, model) : null;
            if (name != null) {
                files.add(phoneFile(rule, name));
            }
        }
        return files;
    }

    /** As the default, but makes only those names that could be the path. */
    @Override
    public Optional<PhoneFile> file(Device device, String path) {
        PhoneModel model = phoneModel(device).orElse(null);
        for (FileRule rule : rules) {
            if (rule.mayBe(path) && applies(rule, device) && path.equals(rule.nameFor(device, model))) {
                return Optional.of(phoneFile(rule, path));
            }
        }
        return Optional.empty();
    }

    private static PhoneFile phoneFile(FileRule rule, String name) {
        return new PhoneFile(
                name,
                rule.contentType(),
                rule.access(),
                rule.perDevice(),
                rule.stateTrigger(),
                rule.writable(),
                rule.template());
    }

    @Override
    public byte[] generate(PhoneFile file, Device device, PhoneConfig config) throws InvalidConfigException {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("base", config.baseUrl());
        model.put("device", deviceModel(device));
        model.putAll(model(file, device, config));
        String ownName = file.perDevice() ? file.name() : null;
        return family.render(line.pluginId(), file.template(), ownName, device.model(), model);
    }

    @Override
    public Optional<Resync> resync(Device device) {
        return Optional.of(resync);
    }

    private static Map<String, Object> deviceModel(Device device) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("mac", device.mac() == null ? null : device.mac().hex());
        model.put("MAC", device.mac() == null ? null : device.mac().upperHex());
        model.put("vendor", device.vendor());
        model.put("model", device.model());
        model.put("version", device.version());
        model.put("sn", device.sn());
        model.put("uuid", device.uuid());
        return model;
    }

    private static PluginDescription describe(FamilyFiles family, FirmwareLine line) {
        Map<String, Map<String, Object>> capabilities = new LinkedHashMap<>();
        line.models().forEach((name, model) -> {
            Map<String, Object> capability = new LinkedHashMap<>();
            capability.put("type", model.type());
            capability.put("protocol", model.text("protocol", "sip"));
            capability.put("lines", (long) model.lines());
            capability.put(
                    "high_availability", !Boolean.FALSE.equals(model.facts().get("highAvailability")));
            capability.put("function_keys", (long) model.functionKeys());
            capability.put("expansion_modules", (long) model.expansionModules());
            capability.put("switchboard", model.flag("switchboard"));
            if (model.type().equals("dect")) {
                capability.put("multicell", model.flag("multicell"));
            }
            capabilities.put(family.vendor() + ", " + name + ", " + line.version(), capability);
        });
        Map<String, String> descriptions = new LinkedHashMap<>();
        if (line.facts().get("descriptions") instanceof Map<?, ?> map) {
            map.forEach((language, text) -> descriptions.put(String.valueOf(language), String.valueOf(text)));
        }
        return new PluginDescription(
                line.pluginId(),
                family.family(),
                line.version(),
                family.vendor(),
                line.description(),
                descriptions,
                capabilities,
                String.valueOf(family.descriptor().getOrDefault("quality", "documented")));
    }
}
