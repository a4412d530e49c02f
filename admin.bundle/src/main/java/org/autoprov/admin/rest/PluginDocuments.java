// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.autoprov.core.plugin.PluginDescription;
import org.autoprov.core.service.PackageService;
import org.autoprov.core.service.PluginRepository;

/** Plugins and packages as the API shows them. */
final class PluginDocuments {

    private static final String DESCRIPTION = "description";

    private PluginDocuments() {}

    /** @param locale empty for none */
    static Map<String, Object> info(PluginDescription plugin, String locale) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", plugin.version());
        json.put(DESCRIPTION, localized(plugin.description(), plugin.descriptions(), locale));
        json.put("capabilities", plugin.capabilities());
        return json;
    }

    /** As the repository's index has it. */
    static Map<String, Object> offer(PluginRepository.Offer offer, String locale) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", offer.version());
        json.put(DESCRIPTION, localized(offer.description(), offer.descriptions(), locale));
        json.put("capabilities", offer.capabilities());
        json.put("dsize", offer.bytes());
        json.put("sha1sum", offer.sha1());
        return json;
    }

    static Map<String, Object> declared(PackageService.Declared declared) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", declared.version());
        json.put(DESCRIPTION, declared.description());
        json.put("dsize", declared.bytes());
        return json;
    }

    static Map<String, Object> installed(PackageService.Installed installed) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", installed.version());
        json.put(DESCRIPTION, installed.description());
        return json;
    }

    /** For a locale, else for its language, else in English. */
    static String localized(String english, Map<String, String> others, String locale) {
        if (others == null || locale.isEmpty()) {
            return english;
        }
        String language = others.getOrDefault(locale.split("_", 2)[0], english);
        return others.getOrDefault(locale, language);
    }
}
