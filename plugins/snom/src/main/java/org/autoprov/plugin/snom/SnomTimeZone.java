// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.snom;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names by which Snom phones know time zones: country and standard offset in hours ({@code GER+1}). The phones
 * bring the rules of daylight saving; a name that is not in their list is ignored.
 */
final class SnomTimeZone {

    private static final Map<String, String> NAMES = names();

    private SnomTimeZone() {}

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        try (InputStream in = SnomTimeZone.class.getResourceAsStream("/AUTOPROV-INF/timezones.txt")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(row -> {
                String[] words = row.split(" ");
                for (int i = 1; i < words.length && !words[0].equals("#"); i++) {
                    names.put(words[i], words[0]);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("timezones.txt of the Snom bundle", e);
        }
        return names;
    }

    /** The listed zones with the vendor's names. */
    static Map<String, String> listed() {
        return NAMES;
    }

    /**
     * The vendor's name for a zone: by the list; else that of a listed zone with the same rules (the tz database has
     * many names for one zone); else made of the country and the zone's standard offset.
     *
     * @param year for which the standard offset is taken
     * @param country three letters as in {@link SnomLocale#tone}; null when unknown
     * @return null when the zone is not listed and the country unknown
     */
    static String of(ZoneId zone, int year, String country) {
        String name = NAMES.get(zone.getId());
        if (name != null) {
            return name;
        }
        ZoneRules rules = zone.getRules();
        if (!rules.isFixedOffset()) {
            for (Map.Entry<String, String> listed : NAMES.entrySet()) {
                if (ZoneId.of(listed.getKey()).getRules().equals(rules)) {
                    return listed.getValue();
                }
            }
        }
        return country == null ? null : country + hours(standardOffset(rules, year));
    }

    static ZoneOffset standardOffset(ZoneRules rules, int year) {
        return rules.getStandardOffset(LocalDate.of(year, 7, 1).atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    /** {@code +1}, {@code -3.5}, {@code +12.75}; {@code -0} for none, as the vendor's list has it. */
    private static String hours(ZoneOffset offset) {
        int minutes = Math.abs(offset.getTotalSeconds()) / 60;
        String fraction = switch (minutes % 60) {
            case 15 -> ".25";
            case 30 -> ".5";
            case 45 -> ".75";
            default -> "";
        };
        return (offset.getTotalSeconds() > 0 ? "+" : "-") + minutes / 60 + fraction;
    }
}
