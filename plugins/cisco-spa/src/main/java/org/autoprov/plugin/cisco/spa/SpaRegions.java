// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.spa;

import java.util.List;
import java.util.Map;

/** Languages, tones, telephone sockets and router time zones: the tables of the descriptor's first firmware line. */
final class SpaRegions {

    /** In the order in which a dictionary script numbers them. */
    private static final List<String> DICTIONARY_ORDER = List.of("en", "fr", "de", "es");

    private final Map<?, ?> languages;
    private final Map<?, ?> locales;
    private final Map<?, ?> tones;
    private final Map<?, ?> fxs;
    private final List<String> routerZones;

    SpaRegions(Map<String, Object> tables) {
        languages = (Map<?, ?>) tables.get("languages");
        locales = (Map<?, ?>) tables.get("locales");
        tones = (Map<?, ?>) tables.get("tones");
        fxs = (Map<?, ?>) tables.get("fxs");
        routerZones = ((List<?>) tables.get("routerZones"))
                .stream().map(String::valueOf).toList();
    }

    /** @param locale {@code ll_CC}; null for none. English where the phone has no such language */
    String language(String locale) {
        Object known = locale == null ? null : languages.get(locale.substring(0, 2));
        return known == null ? "English" : known.toString();
    }

    String locale(String locale) {
        Object known = locale == null ? null : locales.get(locale);
        return known == null ? "en-US" : known.toString();
    }

    /** {@code serv=…;d0=English;x0=…}; null when the phone has no dictionaries. */
    String dictionary(Map<String, String> files, String folder) {
        if (files.isEmpty()) {
            return null;
        }
        StringBuilder script = new StringBuilder("serv=").append(folder);
        int number = 0;
        for (String language : DICTIONARY_ORDER) {
            if (files.containsKey(language)) {
                script.append(";d").append(number).append('=').append(languages.get(language));
                script.append(";x").append(number++).append('=').append(files.get(language));
            }
        }
        return script.toString();
    }

    /** @param country two capital letters; null for what the common file has. Null when its tones are not known */
    Object tones(String country) {
        return tones.get(country == null ? "FR" : country);
    }

    /** Null where the common file's socket is right. */
    Object fxs(String country) {
        return fxs.get(country);
    }

    /** The router's name of the zone, {@code +01 2 2}; null when it has none. */
    String routerZone(SpaClock clock) {
        String hours = clock.offset().substring(3, 6) + (clock.offset().endsWith(":30") ? ".5" : "");
        boolean known = clock.offset().endsWith(":00") || clock.offset().endsWith(":30");
        for (String zone : routerZones) {
            if (known && zone.startsWith(hours + " ") && zone.endsWith(" " + clock.regime())) {
                return zone;
            }
        }
        return null;
    }
}
