// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.yealink;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.plugin.PhoneModel;

/**
 * What is the same for every phone of a model on a firmware line: how many accounts it has, what its keys are called,
 * which firmware it gets. Made once, because a manager has 250 accounts and a phone up to 330 keys.
 *
 * @param listed whether the descriptor lists the model; of an unlisted one only what is in use is written
 * @param accounts SIP accounts
 * @param lineKeys keys beside the screen; the first ones stand for the accounts unless the config says otherwise
 * @param accountNumbers {@code 1} and so on, as text
 * @param keyNames of all keys in the order of function key numbers, from index 0
 * @param firstLine the number by which keys refer to the first account
 * @param templated whether accounts refer to their servers by {@code template.T} (multicell DECT)
 * @param dect whether it is a DECT base or manager
 * @param kind what the template asks of the model
 * @param firmware the file to name in the configuration; null for none
 * @param handsets firmware of DECT handsets
 */
record PhoneShape(
        boolean listed,
        int accounts,
        int lineKeys,
        List<String> accountNumbers,
        List<String> keyNames,
        int firstLine,
        boolean templated,
        boolean dect,
        Map<String, Object> kind,
        String firmware,
        List<Map<?, ?>> handsets) {

    /**
     * @param model null for a model that the descriptor does not list; it is taken for a desk phone
     * @param facts of the firmware line, inherited ones included
     */
    static PhoneShape of(PhoneModel model, Map<String, Object> facts) {
        boolean listed = model != null;
        PhoneModel phone = listed ? model : new PhoneModel("", "deskphone", 16, 99, 0, Map.of());
        boolean dect = phone.type().equals("dect");
        boolean handsets = Boolean.TRUE.equals(facts.get("overTheAir")) && (dect || phone.flag("dectHandsets"));
        Map<String, Object> kind = new HashMap<>();
        kind.put("accounts", phone.lines() > 0);
        kind.put("dect", dect);
        kind.put("handsets", handsets);
        boolean templated = phone.flag("serverTemplates");
        kind.put("templated", templated);
        return new PhoneShape(
                listed,
                phone.lines(),
                phone.functionKeys() - phone.number("memoryKeys", 0),
                numbered("", phone.lines()),
                keyNames(phone),
                phone.number("firstLine", 1),
                templated,
                dect,
                kind,
                firmware(phone, packages(facts)),
                packages(facts).stream().filter(p -> p.containsKey("handset")).toList());
    }

    /** Adds the names numbered {@code from} (inclusive, from 1) to {@code to} (exclusive) as a run of unused ones. */
    void addUnused(List<Map<String, Object>> list, List<String> names, int from, int to) {
        if (from < to && listed) {
            list.add(Map.of("unused", names.subList(from - 1, to - 1)));
        }
    }

    private static List<Map<?, ?>> packages(Map<String, Object> facts) {
        List<Map<?, ?>> result = new ArrayList<>();
        if (facts.get("packages") instanceof List<?> list) {
            list.forEach(item -> result.add((Map<?, ?>) item));
        }
        return result;
    }

    /**
     * Parentheses and commas stay as they are: RFC 3986 section 3.3 allows them in a path. The phone itself puts its
     * product name in place of {@code $PN}.
     */
    private static String firmware(PhoneModel phone, List<Map<?, ?>> packages) {
        for (Map<?, ?> item : packages) {
            if (item.get("models") instanceof List<?> models && models.contains(phone.name())) {
                return (item.containsKey("url") ? item.get("url") : item.get("file")).toString();
            }
        }
        return null;
    }

    private static List<String> keyNames(PhoneModel phone) {
        int memory = phone.number("memoryKeys", 0);
        List<String> names = new ArrayList<>(numbered("linekey.", phone.functionKeys() - memory));
        names.addAll(numbered("memorykey.", memory));
        for (int module = 1; module <= phone.expansionModules(); module++) {
            names.addAll(numbered("expansion_module." + module + ".key.", phone.number("moduleKeys", 0)));
        }
        return names;
    }

    private static List<String> numbered(String prefix, int count) {
        List<String> names = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            names.add(prefix + i);
        }
        return names;
    }
}
