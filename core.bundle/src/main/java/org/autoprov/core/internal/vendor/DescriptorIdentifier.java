// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.vendor;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.plugin.DeviceIdentifier;
import org.autoprov.core.request.PhoneRequest;

/** Reads requests by a descriptor's rules. Thread-safe; makes no objects for a request that is not of the family. */
final class DescriptorIdentifier implements DeviceIdentifier {

    private final IdentifyRule[] rules;
    private final Set<String> headers;

    DescriptorIdentifier(List<IdentifyRule> rules) {
        this.rules = rules.toArray(IdentifyRule[]::new);
        this.headers = rules.stream()
                .filter(rule -> rule.from() == IdentifyRule.From.HEADER)
                .map(IdentifyRule::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public DeviceInfo identify(PhoneRequest request) {
        DeviceInfo info = DeviceInfo.NOTHING;
        for (IdentifyRule rule : rules) {
            DeviceInfo found = rule.apply(request, info);
            if (found != DeviceInfo.NOTHING) {
                info = info == DeviceInfo.NOTHING ? found : info.or(found);
            }
        }
        return info;
    }

    @Override
    public Set<String> headersRead() {
        return headers;
    }
}
