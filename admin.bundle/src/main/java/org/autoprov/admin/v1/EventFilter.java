// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.Set;

/**
 * Which events somebody wants.
 *
 * @param types whole names or what stands before the first dot: {@code device.update}, {@code device}; empty for all
 * @param device only those about the device with this id; null for all
 */
record EventFilter(Set<String> types, String device) {

    static final String REQUEST = "request";
    static final String TRANSFER = "transfer";
    static final String OPERATION = "operation";

    private static final Set<String> KINDS =
            Set.of(REQUEST, TRANSFER, OPERATION, "device", "line", "config", "tenant", "plugin", "parameter", "token");

    EventFilter {
        types = Set.copyOf(types);
    }

    /** Whether there are such events. */
    static boolean isKnown(String type) {
        int dot = type.indexOf('.');
        return KINDS.contains(dot < 0 ? type : type.substring(0, dot));
    }

    /** Whether what phones ask is wanted, which costs something to watch. */
    boolean wantsRequests() {
        return types.isEmpty() || types.contains(REQUEST) || types.contains(TRANSFER);
    }

    boolean matches(Event event) {
        String type = event.type();
        if (device != null && !device.equals(event.device())) {
            return false;
        }
        if (types.isEmpty() || types.contains(type)) {
            return true;
        }
        int dot = type.indexOf('.');
        return dot > 0 && types.contains(type.substring(0, dot));
    }
}
