// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sip;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Map;
import org.autoprov.core.config.TimeZoneRules;
import org.autoprov.core.config.TimeZoneRules.Changeover;

/**
 * A time zone as the text files of 7940 and 7960 want it: an abbreviation for the offset, and the changeovers as
 * weekday, week of the month (8 is the last) and time, or as a date of the year.
 */
final class TextClock {

    /** Those that are certain. A phone whose offset has none keeps its own setting. */
    private static final Map<Integer, String> ZONES = Map.of(
            -8, "PST", -7, "MST", -6, "CST", -5, "EST", -4, "AST", 0, "GMT", 1, "CET", 2, "EET", 9, "JST", 12, "NZST");

    private static final int LAST_WEEK = 8;

    private TextClock() {}

    /** @return null for an offset that cannot be said */
    static Map<String, Object> of(TimeZoneRules rules) {
        int seconds = rules.standardOffsetSeconds();
        String zone = seconds % 3600 == 0 ? ZONES.get(seconds / 3600) : null;
        if (zone == null) {
            return null;
        }
        return rules.daylightSaving()
                .map(saving -> Map.<String, Object>of(
                        "zone",
                        zone,
                        "hours",
                        saving.savingSeconds() / 3600,
                        "start",
                        change(saving.start()),
                        "stop",
                        change(saving.end())))
                .orElseGet(() -> Map.of("zone", zone));
    }

    private static Map<String, Object> change(Changeover change) {
        String month = Month.of(change.month()).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        int minutes = change.secondOfDay() / 60;
        String time = (minutes < 600 ? "0" : "") + minutes / 60 + (minutes % 60 < 10 ? ":0" : ":") + minutes % 60;
        return change.weekly()
                ? Map.of(
                        "month",
                        month,
                        "day",
                        "0",
                        "weekday",
                        change.dayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH),
                        "week",
                        change.week() == 5 ? LAST_WEEK : change.week(),
                        "time",
                        time)
                : Map.of("month", month, "day", change.dayOfMonth(), "weekday", "", "week", "", "time", time);
    }
}
