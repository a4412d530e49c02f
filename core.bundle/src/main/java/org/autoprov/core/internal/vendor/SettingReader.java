// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.vendor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.autoprov.core.service.PluginSetting;

/** Reads what a firmware line's {@code settings} declare. */
final class SettingReader {

    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
    private static final int MAX = 100;

    private SettingReader() {}

    /** @throws IllegalArgumentException with file and place */
    static List<PluginSetting> read(JsonPlace list) {
        List<PluginSetting> settings = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonPlace place : list.items()) {
            PluginSetting setting = setting(place);
            if (!ids.add(setting.id())) {
                throw place.at("id").error("\"" + setting.id() + "\" stands here twice");
            }
            settings.add(setting);
        }
        if (settings.size() > MAX) {
            throw list.error("more than " + MAX);
        }
        return List.copyOf(settings);
    }

    private static PluginSetting setting(JsonPlace place) {
        place.onlyKeys("id", "description", "descriptions", "type", "choices", "value");
        String id = place.at("id").text();
        if (!ID.matcher(id).matches()) {
            throw place.at("id")
                    .error("\"" + id + "\" is not allowed; allowed are up to 64 letters, digits and _, a letter"
                            + " first");
        }
        PluginSetting.Type type = place.at("type").present()
                ? switch (place.at("type").oneOf("text", "integer", "boolean")) {
                    case "integer" -> PluginSetting.Type.INTEGER;
                    case "boolean" -> PluginSetting.Type.BOOLEAN;
                    default -> PluginSetting.Type.TEXT;
                }
                : PluginSetting.Type.TEXT;
        List<Object> choices = new ArrayList<>();
        for (JsonPlace choice : place.at("choices").items()) {
            if (PluginSettings.fault(type, List.of(), choice.value()) != null) {
                throw choice.error("must be of the type that the setting has");
            }
            choices.add(choice.value());
        }
        Object value = place.at("value").value();
        String fault = value == null ? null : PluginSettings.fault(type, choices, value);
        if (fault != null) {
            throw place.at("value").error(fault);
        }
        Map<String, String> descriptions = new LinkedHashMap<>();
        place.at("descriptions").members().forEach((language, text) -> descriptions.put(language, text.text()));
        return new PluginSetting(
                id, place.at("description").text(), Map.copyOf(descriptions), type, List.copyOf(choices), value, value);
    }
}
