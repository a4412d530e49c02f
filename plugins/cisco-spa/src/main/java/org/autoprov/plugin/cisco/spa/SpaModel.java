// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.spa;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PhoneModel;

/**
 * What is the same for every device of a model on a firmware line. Made once.
 *
 * @param listed whether the descriptor lists the model; of an unlisted one only what is in use is written
 * @param phone whether it is a telephone, with keys and a directory; else an adapter
 * @param lines SIP accounts
 * @param keys programmable keys on the phone
 * @param modules expansion modules of {@link #MODULE_KEYS} keys
 * @param common the file that resets what this device's own file does not name
 * @param latin whether the phone reads ISO-8859-1 only
 * @param dialPlan of each line, instead of the common one; null for none
 * @param dictionaries by language, file names; empty when the phone has none
 * @param firmware what {@code Upgrade_Rule} names, below the base URL; null for none
 * @param below a phone with older firmware than this version must take {@code through} first; null for none
 * @param through see {@code below}
 */
record SpaModel(
        boolean listed,
        boolean phone,
        int lines,
        int keys,
        int modules,
        String common,
        boolean latin,
        String dialPlan,
        Map<String, String> dictionaries,
        String firmware,
        String below,
        String through) {

    static final int MODULE_KEYS = 32;

    private static final int MOST_LINES = 16;

    /** @param model null for one that the descriptor does not list */
    static SpaModel of(PhoneModel model, FirmwareLine line) {
        PhoneModel known = model != null ? model : new PhoneModel("", "", MOST_LINES, MOST_LINES, 0, Map.of());
        String common = known.text("common", line.text("common", ""));
        boolean phone = common.endsWith("-phone.xml");
        Map<?, ?> upgrade = upgrade(known.name(), line);
        return new SpaModel(
                model != null,
                phone,
                known.lines(),
                phone ? number(line, known, "functionKeys", known.functionKeys()) : 0,
                number(line, known, "expansionModules", known.expansionModules()),
                common,
                known.text("encoding", "UTF-8").equals("ISO-8859-1"),
                known.text("dialPlan", null),
                dictionaries(line, known.text("dictionary", "")),
                (String) upgrade.get("rule"),
                (String) upgrade.get("below"),
                (String) upgrade.get("through"));
    }

    /** What {@code Upgrade_Rule} says; null for nothing. */
    String upgradeRule(String base) {
        if (firmware == null) {
            return null;
        }
        String url = base + "/" + firmware;
        return below == null ? url : "($SWVER lt " + below + ") ? " + base + "/" + through + " | " + url;
    }

    /** A few models have other numbers of keys and modules with newer firmware; the line has those. */
    static int number(FirmwareLine line, PhoneModel model, String fact, int otherwise) {
        return line.facts().get("overrides") instanceof Map<?, ?> models
                        && models.get(model.name()) instanceof Map<?, ?> facts
                        && facts.get(fact) instanceof Number number
                ? number.intValue()
                : otherwise;
    }

    private static Map<String, String> dictionaries(FirmwareLine line, String kind) {
        Map<String, String> result = new HashMap<>();
        if (line.facts().get("dictionaries") instanceof Map<?, ?> kinds && kinds.get(kind) instanceof Map<?, ?> files) {
            files.forEach((language, file) -> result.put(language.toString(), file.toString()));
        }
        return Map.copyOf(result);
    }

    private static Map<?, ?> upgrade(String name, FirmwareLine line) {
        if (line.facts().get("packages") instanceof List<?> packages) {
            for (Object element : packages) {
                Map<?, ?> item = (Map<?, ?>) element;
                if (item.get("models") instanceof List<?> models && models.contains(name)) {
                    return item;
                }
            }
        }
        return Map.of();
    }
}
