// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

import java.util.List;
import java.util.Map;

/**
 * Where a range of accounts is among a phone's settings. Each part is a list of places; the
 * first that gives a value wins.
 *
 * @param first number of the first account, from 1
 * @param last number of the last account, or the name of the model's fact that says it
 * @param enabled where it says whether an account is on
 * @param on the values of {@code enabled} that mean yes
 * @param parts {@code user authUser password server port transport name} to their places
 * @param required the parts that an account must have to be usable
 */
public record AccountRule(
        int first,
        String last,
        List<Field> enabled,
        List<String> on,
        Map<String, List<Field>> parts,
        List<String> required) {

    /** The parts an account can have. */
    public static final List<String> PARTS =
            List.of("user", "authUser", "password", "server", "port", "transport", "name");

    /**
     * The number of the last account on a model.
     *
     * @param model the model
     * @return the number, or 0 when the model has no such fact
     */
    public int last(Model model) {
        String number = Character.isDigit(last.charAt(0)) ? last : model.facts().getOrDefault(last, "0");
        return Integer.parseInt(number);
    }
}
