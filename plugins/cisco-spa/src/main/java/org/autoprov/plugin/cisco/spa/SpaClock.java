// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.spa;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.autoprov.core.config.TimeZoneRules;
import org.autoprov.core.config.TimeZoneRules.Changeover;
import org.autoprov.core.config.TimeZoneRules.DaylightSaving;

/**
 * A time zone as {@code Time_Zone} and {@code Daylight_Saving_Time_Rule} want it: {@code GMT+01:00} and
 * {@code start=3/-1/7/2:0:0;end=10/-1/7/3:0:0;save=1:0:0}. A date is month/day/weekday: that weekday (1 is Monday) on or
 * after the day, the last one of the month for day −1, and the day itself for weekday 0.
 *
 * @param offset from UTC
 * @param rule of daylight saving; null when there is none
 * @param regime which part of the world's daylight saving a router calls it: 0 none, 1 North America, 2 Europe,
 *     4 Australia and New Zealand; -1 for any other
 */
record SpaClock(String offset, String rule, int regime) {

    /** All that can be on or after one day of the month are seen in so many years: 28 would repeat the calendar. */
    private static final int YEARS = 12;

    private static final int MAX_KEPT = 2048;
    private static final Map<Key, SpaClock> KEPT = new ConcurrentHashMap<>();

    private record Key(ZoneId zone, int year) {}

    static SpaClock of(ZoneId zone, int year) {
        Key key = new Key(zone, year);
        SpaClock known = KEPT.get(key);
        if (known == null) {
            known = make(zone, year);
            if (KEPT.size() >= MAX_KEPT) {
                KEPT.clear();
            }
            KEPT.put(key, known);
        }
        return known;
    }

    private static SpaClock make(ZoneId zone, int year) {
        TimeZoneRules rules = TimeZoneRules.of(zone, year);
        String offset = offset(rules.standardOffsetSeconds());
        Optional<DaylightSaving> saving = rules.daylightSaving();
        if (saving.isEmpty()) {
            return new SpaClock(offset, null, 0);
        }
        String start = date(zone, year, saving.get().start(), DaylightSaving::start);
        String end = date(zone, year, saving.get().end(), DaylightSaving::end);
        String rule =
                "start=" + start + ";end=" + end + ";save=" + time(saving.get().savingSeconds());
        return new SpaClock(offset, rule, regime(start, end));
    }

    private static int regime(String start, String end) {
        if (start.startsWith("3/8/7/") && end.startsWith("11/1/7/")) {
            return 1;
        }
        if (start.startsWith("3/-1/7/") && end.startsWith("10/-1/7/")) {
            return 2;
        }
        boolean south = start.startsWith("10/1/7/") || start.startsWith("9/-1/7/");
        return south && end.startsWith("4/1/7/") ? 4 : -1;
    }

    private static String offset(int seconds) {
        int minutes = Math.abs(seconds) / 60;
        return (seconds < 0 ? "GMT-" : "GMT+") + two(minutes / 60) + ":" + two(minutes % 60);
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static String date(ZoneId zone, int year, Changeover change, Function<DaylightSaving, Changeover> which) {
        int weekday = change.dayOfWeek().getValue();
        int day;
        if (change.weekly()) {
            day = change.week() == 5 ? -1 : (change.week() - 1) * 7 + 1;
        } else {
            day = onOrAfter(zone, year, change, which);
            if (day == 0) { // it follows no rule: this year's date
                day = change.dayOfMonth();
                weekday = 0;
            }
        }
        return change.month() + "/" + day + "/" + weekday + "/" + time(change.secondOfDay());
    }

    /** The first of the seven days on which the change may be (a Friday from 23 to 29 March); 0 when there is no such. */
    private static int onOrAfter(ZoneId zone, int year, Changeover change, Function<DaylightSaving, Changeover> which) {
        int first = change.dayOfMonth();
        int last = first;
        for (int next = year + 1; next < year + YEARS; next++) {
            Optional<Changeover> then =
                    TimeZoneRules.of(zone, next).daylightSaving().map(which);
            if (then.isEmpty()
                    || then.get().month() != change.month()
                    || then.get().dayOfWeek() != change.dayOfWeek()
                    || then.get().secondOfDay() != change.secondOfDay()) {
                return 0;
            }
            first = Math.min(first, then.get().dayOfMonth());
            last = Math.max(last, then.get().dayOfMonth());
        }
        return last - first > 6 ? 0 : Math.max(1, last - 6);
    }

    private static String time(int seconds) {
        return seconds / 3600 + ":" + seconds / 60 % 60 + ":" + seconds % 60;
    }
}
