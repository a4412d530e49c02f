// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.yealink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.Map;
import java.util.TreeSet;
import org.autoprov.core.config.TimeZoneRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneClockTest {

    private static final int FROM = 2026;
    private static final int TO = 2035;

    @ParameterizedTest
    @CsvSource({
        "Europe/Paris, +1, 1, 3/5/7/2, 10/5/7/3, 60",
        "America/New_York, -5, 1, 3/2/7/2, 11/1/7/2, 60",
        "America/St_Johns, -3:30, 1, 3/2/7/2, 11/1/7/2, 60",
        "Europe/London, 0, 1, 3/5/7/1, 10/5/7/2, 60",
        "Australia/Sydney, +10, 1, 10/1/7/2, 4/1/7/3, 60",
        "Australia/Lord_Howe, +10:30, 1, 10/1/7/2, 4/1/7/2, 30",
        "Antarctica/Troll, 0, 1, 3/5/7/1, 10/5/7/3, 120",
        "America/Asuncion, -3, , , ,",
        "Asia/Kathmandu, +5:45, , , ,",
        "Asia/Tokyo, +9, , , ,",
        "UTC, 0, , , ,"
    })
    void writesTheRealRule(String zone, String offset, String type, String start, String end, String minutes) {
        Map<String, Object> clock = clock(ZoneId.of(zone), FROM, -12, 14);
        assertThat(clock.get("zone")).isEqualTo(offset);
        assertThat(clock.get("summer")).isEqualTo(type != null);
        assertThat(clock.get("type")).isEqualTo(type);
        assertThat(clock.get("start")).isEqualTo(start);
        assertThat(clock.get("end")).isEqualTo(end);
        assertThat(clock.get("minutes")).isEqualTo(minutes);
    }

    /** What the phone makes of the encoding is the time of day there, in all zones, for ten years. */
    @Test
    void givesTheSameOffsetsAsTheTimeZoneDatabase() {
        TreeSet<String> wrong = new TreeSet<>();
        for (String id : ZoneId.getAvailableZoneIds()) {
            for (int year = FROM; year <= TO; year++) {
                if (!agrees(ZoneId.of(id), year, clock(ZoneId.of(id), year, -12, 14))) {
                    wrong.add(id);
                }
            }
        }
        assertThat(wrong)
                .as("zones that the phone cannot express")
                .containsExactlyInAnyOrder(
                        // changes at 2:45, and the phone knows whole hours: wrong for a quarter of an hour twice a year
                        "Pacific/Chatham", "NZ-CHAT",
                        // suspends daylight saving in Ramadan: some years have four changes
                        "Africa/Casablanca", "Africa/El_Aaiun");
    }

    @Test
    void firstLinesClampWhatTheyDoNotKnow() {
        assertThat(clock(ZoneId.of("Pacific/Kiritimati"), FROM, -11, 12).get("zone"))
                .isEqualTo("+12");
        assertThat(clock(ZoneId.of("Etc/GMT+12"), FROM, -11, 12).get("zone")).isEqualTo("-11");
        assertThat(clock(ZoneId.of("Pacific/Kiritimati"), FROM, -12, 14).get("zone"))
                .isEqualTo("+14");
        assertThat(clock(ZoneId.of("Etc/GMT+12"), FROM, -12, 14).get("zone")).isEqualTo("-12");
    }

    private static Map<String, Object> clock(ZoneId zone, int year, int least, int most) {
        return PhoneClock.of(TimeZoneRules.of(zone, year), least, most);
    }

    private static boolean agrees(ZoneId zone, int year, Map<String, Object> clock) {
        Phone phone = new Phone(clock, year);
        Instant end = instant(LocalDateTime.of(year + 1, 1, 1, 0, 0), 0);
        Instant at = instant(LocalDateTime.of(year, 1, 1, 0, 0), 0);
        for (Instant day = at; day.isBefore(end); day = day.plusSeconds(86_400)) {
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

    private static Instant instant(LocalDateTime local, int offsetSeconds) {
        return local.toInstant(ZoneOffset.ofTotalSeconds(offsetSeconds));
    }

    /** Reads the parameters back, as the administrator guides explain them. */
    private static final class Phone {
        private final int standard;
        private final int saving;
        private final Instant start;
        private final Instant end;

        Phone(Map<String, Object> clock, int year) {
            String[] zone = clock.get("zone").toString().split(":");
            int hours = Integer.parseInt(zone[0]);
            int minutes = zone.length == 1 ? 0 : Integer.parseInt(zone[1]);
            standard = hours * 3600 + (zone[0].startsWith("-") ? -60 : 60) * minutes;
            if (clock.get("summer").equals(true)) {
                saving = 60 * Integer.parseInt(clock.get("minutes").toString());
                boolean weekly = clock.get("type").equals("1");
                start = instant(local(clock.get("start").toString(), weekly, year), standard);
                end = instant(local(clock.get("end").toString(), weekly, year), standard + saving);
            } else {
                saving = 0;
                start = Instant.MIN;
                end = Instant.MIN;
            }
        }

        int offset(Instant at) {
            boolean afterStart = !at.isBefore(start);
            boolean beforeEnd = at.isBefore(end);
            boolean summer = start.isBefore(end) ? afterStart && beforeEnd : afterStart || beforeEnd;
            return summer ? standard + saving : standard;
        }

        private static LocalDateTime local(String text, boolean weekly, int year) {
            String[] part = text.split("/");
            int month = Integer.parseInt(part[0]);
            if (!weekly) {
                return LocalDate.of(year, month, Integer.parseInt(part[1])).atTime(Integer.parseInt(part[2]), 0);
            }
            int week = Integer.parseInt(part[1]);
            LocalDate day = LocalDate.of(year, month, 1)
                    .with(TemporalAdjusters.dayOfWeekInMonth(
                            week == 5 ? -1 : week, DayOfWeek.of(Integer.parseInt(part[2]))));
            return day.atTime(Integer.parseInt(part[3]), 0);
        }
    }
}
