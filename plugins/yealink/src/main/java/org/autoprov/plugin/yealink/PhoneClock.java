// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.yealink;

import java.util.Map;
import java.util.Optional;
import org.autoprov.core.config.TimeZoneRules;
import org.autoprov.core.config.TimeZoneRules.Changeover;
import org.autoprov.core.config.TimeZoneRules.DaylightSaving;

/**
 * Writes a time zone as {@code local_time.*} wants it: {@code +5:45}, {@code 3/5/7/2} (last Sunday of March, 2 h) or,
 * where the changeover follows no weekday rule, {@code 3/26/2} (date of the year, 2 h). Phones know whole hours only.
 */
final class PhoneClock {

    private PhoneClock() {}

    /**
     * @param least the smallest offset from UTC that the firmware takes, in hours; one below it is raised to it
     * @param most the greatest, likewise
     */
    static Map<String, Object> of(TimeZoneRules rules, int least, int most) {
        int seconds = Math.max(least * 3600, Math.min(most * 3600, rules.standardOffsetSeconds()));
        Optional<DaylightSaving> saving = rules.daylightSaving();
        if (saving.isEmpty()) {
            return Map.of("zone", offset(seconds), "summer", false);
        }
        Changeover start = saving.get().start();
        Changeover end = saving.get().end();
        boolean weekly = start.weekly() && end.weekly();
        return Map.of(
                "zone",
                offset(seconds),
                "summer",
                true,
                "type",
                weekly ? "1" : "0",
                "start",
                weekly ? week(start) : date(start),
                "end",
                weekly ? week(end) : date(end),
                "minutes",
                Integer.toString(saving.get().savingSeconds() / 60));
    }

    private static String offset(int seconds) {
        if (seconds == 0) {
            return "0";
        }
        int minutes = Math.abs(seconds) / 60;
        String text = (seconds < 0 ? "-" : "+") + minutes / 60;
        return minutes % 60 == 0 ? text : text + (minutes % 60 < 10 ? ":0" : ":") + minutes % 60;
    }

    /** Month, week (5 is the last), day of the week (1 is Monday, 7 Sunday), hour. */
    private static String week(Changeover change) {
        return change.month() + "/" + change.week() + "/" + change.dayOfWeek().getValue() + "/" + hour(change);
    }

    private static String date(Changeover change) {
        return change.month() + "/" + change.dayOfMonth() + "/" + hour(change);
    }

    /** The nearest whole hour of that day. */
    private static int hour(Changeover change) {
        return Math.min(23, (change.secondOfDay() + 1800) / 3600);
    }
}
