// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sep;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.autoprov.core.config.TimeZoneRules;

/**
 * Finds the name by which phones know a time zone. The names are a fixed list in the firmware, each with an offset
 * and a rule of its own, so what matters is not the name but that clock and changeovers agree.
 */
public final class PhoneTimeZone {

    /** What phones assume that know no better. */
    static final String DEFAULT = "Eastern Standard/Daylight Time";

    /** Minutes to search around an offset that the list lacks; the nearest comes first. */
    private static final int[] STEPS = {0, -15, 15, -30, 30, -45, 45, -60, 60};

    /**
     * @param name blanks at its end are part of it
     * @param minutes east of Greenwich
     * @param zone whose daylight saving the name stands for; null where it has none, or one that nobody has any more
     */
    record Entry(String name, int minutes, ZoneId zone) {

        static Entry of(String name, int minutes) {
            return new Entry(name, minutes, null);
        }

        static Entry of(String name, int minutes, String zone) {
            return new Entry(name, minutes, ZoneId.of(zone));
        }

        boolean hasNoDaylightSaving() {
            return !name.contains("Daylight");
        }

        boolean follows(TimeZoneRules rules, int year) {
            Optional<TimeZoneRules.DaylightSaving> wanted = rules.daylightSaving();
            if (hasNoDaylightSaving() || zone == null) {
                return hasNoDaylightSaving() && wanted.isEmpty();
            }
            return wanted.isPresent()
                    && TimeZoneRules.of(zone, year).daylightSaving().equals(wanted);
        }
    }

    // The list of the SIP and SCCP loads. New Zealand, and the offset of Cen. Australia, are knowledge, not documented.
    static final List<Entry> ENTRIES = List.of(
            Entry.of("Dateline Standard Time", -720),
            Entry.of("Samoa Standard Time ", -660),
            Entry.of("Hawaiian Standard Time ", -600),
            Entry.of("Alaskan Standard/Daylight Time", -540, "America/Anchorage"),
            Entry.of("Pacific Standard/Daylight Time", -480, "America/Los_Angeles"),
            Entry.of("Mountain Standard/Daylight Time", -420, "America/Denver"),
            Entry.of("US Mountain Standard Time", -420),
            Entry.of("Central Standard/Daylight Time", -360, "America/Chicago"),
            Entry.of("Mexico Standard/Daylight Time", -360), // Mexico gave up the rule in 2022
            Entry.of(DEFAULT, -300, "America/New_York"),
            Entry.of("US Eastern Standard Time", -300),
            Entry.of("Atlantic Standard/Daylight Time", -240, "America/Halifax"),
            Entry.of("SA Western Standard Time", -240),
            Entry.of("Newfoundland Standard/Daylight Time", -210, "America/St_Johns"),
            Entry.of("South America Standard/Daylight Time", -180), // as Mexico, Brazil in 2019
            Entry.of("SA Eastern Standard Time", -180),
            Entry.of("Mid-Atlantic Standard/Daylight Time", -120),
            Entry.of("Azores Standard/Daylight Time", -60, "Atlantic/Azores"),
            Entry.of("GMT Standard/Daylight Time", 0, "Europe/London"),
            Entry.of("Greenwich Standard Time", 0),
            Entry.of("Central Europe Standard/Daylight Time", 60, "Europe/Paris"),
            Entry.of("E. Europe Standard/Daylight Time", 120, "Europe/Athens"),
            Entry.of("Egypt Standard Time", 120),
            Entry.of("South Africa Standard Time ", 120),
            Entry.of("Jerusalem Standard/Daylight Time", 120, "Asia/Jerusalem"),
            Entry.of("Saudi Arabia Standard Time", 180),
            Entry.of("Russian Standard/Daylight Time", 180), // given up in 2011
            Entry.of("Iran Standard/Daylight Time", 210), // given up in 2022
            Entry.of("Arabian Standard Time", 240),
            Entry.of("Afghanistan Standard Time ", 270),
            Entry.of("West Asia Standard Time", 300),
            Entry.of("India Standard Time", 330),
            Entry.of("Central Asia Standard Time ", 360),
            Entry.of("SE Asia Standard Time", 420),
            Entry.of("Taipei Standard Time", 480),
            Entry.of("Tokyo Standard Time", 540),
            Entry.of("AUS Central Standard Time", 570),
            Entry.of("Cen. Australia Standard/Daylight Time", 570, "Australia/Adelaide"),
            Entry.of("West Pacific Standard Time", 600),
            Entry.of("Tasmania Standard/Daylight Time", 600, "Australia/Hobart"),
            Entry.of("Central Pacific Standard Time", 660),
            Entry.of("Fiji Standard Time", 720),
            Entry.of("New Zealand Standard/Daylight Time", 720, "Pacific/Auckland"));

    private PhoneTimeZone() {}

    /**
     * The name that comes nearest: of the same offset and rule; else of the same offset without daylight saving, else
     * of the same offset; else the same of an offset up to an hour away.
     *
     * @param year in which the rules are compared
     */
    public static String nameOf(ZoneId zone, int year) {
        TimeZoneRules rules = TimeZoneRules.of(zone, year);
        int minutes = rules.standardOffsetSeconds() / 60;
        for (int step : STEPS) {
            Entry best = best(minutes + step, rules, year);
            if (best != null) {
                return best.name();
            }
        }
        return DEFAULT;
    }

    private static Entry best(int minutes, TimeZoneRules rules, int year) {
        Entry plain = null;
        Entry any = null;
        for (Entry entry : ENTRIES) {
            if (entry.minutes() == minutes) {
                if (entry.follows(rules, year)) {
                    return entry;
                }
                plain = plain == null && entry.hasNoDaylightSaving() ? entry : plain;
                any = any == null ? entry : any;
            }
        }
        return plain != null ? plain : any;
    }
}
