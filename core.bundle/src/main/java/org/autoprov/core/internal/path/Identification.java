// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.internal.device.IpText;
import org.autoprov.core.internal.plugin.Identifiers;
import org.autoprov.core.internal.plugin.PluginRegistry;
import org.autoprov.core.request.PhoneRequest;

/**
 * What a request says about its sender: every family may read it, and for each part the value with the most votes wins; of
 * several with the same number, that of the first family by name. The address is always the sender's.
 */
final class Identification {

    private Identification() {}

    static Identified identify(PhoneRequest request, PluginRegistry.Snapshot plugins, Trace trace) {
        Map<String, DeviceInfo> answers = new LinkedHashMap<>();
        for (PluginRegistry.Identifier identifier : plugins.identifiers()) {
            DeviceInfo answer = Identifiers.identify(identifier, request);
            if (answer.isEmpty()) {
                continue;
            }
            trace.step(() -> "identify: " + identifier.family() + " says " + answer);
            answers.put(identifier.family(), answer);
        }
        DeviceInfo info = vote(answers.values());
        if (info.mac() == null && request.hardwareAddress() != null) {
            info = info.withMac(request.hardwareAddress());
        }
        DeviceInfo known = info.withIp(IpText.of(request.client()));
        trace.step(() -> "identify: " + known);
        Set<String> families = new TreeSet<>();
        answers.forEach((family, answer) -> {
            if (answer.vendor() != null && answer.vendor().equals(known.vendor())) {
                families.add(family);
            }
        });
        return new Identified(known, families);
    }

    static DeviceInfo vote(Collection<DeviceInfo> answers) {
        if (answers.size() < 2) {
            return answers.isEmpty() ? DeviceInfo.NOTHING : answers.iterator().next();
        }
        return new DeviceInfo(
                null,
                winner(answers, DeviceInfo::mac),
                winner(answers, DeviceInfo::sn),
                winner(answers, DeviceInfo::uuid),
                winner(answers, DeviceInfo::vendor),
                winner(answers, DeviceInfo::model),
                winner(answers, DeviceInfo::version));
    }

    private static <T> T winner(Collection<DeviceInfo> answers, Function<DeviceInfo, T> part) {
        Map<T, Integer> votes = new LinkedHashMap<>();
        answers.stream().map(part).filter(Objects::nonNull).forEach(value -> votes.merge(value, 1, Integer::sum));
        T best = null;
        int most = 0;
        for (Map.Entry<T, Integer> entry : votes.entrySet()) { // in the order in which they came
            if (entry.getValue() > most) {
                best = entry.getKey();
                most = entry.getValue();
            }
        }
        return best;
    }
}
