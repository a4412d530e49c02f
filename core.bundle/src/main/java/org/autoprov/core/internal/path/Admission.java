// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import java.net.InetAddress;
import java.util.Locale;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.internal.config.ConfigDirectory;
import org.autoprov.core.internal.server.CoreSettings;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.request.PhoneRequest;

/**
 * Whether a sender is the device that it says it is, as far as the settings want it proven. A MAC address proves nothing:
 * whoever reads it off a phone's label could ask for that phone's passwords.
 */
final class Admission {

    private final Ledger ledger;
    private final CoreSettings settings;

    Admission(Ledger ledger, CoreSettings settings) {
        this.ledger = ledger;
        this.settings = settings;
    }

    /** What is known of a sender's right to a device's secrets. */
    enum Verdict {
        /** Nobody has claimed the device: its files hold nothing but its own onboarding account. */
        UNCLAIMED,
        /** It has shown what the settings ask for. */
        PROVEN,
        /** Claimed, but never asked for by an address yet: the first one is taken for it. */
        FIRST,
        /** It only knows the MAC address. */
        UNPROVEN
    }

    Verdict judge(Device device, PhoneRequest request, String ip) {
        if (!isClaimed(device)) {
            return Verdict.UNCLAIMED;
        }
        if (request.tenant() != null && request.tenant().equals(device.tenant()) || provesMac(request, device.mac())) {
            return Verdict.PROVEN;
        }
        return switch (settings.phones_secrets_source()) {
            case "any" -> Verdict.PROVEN;
            case "network" -> isLocal(request.client()) ? Verdict.PROVEN : Verdict.UNPROVEN;
            default ->
                device.trustedAddress() == null
                        ? Verdict.FIRST
                        : device.trustedAddress().equals(ip) ? Verdict.PROVEN : Verdict.UNPROVEN;
        };
    }

    /** Whether the device has a config that is not one which autocreate made. */
    boolean isClaimed(Device device) {
        ConfigDirectory.Entry config = ledger.configs().entry(device.config());
        return config != null && !config.isTransient();
    }

    private static boolean provesMac(PhoneRequest request, MacAddress mac) {
        if (request.certificate() == null || mac == null) {
            return false;
        }
        String subject =
                request.certificate().getSubjectX500Principal().getName().toLowerCase(Locale.ROOT);
        return subject.contains(mac.hex()) || subject.contains(mac.toString());
    }

    private static boolean isLocal(InetAddress address) {
        boolean uniqueLocal = address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc; // RFC 4193
        return address.isSiteLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || uniqueLocal;
    }
}
