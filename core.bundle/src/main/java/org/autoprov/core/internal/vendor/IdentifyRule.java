// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.vendor;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.request.PhoneRequest;

/**
 * One rule of a descriptor's {@code identify} list. Immutable.
 *
 * @param from which part of a request it reads
 * @param name of the query parameter or header field; null for other parts
 * @param option number of the DHCP option; 0 for other parts
 * @param groups those of the pattern that are parts of a device, in no special order
 * @param vendor given along with a match; null when the rule says nothing of it
 * @param ouis sorted; the MAC must begin with one of them; null when any will do
 * @param needs part that an earlier rule must have found; null for none
 * @param translate by group; a value that is not in its table is left out
 */
record IdentifyRule(
        From from,
        String name,
        int option,
        Pattern pattern,
        RequiredLiteral literal,
        List<String> groups,
        String vendor,
        int[] ouis,
        String needs,
        Map<String, Map<String, String>> translate) {

    static final List<String> PARTS = List.of("vendor", "model", "version", "mac", "sn", "uuid");

    /** No phone sends more than this where a pattern looks; longer texts would only serve to waste time. */
    private static final int MAX_CHARS = 2048;

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** Parts of a request. */
    enum From {
        USER_AGENT,
        PATH,
        QUERY,
        HEADER,
        CERTIFICATE,
        DHCP
    }

    /** What this rule finds; {@link DeviceInfo#NOTHING} itself when it does not match. */
    DeviceInfo apply(PhoneRequest request, DeviceInfo found) {
        String text = subject(request);
        if (text == null || text.length() > MAX_CHARS || !literal.allows(text)) {
            return DeviceInfo.NOTHING;
        }
        if (needs != null && part(found, needs) == null) {
            return DeviceInfo.NOTHING;
        }
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? read(matcher) : DeviceInfo.NOTHING;
    }

    private DeviceInfo read(Matcher matcher) {
        DeviceInfo info = DeviceInfo.NOTHING;
        boolean dropped = false;
        for (String group : groups) {
            String value = matcher.group(group);
            if (value == null || value.isEmpty()) {
                continue;
            }
            Map<String, String> table = translate.get(group);
            DeviceInfo more = with(info, group, table == null ? value : table.get(value));
            dropped |= more == info;
            info = more;
        }
        if (ouis != null
                && (info.mac() == null
                        || Arrays.binarySearch(ouis, (int) (info.mac().bits() >>> 24)) < 0)) {
            return DeviceInfo.NOTHING;
        }
        if (dropped && info == DeviceInfo.NOTHING) {
            return info;
        }
        return vendor == null ? info : info.withVendor(vendor);
    }

    private static DeviceInfo with(DeviceInfo info, String group, String value) {
        if (value == null) {
            return info;
        }
        return switch (group) {
            case "vendor" -> info.withVendor(value);
            case "model" -> info.withModel(value);
            case "version" -> info.withVersion(value);
            case "mac" -> MacAddress.parse(value).map(info::withMac).orElse(info);
            case "sn" -> info.withSn(value);
            default -> {
                String uuid = value.toLowerCase(Locale.ROOT);
                yield UUID.matcher(uuid).matches() ? info.withUuid(uuid) : info;
            }
        };
    }

    private static Object part(DeviceInfo info, String part) {
        return switch (part) {
            case "vendor" -> info.vendor();
            case "model" -> info.model();
            case "version" -> info.version();
            case "mac" -> info.mac();
            case "sn" -> info.sn();
            default -> info.uuid();
        };
    }

    private String subject(PhoneRequest request) {
        return switch (from) {
            case USER_AGENT -> request.header("User-Agent");
            case PATH -> request.path();
            case QUERY -> request.query().get(name);
            case HEADER -> request.header(name);
            case CERTIFICATE -> commonName(request.certificate());
            case DHCP -> request.dhcpOptions().get(option);
        };
    }

    private static String commonName(X509Certificate certificate) {
        if (certificate == null) {
            return null;
        }
        try {
            for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (rdn.getType().equalsIgnoreCase("CN")) {
                    return rdn.getValue().toString();
                }
            }
        } catch (InvalidNameException e) {
            return null; // a subject that is no name names nobody
        }
        return null;
    }
}
