// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sep;

import java.util.Map;

/**
 * A locale as {@code SEP<MAC>.cnf.xml} names it. Phones look for the language below {@code i18n/<user>/} and for the
 * tones in {@code i18n/<network>/g3-tones.xml}.
 *
 * @param user folder of the language, {@code german_germany}
 * @param code language code, {@code de}
 * @param network folder of the country's tones, {@code germany}
 */
record PhoneLocale(String user, String code, String network) {

    private static final Map<String, PhoneLocale> KNOWN = Map.of(
            "de_DE", new PhoneLocale("german_germany", "de", "germany"),
            "en_US", new PhoneLocale("english_united_states", "en", "united_states"),
            "es_ES", new PhoneLocale("spanish_spain", "es", "spain"),
            "fr_FR", new PhoneLocale("french_france", "fr", "france"),
            "fr_CA", new PhoneLocale("french_france", "fr", "canada"));

    /** @return null for a locale that Cisco's packages do not have, and for none */
    static PhoneLocale of(String locale) {
        return locale == null ? null : KNOWN.get(locale);
    }

    /** As templates see it. */
    Map<String, Object> toModel() {
        return Map.of("user", user, "code", code, "network", network);
    }
}
