// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.autoprov.core.config.TimeZoneRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneTimeZoneTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                // same offset, same rule
                "Europe/Paris,Central Europe Standard/Daylight Time",
                "Europe/Berlin,Central Europe Standard/Daylight Time",
                "Europe/London,GMT Standard/Daylight Time",
                "Europe/Lisbon,GMT Standard/Daylight Time",
                "Europe/Athens,E. Europe Standard/Daylight Time",
                "Asia/Jerusalem,Jerusalem Standard/Daylight Time",
                "Atlantic/Azores,Azores Standard/Daylight Time",
                "America/New_York,Eastern Standard/Daylight Time",
                "America/Montreal,Eastern Standard/Daylight Time",
                "America/Bogota,US Eastern Standard Time",
                "America/Phoenix,US Mountain Standard Time",
                "America/Denver,Mountain Standard/Daylight Time",
                "America/St_Johns,Newfoundland Standard/Daylight Time",
                "America/Sao_Paulo,SA Eastern Standard Time",
                "Atlantic/Reykjavik,Greenwich Standard Time",
                "Asia/Kolkata,India Standard Time",
                "Asia/Shanghai,Taipei Standard Time",
                "Asia/Riyadh,Saudi Arabia Standard Time",
                "Europe/Moscow,Saudi Arabia Standard Time",
                "Australia/Sydney,Tasmania Standard/Daylight Time",
                "Australia/Adelaide,Cen. Australia Standard/Daylight Time",
                "Australia/Darwin,AUS Central Standard Time",
                "Australia/Brisbane,West Pacific Standard Time",
                "Pacific/Auckland,New Zealand Standard/Daylight Time",
                "Pacific/Fiji,Fiji Standard Time",
                // names that end with a blank
                "Pacific/Pago_Pago,Samoa Standard Time ",
                "Pacific/Honolulu,Hawaiian Standard Time ",
                "Asia/Kabul,Afghanistan Standard Time ",
                "Asia/Dhaka,Central Asia Standard Time ",
                // same offset, another rule: rather no daylight saving than that of others
                "America/Asuncion,SA Eastern Standard Time",
                "Africa/Cairo,Egypt Standard Time",
                // same offset, nothing better
                "Africa/Lagos,Central Europe Standard/Daylight Time",
                "America/Mexico_City,Central Standard/Daylight Time",
                "Asia/Tehran,Iran Standard/Daylight Time",
                "America/Nuuk,Mid-Atlantic Standard/Daylight Time",
                // an offset that the list lacks
                "Asia/Kathmandu,India Standard Time",
                "Asia/Yangon,Central Asia Standard Time ",
                "Australia/Eucla,Tokyo Standard Time",
                "Pacific/Chatham,Fiji Standard Time",
                "Pacific/Apia,Fiji Standard Time",
                // too far away from everything
                "Pacific/Kiritimati,Eastern Standard/Daylight Time",
            })
    void namesTheZoneThatAgrees(String zone, String name) {
        assertThat(PhoneTimeZone.nameOf(ZoneId.of(zone), 2026)).isEqualTo(name);
    }

    @Test
    void showsTheRightTimeInEveryZoneWhoseRuleThePhoneKnows() {
        for (int year = 2024; year < 2034; year++) {
            for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
                TimeZoneRules rules = TimeZoneRules.of(ZoneId.of(id), year);
                PhoneTimeZone.Entry entry = entry(PhoneTimeZone.nameOf(ZoneId.of(id), year));
                int difference = Math.abs(rules.standardOffsetSeconds() / 60 - entry.minutes());
                boolean agrees = entry.follows(rules, year);
                int at = year;
                List<PhoneTimeZone.Entry> better = PhoneTimeZone.ENTRIES.stream()
                        .filter(e -> e.minutes() * 60 == rules.standardOffsetSeconds() && e.follows(rules, at))
                        .toList();
                assertThat(better.isEmpty() || agrees && difference == 0)
                        .as(id + " " + year)
                        .isTrue();
                assertThat(difference <= 60 || entry.name().equals(PhoneTimeZone.DEFAULT))
                        .as(id)
                        .isTrue();
            }
        }
    }

    @Test
    void standsForTheRuleOfItsZone() {
        for (PhoneTimeZone.Entry entry : PhoneTimeZone.ENTRIES) {
            if (entry.zone() != null) {
                TimeZoneRules rules = TimeZoneRules.of(entry.zone(), 2026);
                assertThat(rules.standardOffsetSeconds()).as(entry.name()).isEqualTo(entry.minutes() * 60);
                assertThat(rules.daylightSaving()).as(entry.name()).isNotEqualTo(Optional.empty());
                assertThat(PhoneTimeZone.nameOf(entry.zone(), 2026)).isEqualTo(entry.name());
            }
        }
    }

    private static PhoneTimeZone.Entry entry(String name) {
        return PhoneTimeZone.ENTRIES.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
