// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.plugin;

import java.util.List;
import java.util.Map;
import org.autoprov.core.config.InvalidConfigException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The descriptor and the templates of a vendor bundle ({@code AUTOPROV-INF/plugin.json},
 * {@code AUTOPROV-INF/templates/}). Thread-safe.
 */
@ProviderType
public interface FamilyFiles {

    /** {@code yealink}. */
    String family();

    /** {@code Yealink}. */
    String vendor();

    /** Its firmware lines in the order of the descriptor. */
    List<FirmwareLine> lines();

    /** The whole descriptor: maps, lists, text, {@link Long}, {@link Double}, {@link Boolean}; not to be changed. */
    Map<String, Object> descriptor();

    /** The identifier that the descriptor's {@code identify} rules describe. */
    DeviceIdentifier identifier();

    /** The file rules of the descriptor, as {@link TemplateGenerator} reads them. */
    List<FileRule> fileRules();

    /**
     * Renders a template. An administrator's template of the same name in {@code templates/<plugin id>/} wins; when that
     * one is faulty it is reported with file and line, and the bundle's own is used.
     *
     * <p>Values are escaped by the kind of file that the name tells: {@code x.xml.ftl} as XML, all others as one line of
     * text, so no value can add a tag or a line.
     *
     * @param pluginId whose custom templates apply
     * @param template {@code phone.cfg.ftl}
     * @param deviceFileName a custom template {@code <this>.ftl} wins over all; null for none
     * @param modelName a custom or own template {@code <model>.<template>} wins over the plain one; null for none
     * @param model maps with text keys, lists, texts, numbers, booleans; null values count as missing
     * @throws InvalidConfigException when the bundle's own template fails on this model
     */
    byte[] render(String pluginId, String template, String deviceFileName, String modelName, Map<String, Object> model)
            throws InvalidConfigException;
}
