// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    static DeviceInfo identify(PhoneRequest request, PluginRegistry.Snapshot plugins, Trace trace) {
        DeviceInfo only = null;
        List<DeviceInfo> answers = null;
        for (PluginRegistry.Identifier identifier : plugins.identifiers()) {
            DeviceInfo answer = Identifiers.identify(identifier, request);
            if (answer.isEmpty()) {
                continue;
            }
            trace.step(() -> "identify: " + identifier.family() + " says " + answer);
            if (only == null) {
                only = answer;
            } else {
                if (answers == null) {
                    answers = new ArrayList<>(List.of(only));
                }
                answers.add(answer);
            }
        }
        DeviceInfo info = answers != null ? vote(answers) : only != null ? only : DeviceInfo.NOTHING;
        DeviceInfo known = info.withIp(IpText.of(request.client()));
        trace.step(() -> "identify: " + known);
        return known;
    }

    static DeviceInfo vote(List<DeviceInfo> answers) {
        return new DeviceInfo(
                null,
                winner(answers, DeviceInfo::mac),
                winner(answers, DeviceInfo::sn),
                winner(answers, DeviceInfo::uuid),
                winner(answers, DeviceInfo::vendor),
                winner(answers, DeviceInfo::model),
                winner(answers, DeviceInfo::version));
    }

    private static <T> T winner(List<DeviceInfo> answers, Function<DeviceInfo, T> part) {
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
