// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.spa;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.plugin.DeviceIdentifier;
import org.autoprov.core.plugin.FamilyFiles;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;

/**
 * What the descriptor's rules cannot say: names that mean something over TFTP only, models spelled in several ways, the
 * subject of a factory certificate, and the second port of an ATA190, which asks under a MAC that is not its own.
 */
final class CiscoSpaIdentifier implements DeviceIdentifier {

    private static final Pattern OWN_XML = Pattern.compile("([0-9A-Fa-f]{12})\\.xml");

    /** The subject's serialNumber of a factory certificate: {@code PID:CP-8841-3PCC SN:FCH21070001}. */
    private static final Pattern SERIAL_NUMBER =
            Pattern.compile("SERIALNUMBER=PID:CP-([0-9]{4})-3PCC SN:([0-9A-Za-z]{1,32})(?:[,+]|$)");

    private static final Map<String, String> OID_NAMES = Map.of("2.5.4.5", "SERIALNUMBER");

    private final DeviceIdentifier rules;
    private final String vendor;
    private final Set<String> ouis;

    CiscoSpaIdentifier(FamilyFiles family) {
        rules = family.identifier();
        vendor = family.vendor();
        ouis = Set.copyOf(((List<?>) family.descriptor().get("ouis"))
                .stream().map(String::valueOf).toList());
    }

    @Override
    public DeviceInfo identify(PhoneRequest request) {
        DeviceInfo info = rules.identify(request);
        if (request.certificate() != null) {
            info = readSubject(request.certificate(), info);
        }
        if (request.protocol() == Protocol.TFTP) {
            info = readTftpName(request.fileName(), info);
        }
        if (info.model() == null) {
            return info;
        }
        String model = info.model().replace("-", "").toUpperCase(Locale.ROOT);
        DeviceInfo named = model.equals(info.model()) ? info : info.withModel(model);
        boolean shifted = model.equals("ATA190") && named.mac() != null && isSecondPort(named.mac());
        return shifted ? named.withMac(null) : named;
    }

    @Override
    public Set<String> headersRead() {
        return rules.headersRead();
    }

    /** Over HTTP other makers' phones ask for these names too; there the User-Agent says who asks. */
    private DeviceInfo readTftpName(String name, DeviceInfo info) {
        if (info.vendor() == null && name.equals("init.cfg")) {
            return info.withVendor(vendor).withModel("PAP2T");
        }
        Matcher own = name.length() == 16 ? OWN_XML.matcher(name) : null;
        if (info.mac() == null && own != null && own.matches()) {
            Optional<MacAddress> mac = MacAddress.parse(own.group(1));
            return mac.isPresent() ? info.withVendor(vendor).withMac(mac.get()) : info;
        }
        return info;
    }

    /** Verified by the listener, so it says more than anything else in the request. */
    private DeviceInfo readSubject(X509Certificate certificate, DeviceInfo info) {
        String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, OID_NAMES);
        Matcher matcher = SERIAL_NUMBER.matcher(subject);
        return subject.length() <= 2048 && matcher.find()
                ? info.withVendor(vendor).withModel(matcher.group(1)).withSn(matcher.group(2))
                : info;
    }

    /**
     * The second port of an ATA190 takes the device's MAC without its first octet and 01 at the end, so the device is not
     * known by it. A MAC that really ends so is told by its maker's prefix, if that is one of the descriptor's.
     */
    private boolean isSecondPort(MacAddress mac) {
        return (mac.bits() & 0xff) == 1 && !ouis.contains(mac.hex().substring(0, 6));
    }
}
