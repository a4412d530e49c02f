// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.spa;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaClockTest {

    private static final int FROM = 2026;
    private static final int TO = 2035;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Europe/Paris | GMT+01:00 | start=3/-1/7/2:0:0;end=10/-1/7/3:0:0;save=1:0:0 | 2",
                "Europe/London | GMT+00:00 | start=3/-1/7/1:0:0;end=10/-1/7/2:0:0;save=1:0:0 | 2",
                "America/New_York | GMT-05:00 | start=3/8/7/2:0:0;end=11/1/7/2:0:0;save=1:0:0 | 1",
                "America/St_Johns | GMT-03:30 | start=3/8/7/2:0:0;end=11/1/7/2:0:0;save=1:0:0 | 1",
                "Australia/Sydney | GMT+10:00 | start=10/1/7/2:0:0;end=4/1/7/3:0:0;save=1:0:0 | 4",
                "Pacific/Auckland | GMT+12:00 | start=9/-1/7/2:0:0;end=4/1/7/3:0:0;save=1:0:0 | 4",
                "Australia/Lord_Howe | GMT+10:30 | start=10/1/7/2:0:0;end=4/1/7/2:0:0;save=0:30:0 | 4",
                "Pacific/Chatham | GMT+12:45 | start=9/-1/7/2:45:0;end=4/1/7/3:45:0;save=1:0:0 | 4",
                "Antarctica/Troll | GMT+00:00 | start=3/-1/7/1:0:0;end=10/-1/7/3:0:0;save=2:0:0 | 2",
                "Asia/Jerusalem | GMT+02:00 | start=3/23/5/2:0:0;end=10/-1/7/2:0:0;save=1:0:0 | -1",
                "Asia/Kathmandu | GMT+05:45 | - | 0",
                "Asia/Tokyo | GMT+09:00 | - | 0",
                "UTC | GMT+00:00 | - | 0"
            })
    void writesTheRealRule(String zone, String offset, String rule, int regime) {
        assertThat(SpaClock.of(ZoneId.of(zone), FROM)).isEqualTo(new SpaClock(offset, rule, regime));
    }

    /** What the phone makes of the encoding is the time of day there, in all zones, for ten years. */
    @Test
    void givesTheSameOffsetsAsTheTimeZoneDatabase() {
        TreeSet<String> wrong = new TreeSet<>();
        for (String id : ZoneId.getAvailableZoneIds()) {
            for (int year = FROM; year <= TO; year++) {
                if (!agrees(ZoneId.of(id), year, SpaClock.of(ZoneId.of(id), year))) {
                    wrong.add(id);
                }
            }
        }
        assertThat(wrong)
                .as("zones that the phone cannot express")
                // they suspend daylight saving in Ramadan: some years have four changes
                .containsExactlyInAnyOrder("Africa/Casablanca", "Africa/El_Aaiun");
    }

    /** A phone keeps its file for longer than a year: what a rule says in 2026 is right in 2035. */
    @Test
    void rulesOfWeekdaysStayRight() {
        TreeSet<String> dated = new TreeSet<>();
        for (String id : ZoneId.getAvailableZoneIds()) {
            SpaClock clock = SpaClock.of(ZoneId.of(id), FROM);
            for (int year = FROM; year <= TO; year++) {
                if (!agrees(ZoneId.of(id), year, clock)) {
                    dated.add(id);
                }
            }
        }
        assertThat(dated)
                .containsExactlyInAnyOrder(
                        "Africa/Casablanca",
                        "Africa/El_Aaiun",
                        "Asia/Gaza",
                        "Asia/Hebron",
                        // the day after the last Thursday, which may be the first of the next month
                        "Africa/Cairo",
                        "Egypt");
    }

    private static boolean agrees(ZoneId zone, int year, SpaClock clock) {
        Phone phone = new Phone(clock, year);
        Instant at = LocalDateTime.of(year, 1, 1, 0, 0).toInstant(ZoneOffset.UTC);
        Instant end = LocalDateTime.of(year + 1, 1, 1, 0, 0).toInstant(ZoneOffset.UTC);
        for (Instant day = at; day.isBefore(end); day = day.plus(Duration.ofDays(1))) {
            if (phone.offset(day) != zone.getRules().getOffset(day).getTotalSeconds()) {
                return false;
            }
        }
        ZoneOffsetTransition change = zone.getRules().nextTransition(at);
        while (change != null && change.getInstant().isBefore(end)) {
            for (Instant near : new Instant[] {change.getInstant().minusSeconds(1), change.getInstant()}) {
                if (phone.offset(near) != zone.getRules().getOffset(near).getTotalSeconds()) {
                    return false;
                }
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return true;
    }

    /** Reads the parameters back, as the provisioning guide explains them. */
    private static final class Phone {
        private static final Pattern OFFSET = Pattern.compile("GMT([+-])([0-9]{2}):([0-9]{2})");
        private static final Pattern RULE = Pattern.compile("start=([^;]+);end=([^;]+);save=([^;]+)");

        private final int standard;
        private final int saving;
        private final Instant start;
        private final Instant end;

        Phone(SpaClock clock, int year) {
            Matcher offset = OFFSET.matcher(clock.offset());
            assertThat(offset.matches()).isTrue();
            int minutes = Integer.parseInt(offset.group(2)) * 60 + Integer.parseInt(offset.group(3));
            standard = (offset.group(1).equals("-") ? -60 : 60) * minutes;
            if (clock.rule() == null) {
                saving = 0;
                start = Instant.MIN;
                end = Instant.MIN;
                return;
            }
            Matcher rule = RULE.matcher(clock.rule());
            assertThat(rule.matches()).isTrue();
            saving = seconds(rule.group(3));
            start = local(rule.group(1), year).toInstant(ZoneOffset.ofTotalSeconds(standard));
            end = local(rule.group(2), year).toInstant(ZoneOffset.ofTotalSeconds(standard + saving));
        }

        int offset(Instant at) {
            boolean afterStart = !at.isBefore(start);
            boolean beforeEnd = at.isBefore(end);
            boolean summer = start.isBefore(end) ? afterStart && beforeEnd : afterStart || beforeEnd;
            return summer ? standard + saving : standard;
        }

        private static int seconds(String time) {
            String[] part = time.split(":");
            return Integer.parseInt(part[0]) * 3600 + Integer.parseInt(part[1]) * 60 + Integer.parseInt(part[2]);
        }

        private static LocalDateTime local(String text, int year) {
            String[] part = text.split("/");
            int month = Integer.parseInt(part[0]);
            int day = Integer.parseInt(part[1]);
            int weekday = Integer.parseInt(part[2]);
            LocalDate date;
            if (weekday == 0) {
                date = LocalDate.of(year, month, day);
            } else if (day == -1) {
                date = LocalDate.of(year, month, 1).with(TemporalAdjusters.lastInMonth(DayOfWeek.of(weekday)));
            } else {
                date = LocalDate.of(year, month, day).with(TemporalAdjusters.nextOrSame(DayOfWeek.of(weekday)));
            }
            return date.atStartOfDay().plusSeconds(seconds(part[3]));
        }
    }
}
