// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.vendor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.internal.template.CustomTemplates;
import org.autoprov.core.internal.template.FamilyTemplates;
import org.autoprov.core.plugin.DeviceIdentifier;
import org.autoprov.core.plugin.FamilyFiles;
import org.autoprov.core.plugin.FileRule;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.service.PluginSetting;

/** The descriptor and templates of a family, from wherever its resources are. */
public final class VendorFiles implements FamilyFiles {

    private static final String TEMPLATES = "AUTOPROV-INF/templates/";

    private final Descriptor descriptor;
    private final DeviceIdentifier identifier;
    private final FamilyTemplates templates;
    private final PluginSettings settings;

    /** @param settings null: all are as the descriptor says */
    private VendorFiles(Descriptor descriptor, FamilyTemplates templates, PluginSettings settings) {
        this.descriptor = descriptor;
        this.identifier = new DescriptorIdentifier(descriptor.rules());
        this.templates = templates;
        this.settings = settings;
    }

    /** The same family, whose settings administrators can set. */
    VendorFiles with(PluginSettings changeable) {
        for (FirmwareLine line : lines()) {
            changeable.declare(line.pluginId(), descriptor.settings().getOrDefault(line.pluginId(), List.of()));
        }
        return new VendorFiles(descriptor, templates, changeable);
    }

    /**
     * @param resources finds a resource by its path without a leading slash; null when there is none
     * @throws IllegalArgumentException when the descriptor is missing or faulty, or a template that it names is missing
     */
    public static VendorFiles read(Function<String, URL> resources, CustomTemplates custom) {
        URL url = resources.apply(Descriptor.FILE);
        if (url == null) {
            throw new IllegalArgumentException(Descriptor.FILE + ": is missing");
        }
        Descriptor descriptor = DescriptorReader.read(text(url));
        for (FileRule rule : descriptor.files()) {
            if (rule.template() != null && !isThere(resources, rule)) {
                throw new IllegalArgumentException(
                        Descriptor.FILE + ": file \"" + rule.name() + "\": there is no " + TEMPLATES + rule.template());
            }
        }
        return new VendorFiles(
                descriptor, new FamilyTemplates(custom, name -> resources.apply(TEMPLATES + name)), null);
    }

    /** The plain template, or one for each model that the rule is for. */
    private static boolean isThere(Function<String, URL> resources, FileRule rule) {
        return resources.apply(TEMPLATES + rule.template()) != null
                || !rule.models().isEmpty()
                        && rule.models().stream()
                                .allMatch(model -> resources.apply(TEMPLATES + model + "." + rule.template()) != null);
    }

    private static String text(URL url) {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(Descriptor.FILE + " cannot be read", e);
        }
    }

    @Override
    public String family() {
        return descriptor.family();
    }

    @Override
    public String vendor() {
        return descriptor.vendor();
    }

    @Override
    public List<FirmwareLine> lines() {
        return descriptor.lines();
    }

    @Override
    public Map<String, Object> descriptor() {
        return descriptor.all();
    }

    @Override
    public DeviceIdentifier identifier() {
        return identifier;
    }

    @Override
    public List<FileRule> fileRules() {
        return descriptor.files();
    }

    @Override
    public byte[] render(
            String pluginId, String template, String deviceFileName, String modelName, Map<String, Object> model)
            throws InvalidConfigException {
        List<PluginSetting> declared = descriptor.settings().get(pluginId);
        if (declared == null) {
            return templates.render(pluginId, template, deviceFileName, modelName, model);
        }
        Map<String, Object> all = new LinkedHashMap<>(model);
        all.put("plugin_settings", settings == null ? PluginSettings.values(declared) : settings.values(pluginId));
        return templates.render(pluginId, template, deviceFileName, modelName, all);
    }
}
