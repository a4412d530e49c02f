// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import java.util.List;
import java.util.Optional;

/**
 * What a boot led to.
 *
 * @param exchanges the requests, in order
 * @param accounts the complete accounts the phone would register
 * @param failure why the phone has no usable configuration; empty: it has one
 * @param warnings what the phone passed over: dropped files, incomplete accounts, answers that other phones
 *     stumble over
 * @param firmware where the phone would fetch its firmware, if anywhere
 * @param provisioningUrl where it would ask at the next boot, if it was told
 * @param millis how long the boot took
 */
public record BootResult(
        List<Exchange> exchanges,
        List<Account> accounts,
        Optional<String> failure,
        List<String> warnings,
        Optional<String> firmware,
        Optional<String> provisioningUrl,
        double millis) {

    /** Whether the phone got a configuration that it can use. */
    public boolean usable() {
        return failure.isEmpty();
    }
}
