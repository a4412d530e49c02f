// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.template;

import freemarker.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.autoprov.core.config.InvalidConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders the templates of one vendor bundle, an administrator's ones first. A fault of those is reported once for each
 * change of the folder, and the bundle's own are used. Thread-safe.
 */
public final class FamilyTemplates {

    private static final Logger LOG = LoggerFactory.getLogger(FamilyTemplates.class);

    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._+()-]{0,99}");

    private final CustomTemplates custom;
    private final Function<String, URL> ownTemplate;
    private final TemplateSet own;
    private final Map<String, Customised> customised = new ConcurrentHashMap<>();

    /** @param ownTemplate finds a template of the bundle by name; null when there is none */
    public FamilyTemplates(CustomTemplates custom, Function<String, URL> ownTemplate) {
        this.custom = custom;
        this.ownTemplate = ownTemplate;
        this.own = new TemplateSet(this::openOwn);
    }

    /** As {@link org.autoprov.core.plugin.FamilyFiles#render}. */
    public byte[] render(
            String pluginId, String template, String deviceFileName, String modelName, Map<String, Object> model)
            throws InvalidConfigException {
        CustomTemplates.Snapshot snapshot = custom.current(pluginId);
        if (snapshot.isEmpty()) {
            return renderOwn(pluginId, template, modelName, model);
        }
        Customised current = customised(pluginId, snapshot);
        try {
            return current.render(template, deviceFileName, modelName, model);
        } catch (TemplateFault fault) {
            if (Thread.currentThread().isInterrupted()) {
                current.report(fault);
                throw refusal(pluginId, fault);
            }
            if (current.owns(fault.template())) {
                current.report(fault);
            }
            byte[] bytes = renderOwn(pluginId, template, modelName, model);
            current.report(fault); // an own template failed, but not without the custom ones
            return bytes;
        }
    }

    private byte[] renderOwn(String pluginId, String template, String modelName, Map<String, Object> model)
            throws InvalidConfigException {
        try {
            Template found = choose(own, template, modelName);
            if (found == null) {
                throw new InvalidConfigException("plugin " + pluginId + " has no template " + template);
            }
            return own.render(found, model);
        } catch (TemplateFault fault) {
            throw refusal(pluginId, fault);
        }
    }

    private static InvalidConfigException refusal(String pluginId, TemplateFault fault) {
        return new InvalidConfigException("plugin " + pluginId + ": template " + fault.getMessage(), fault);
    }

    /** A model's name comes from a phone: one that could be more than a file's name has no template. */
    private static Template choose(TemplateSet set, String template, String modelName) throws TemplateFault {
        Template ofModel = modelName == null || !MODEL.matcher(modelName).matches()
                ? null
                : set.find(modelName + "." + template, null);
        return ofModel != null ? ofModel : set.find(template, null);
    }

    private Customised customised(String pluginId, CustomTemplates.Snapshot snapshot) {
        Customised known = customised.get(pluginId);
        return known != null && known.snapshot == snapshot
                ? known
                : customised.compute(
                        pluginId,
                        (id, other) ->
                                other != null && other.snapshot == snapshot ? other : new Customised(id, snapshot));
    }

    private InputStream openOwn(String name) throws IOException {
        URL url = ownTemplate.apply(name);
        if (url == null) {
            return null;
        }
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false); // else a replaced jar would stay open
        return connection.getInputStream();
    }

    /** The templates of a plugin as long as its custom ones do not change. */
    private final class Customised {
        private final String pluginId;
        private final CustomTemplates.Snapshot snapshot;
        private final TemplateSet templates;
        private final Set<String> reported = ConcurrentHashMap.newKeySet();
        private final Set<String> stuck = ConcurrentHashMap.newKeySet();

        Customised(String pluginId, CustomTemplates.Snapshot snapshot) {
            this.pluginId = pluginId;
            this.snapshot = snapshot;
            this.templates = new TemplateSet(this::open);
        }

        private InputStream open(String name) throws IOException {
            CustomTemplates.Mark mark = snapshot.files().get(name);
            return mark != null ? Files.newInputStream(mark.path()) : openOwn(name);
        }

        byte[] render(String template, String deviceFileName, String modelName, Map<String, Object> model)
                throws TemplateFault, InvalidConfigException {
            Template found = ofDevice(template, deviceFileName);
            if (found == null) {
                found = choose(templates, template, modelName);
            }
            if (found == null || stuck.contains(found.getName())) {
                return renderOwn(pluginId, template, modelName, model);
            }
            try {
                return templates.render(found, model);
            } catch (TemplateFault fault) {
                if (Thread.currentThread().isInterrupted()) {
                    stuck.add(found.getName()); // it would cost its time limit at each try
                }
                throw fault;
            }
        }

        private Template ofDevice(String template, String deviceFileName) throws TemplateFault {
            String name = deviceFileName + ".ftl";
            return deviceFileName == null || !snapshot.files().containsKey(name)
                    ? null
                    : templates.find(name, LineSafeFormat.of(template));
        }

        boolean owns(String template) {
            return snapshot.files().containsKey(template);
        }

        void report(TemplateFault fault) {
            if (reported.add(fault.template())) {
                LOG.warn(
                        "Custom template of {} is not used, the plugin's own takes its place: {}",
                        pluginId,
                        fault.getMessage());
            }
        }
    }
}
