// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.snom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnomTimeZoneTest {

    private static final int YEAR = 2026;

    @Test
    void everyListedZoneExistsAndHasTheOffsetOfItsName() {
        SnomTimeZone.listed()
                .forEach((zone, name) ->
                        assertThat(hoursOf(name)).as(zone + " " + name).isEqualTo(standardHours(ZoneId.of(zone))));
    }

    @Test
    void everyZoneOfTheDatabaseGetsANameWithItsStandardOffset() {
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            String name = SnomTimeZone.of(zone, YEAR, "GER");
            assertThat(name).as(id).matches("[A-Z]{3}[0-9]?[+-][0-9]{1,2}(\\.[0-9]{1,2})?");
            assertThat(hoursOf(name)).as(id + " " + name).isEqualTo(standardHours(zone));
        }
    }

    @Test
    void withoutACountryOnlyListedRulesHaveAName() {
        assertThat(SnomTimeZone.of(ZoneId.of("Asia/Kathmandu"), YEAR, null)).isNull();
        assertThat(SnomTimeZone.of(ZoneId.of("Europe/Berlin"), YEAR, null)).isEqualTo("GER+1");
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Paris, GER, FRA+1", // the list wins over the locale's country
        "Europe/London, FRA, GBR-0",
        "America/New_York, FRA, USA-5",
        "America/Toronto, USA, CAN-5",
        "America/St_Johns, USA, CAN-3.5",
        "Pacific/Chatham, USA, NZL+12.75",
        "US/Eastern, FRA, USA-5", // another name of a listed zone
        "Asia/Calcutta, FRA, IND+5.5",
        "Asia/Kathmandu, FRA, FRA+5.75", // not listed: country and offset
        "Indian/Reunion, FRA, FRA+4",
        "Etc/GMT+3, USA, USA-3",
        "UTC, GER, GER-0",
    })
    void namesAZone(String zone, String country, String name) {
        assertThat(SnomTimeZone.of(ZoneId.of(zone), YEAR, country)).isEqualTo(name);
    }

    private static double hoursOf(String name) {
        return Double.parseDouble(name.replaceFirst("^[A-Z]{3}[0-9]?(?=[+-])", "")) + 0.0;
    }

    private static double standardHours(ZoneId zone) {
        ZoneOffset offset = SnomTimeZone.standardOffset(zone.getRules(), YEAR);
        return offset.getTotalSeconds() / 3600.0 + 0.0;
    }
}
