// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.autoprov.core.config.TimeZoneRules.Changeover;
import org.autoprov.core.config.TimeZoneRules.DaylightSaving;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeZoneRulesTest {

    /** Morocco leaves its summer time for Ramadan, which in these years begins or ends twice. */
    private static final Set<Integer> MOROCCO = Set.of(2029, 2033);

    @Test
    void namesTheLastSundayOfTheEuropeanUnion() {
        DaylightSaving saving = TimeZoneRules.of(ZoneId.of("Europe/Paris"), 2026)
                .daylightSaving()
                .orElseThrow();
        assertThat(saving)
                .isEqualTo(new DaylightSaving(
                        3600,
                        new Changeover(true, 3, 5, DayOfWeek.SUNDAY, 29, 7200),
                        new Changeover(true, 10, 5, DayOfWeek.SUNDAY, 25, 10800)));
    }

    @Test
    void namesTheSecondSundayOfTheUnitedStates() {
        TimeZoneRules rules = TimeZoneRules.of(ZoneId.of("America/New_York"), 2026);
        assertThat(rules.standardOffsetSeconds()).isEqualTo(-5 * 3600);
        assertThat(rules.daylightSaving().orElseThrow().start())
                .isEqualTo(new Changeover(true, 3, 2, DayOfWeek.SUNDAY, 8, 7200));
    }

    @Test
    void startsAfterItEndsInTheSouth() {
        DaylightSaving saving = TimeZoneRules.of(ZoneId.of("Australia/Sydney"), 2026)
                .daylightSaving()
                .orElseThrow();
        assertThat(saving.start().month()).isEqualTo(10);
        assertThat(saving.end().month()).isEqualTo(4);
    }

    @Test
    void knowsHalfAnHour() {
        assertThat(TimeZoneRules.of(ZoneId.of("Australia/Lord_Howe"), 2026)
                        .daylightSaving()
                        .orElseThrow()
                        .savingSeconds())
                .isEqualTo(1800);
    }

    @Test
    void hasNoneWhereThereIsNone() {
        assertThat(TimeZoneRules.of(ZoneId.of("Asia/Tokyo"), 2026))
                .isEqualTo(new TimeZoneRules(9 * 3600, Optional.empty()));
    }

    @Test
    void takesTheEndOfAYearThatAbolishesDaylightSaving() {
        // Turkey stayed at summer time in 2016, for good.
        assertThat(TimeZoneRules.of(ZoneId.of("Europe/Istanbul"), 2016))
                .isEqualTo(new TimeZoneRules(3 * 3600, Optional.empty()));
    }

    @Test
    void isNotWeeklyWhenTheDayIsNoWholeWeekOfTheMonth() {
        // Chile changes on the Sunday from the 2nd to the 8th of September.
        Changeover start = TimeZoneRules.of(ZoneId.of("America/Santiago"), 2026)
                .daylightSaving()
                .orElseThrow()
                .start();
        assertThat(start.weekly()).isFalse();
        assertThat(start.dayOfMonth()).isEqualTo(6);
        assertThat(start.secondOfDay()).isBetween(0, 86_399);
    }

    @ParameterizedTest
    @ValueSource(ints = {2026, 2027, 2028, 2029, 2030, 2031, 2032, 2033, 2034, 2035})
    void agreesWithJavaForAllZones(int year) {
        Set<String> exceptions = new TreeSet<>();
        int checked = 0;
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            List<Instant> transitions = transitions(zone, year);
            TimeZoneRules rules = TimeZoneRules.of(zone, year);
            int expected = rules.daylightSaving().isPresent() ? 2 : 0;
            if (transitions.size() != expected) {
                exceptions.add(id + " " + transitions.size());
                continue;
            }
            List<Instant> moments = new ArrayList<>();
            for (Instant day = LocalDateTime.of(year, 1, 2, 0, 0).toInstant(ZoneOffset.UTC);
                    day.isBefore(LocalDateTime.of(year, 12, 31, 0, 0).toInstant(ZoneOffset.UTC));
                    day = day.plusSeconds(86_400)) {
                moments.add(day);
            }
            transitions.forEach(transition -> {
                moments.add(transition.minusSeconds(1));
                moments.add(transition.plusSeconds(1));
            });
            for (Instant moment : moments) {
                assertThat(offset(rules, moment, year))
                        .as("%s at %s", id, moment)
                        .isEqualTo(zone.getRules().getOffset(moment).getTotalSeconds());
            }
            checked++;
        }
        assertThat(checked).isGreaterThan(550);
        assertThat(exceptions)
                .isEqualTo(MOROCCO.contains(year) ? Set.of("Africa/Casablanca 3", "Africa/El_Aaiun 3") : Set.of());
    }

    @Test
    void weeklyRulesNameTheDayOfTenYears() {
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            TimeZoneRules.of(zone, 2026).daylightSaving().ifPresent(saving -> {
                for (int year = 2026; year < 2036; year++) {
                    DaylightSaving then =
                            TimeZoneRules.of(zone, year).daylightSaving().orElse(null);
                    if (saving.start().weekly()) {
                        assertThat(date(saving.start(), year)).as(id).isEqualTo(date(then.start(), year));
                        assertThat(date(saving.start(), year).getDayOfMonth())
                                .isEqualTo(then.start().dayOfMonth());
                    }
                    if (saving.end().weekly()) {
                        assertThat(date(saving.end(), year).getDayOfMonth())
                                .as(id)
                                .isEqualTo(then.end().dayOfMonth());
                    }
                }
            });
        }
    }

    private static List<Instant> transitions(ZoneId zone, int year) {
        List<Instant> result = new ArrayList<>();
        ZoneOffsetTransition next = zone.getRules()
                .nextTransition(LocalDateTime.of(year - 1, 12, 30, 0, 0).toInstant(ZoneOffset.UTC));
        while (next != null && next.getDateTimeBefore().getYear() <= year) {
            if (next.getDateTimeBefore().getYear() == year) {
                result.add(next.getInstant());
            }
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return result;
    }

    /** What a phone would make of the rules. */
    private static int offset(TimeZoneRules rules, Instant moment, int year) {
        int standard = rules.standardOffsetSeconds();
        if (rules.daylightSaving().isEmpty()) {
            return standard;
        }
        DaylightSaving saving = rules.daylightSaving().get();
        Instant start = date(saving.start(), year).toInstant(ZoneOffset.ofTotalSeconds(standard));
        Instant end = date(saving.end(), year).toInstant(ZoneOffset.ofTotalSeconds(standard + saving.savingSeconds()));
        boolean inside = start.isBefore(end)
                ? !moment.isBefore(start) && moment.isBefore(end)
                : !moment.isBefore(start) || moment.isBefore(end);
        return inside ? standard + saving.savingSeconds() : standard;
    }

    private static LocalDateTime date(Changeover change, int year) {
        LocalDateTime month = LocalDateTime.of(year, change.month(), 1, 0, 0);
        LocalDateTime day = !change.weekly()
                ? month.withDayOfMonth(change.dayOfMonth())
                : change.week() == 5
                        ? month.with(TemporalAdjusters.lastInMonth(change.dayOfWeek()))
                        : month.with(TemporalAdjusters.dayOfWeekInMonth(change.week(), change.dayOfWeek()));
        return day.plusSeconds(change.secondOfDay());
    }
}
