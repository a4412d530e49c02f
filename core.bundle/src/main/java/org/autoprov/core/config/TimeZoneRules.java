// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.config;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A time zone as telephones want it: a standard offset and, where there is daylight saving, when it begins and ends. Made
 * from the time-zone database of the Java runtime, never from tables. Immutable.
 *
 * @param standardOffsetSeconds east of Greenwich positive
 * @param daylightSaving empty when the year has none
 */
public record TimeZoneRules(int standardOffsetSeconds, Optional<DaylightSaving> daylightSaving) {

    /**
     * @param savingSeconds added to the standard offset while it lasts; positive
     */
    public record DaylightSaving(int savingSeconds, Changeover start, Changeover end) {}

    /**
     * One of the year's two changes.
     *
     * @param weekly whether month, week and day of the week name this change in every year from this one on; else only
     *     {@code dayOfMonth} is right, and only for this year
     * @param month 1 to 12
     * @param week which of the month's such days: 1 to 4, or 5 for the last
     * @param dayOfMonth in this year, 1 to 31
     * @param secondOfDay local wall-clock time before the change, 0 to 86,399 seconds after midnight
     */
    public record Changeover(
            boolean weekly, int month, int week, DayOfWeek dayOfWeek, int dayOfMonth, int secondOfDay) {}

    /** The rules of a zone in a year. */
    public static TimeZoneRules of(ZoneId zone, int year) {
        throw new IllegalStateException("replaced below");
    }
}
