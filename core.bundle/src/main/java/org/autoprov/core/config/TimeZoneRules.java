// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.config;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

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

    /** Years that a change must follow the same rule to count as weekly. */
    private static final int YEARS = 10;

    private static final int MAX_KEPT = 4096;
    private static final Map<Key, TimeZoneRules> KEPT = new ConcurrentHashMap<>();

    private record Key(ZoneId zone, int year) {}

    private record Changes(ZoneOffsetTransition start, ZoneOffsetTransition end) {}

    /**
     * The rules of a zone in a year.
     *
     * <p>There is daylight saving when the year has exactly one change into it and one out of it, in either order (the
     * southern hemisphere has the end first), around the same standard offset. A year without a change has the offset it
     * has throughout. Any other year (a government that changes the standard offset, or begins or ends daylight saving
     * for good) has none, and the offset that holds at the end of its last day: a phone that is given it then stays
     * right.
     *
     * @param year 1900 to 2999
     */
    public static TimeZoneRules of(ZoneId zone, int year) {
        Key key = new Key(zone, year);
        TimeZoneRules known = KEPT.get(key);
        if (known == null) {
            known = compute(zone.getRules(), year);
            if (KEPT.size() >= MAX_KEPT) {
                KEPT.clear();
            }
            KEPT.put(key, known);
        }
        return known;
    }

    private static TimeZoneRules compute(ZoneRules rules, int year) {
        Optional<Changes> changes = changes(rules, year);
        if (changes.isEmpty()) {
            LocalDateTime end = LocalDateTime.of(year, 12, 31, 23, 59, 59);
            return new TimeZoneRules(rules.getOffset(end).getTotalSeconds(), Optional.empty());
        }
        List<Changes> years = new ArrayList<>();
        for (int y = year; y < year + YEARS; y++) {
            changes(rules, y).ifPresent(years::add);
        }
        ZoneOffsetTransition start = changes.get().start();
        int standard = rules.getStandardOffset(start.getInstant()).getTotalSeconds();
        return new TimeZoneRules(
                standard,
                Optional.of(new DaylightSaving(
                        start.getOffsetAfter().getTotalSeconds() - standard,
                        changeover(years.stream()
                                .map(c -> c.start().getDateTimeBefore())
                                .toList()),
                        changeover(years.stream()
                                .map(c -> c.end().getDateTimeBefore())
                                .toList()))));
    }

    /** The year's change into daylight saving and out of it; empty when it has others, or none. */
    private static Optional<Changes> changes(ZoneRules rules, int year) {
        ZoneOffsetTransition start = null;
        ZoneOffsetTransition end = null;
        ZoneOffsetTransition next =
                rules.nextTransition(LocalDateTime.of(year - 1, 12, 30, 0, 0).toInstant(ZoneOffset.UTC));
        while (next != null && next.getDateTimeBefore().getYear() <= year) {
            if (next.getDateTimeBefore().getYear() == year) {
                boolean before = rules.isDaylightSavings(next.getInstant().minusSeconds(1));
                boolean after = rules.isDaylightSavings(next.getInstant());
                if (before == after || (after ? start : end) != null) {
                    return Optional.empty();
                }
                start = after ? next : start;
                end = after ? end : next;
            }
            next = rules.nextTransition(next.getInstant());
        }
        boolean fits = start != null
                && end != null
                && start.getOffsetAfter().equals(end.getOffsetBefore())
                && start.getOffsetBefore().equals(end.getOffsetAfter())
                && rules.getStandardOffset(start.getInstant()).equals(start.getOffsetBefore())
                && start.isGap();
        return fits ? Optional.of(new Changes(start, end)) : Optional.empty();
    }

    /** @param times of this change, this year's first */
    private static Changeover changeover(List<LocalDateTime> times) {
        LocalDateTime first = times.get(0);
        boolean same = times.size() == YEARS
                && times.stream()
                        .allMatch(t -> t.getMonth() == first.getMonth()
                                && t.getDayOfWeek() == first.getDayOfWeek()
                                && t.toLocalTime().equals(first.toLocalTime()));
        boolean last = times.stream().allMatch(t -> week(t, true) == 5);
        boolean nth = times.stream().allMatch(t -> week(t, false) == week(first, false)) && week(first, false) < 5;
        return new Changeover(
                same && (last || nth),
                first.getMonthValue(),
                last ? 5 : week(first, false),
                first.getDayOfWeek(),
                first.getDayOfMonth(),
                first.toLocalTime().toSecondOfDay());
    }

    private static int week(LocalDateTime time, boolean fromEnd) {
        boolean last = time.getDayOfMonth() + 7 > time.toLocalDate().lengthOfMonth();
        return fromEnd && last ? 5 : (time.getDayOfMonth() - 1) / 7 + 1;
    }
}
