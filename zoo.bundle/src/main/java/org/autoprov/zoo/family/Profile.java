// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autoprov.zoo.tftp.Wishes;

/**
 * How phones of one firmware line boot.
 *
 * @param name as models refer to it
 * @param userAgent with placeholders
 * @param headers further request headers, names to values with placeholders
 * @param steps the boot, in order
 * @param lastWins whether the last file that states a setting wins; else the first
 * @param accounts where accounts are
 * @param firmware where the URL of the firmware is; may be empty
 * @param provisioningUrl where the URL for the next boot is; may be empty
 * @param restartOnNewUrl whether a changed URL makes the phone start again at once
 * @param macros what the phone replaces in names that files give it, to text with placeholders
 * @param pace how patient it is
 * @param transport how files are asked for, unless a step or a provisioning URL says it
 * @param tftp what requests over TFTP ask for
 */
public record Profile(
        String name,
        String userAgent,
        Map<String, String> headers,
        List<Step> steps,
        boolean lastWins,
        List<AccountRule> accounts,
        List<Field> firmware,
        List<Field> provisioningUrl,
        boolean restartOnNewUrl,
        Map<String, String> macros,
        Pace pace,
        Transport transport,
        Wishes tftp) {

    /** The ways in which it asks for files, by its steps. */
    public Set<Transport> transports() {
        Set<Transport> transports = EnumSet.noneOf(Transport.class);
        steps.forEach(step -> transports.add(step.transport().orElse(transport)));
        return transports;
    }
}
