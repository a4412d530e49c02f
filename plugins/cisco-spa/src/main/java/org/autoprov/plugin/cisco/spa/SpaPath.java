// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.spa;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autoprov.core.request.PhoneRequest;

/** The names by which these phones ask for files, in the spelling of the descriptor, without what a URL has before them. */
final class SpaPath {

    private static final Pattern OWN = Pattern.compile("[0-9A-Fa-f]{12}\\.(?:xml|cfg)");
    private static final Pattern PORT = Pattern.compile("(?i)ATA([0-9a-f]{12})\\.cnf\\.xml");
    private static final Pattern FIRST_SPA = Pattern.compile("(?i)spa([0-9][0-9a-z]{2,5})\\.cfg");
    private static final Pattern FIRST_MPP = Pattern.compile("(?i)([0-9]{4})-3pcc\\.xml");
    private static final Pattern COMMON =
            Pattern.compile("(?i)(?:spa-phone|spa-ata|cp-phone|dialplan)\\.xml|init\\.cfg|ata19[0-9]\\.cfg");

    /** Firmware, dictionaries and locales keep their folder. */
    private static final Pattern IN_FOLDER = Pattern.compile("(?:.*/)?((?:firmware|i18n|locales)/[^/]+)");

    private static final Pattern MODEL = Pattern.compile("SPA([0-9][0-9A-Z]{2,5})");

    private SpaPath() {}

    static String of(PhoneRequest request) {
        String name = request.fileName();
        if (OWN.matcher(name).matches()) {
            // A multiplatform phone may ask for Cisco/CP-<model>-3PCC/<mac>.cfg: the same by another name.
            return name.substring(0, 12).toLowerCase(Locale.ROOT) + ".xml";
        }
        Matcher port = PORT.matcher(name);
        if (port.matches()) {
            return "ATA" + port.group(1).toUpperCase(Locale.ROOT) + ".cnf.xml";
        }
        Matcher spa = FIRST_SPA.matcher(name);
        if (spa.matches()) {
            return "spa" + spa.group(1).toUpperCase(Locale.ROOT) + ".cfg";
        }
        Matcher mpp = FIRST_MPP.matcher(name);
        if (mpp.matches()) {
            return mpp.group(1) + "-3PCC.xml";
        }
        if (COMMON.matcher(name).matches()) {
            return name.toLowerCase(Locale.ROOT);
        }
        Matcher inFolder = IN_FOLDER.matcher(request.path());
        return inFolder.matches() ? inFolder.group(1) : request.path();
    }

    /** The file that a model asks for first; null when it is spelled like no SPA or ATA. */
    static String firstFile(String model) {
        Matcher spa = MODEL.matcher(model);
        if (spa.matches()) {
            return "spa" + spa.group(1) + ".cfg";
        }
        return model.matches("ATA19[0-9]") ? model.toLowerCase(Locale.ROOT) + ".cfg" : null;
    }
}
