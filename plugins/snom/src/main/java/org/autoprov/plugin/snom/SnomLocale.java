// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.snom;

import java.util.Locale;
import java.util.Map;

/**
 * How Snom phones name a language and a country. Any part is null when the phone has none for the locale.
 *
 * @param language of desk phones
 * @param dectLanguage of DECT base stations, without accents
 * @param tone tone scheme, which is also the country in the names of time zones
 * @param directoryLabel what stands beside the key of the phone book; never null
 */
record SnomLocale(String language, String dectLanguage, String tone, String directoryLabel) {

    private static final Map<String, SnomLocale> LOCALES = Map.of(
            "de_DE", new SnomLocale("Deutsch", "Deutsch", "GER", "Directory"),
            "en_US", new SnomLocale("English", "English", "USA", "Directory"),
            "es_ES", new SnomLocale("Espanol", "Espanol", "ESP", "Directorio"),
            "fr_FR", new SnomLocale("Français", "Francais", "FRA", "Annuaire"),
            "fr_CA", new SnomLocale("Français", "Francais", "USA", "Annuaire"),
            "it_IT", new SnomLocale("Italiano", "Italiano", "ITA", "Directory"),
            "nl_NL", new SnomLocale("Nederlands", "Dutch", "NLD", "Map"));
    private static final SnomLocale NONE = new SnomLocale(null, null, null, "Directory");

    /** The vendor's names for a locale; of an unlisted country ({@code de_AT}) the language without a tone scheme. */
    static SnomLocale of(String locale) {
        if (locale == null) {
            return NONE;
        }
        SnomLocale exact = LOCALES.get(locale);
        if (exact != null) {
            return exact;
        }
        String language = locale.substring(0, 2);
        String home = language.equals("en") ? "en_US" : language + "_" + language.toUpperCase(Locale.ROOT);
        SnomLocale near = LOCALES.get(home);
        return near == null ? NONE : new SnomLocale(near.language, near.dectLanguage, null, near.directoryLabel);
    }
}
