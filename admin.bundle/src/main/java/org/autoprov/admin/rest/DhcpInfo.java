// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.service.ProvisioningService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a DHCP server tells of a lease. */
final class DhcpInfo {

    private static final Logger LOG = LoggerFactory.getLogger(DhcpInfo.class);

    private static final Pattern OPTION = Pattern.compile("([0-9]{3})([0-9A-Fa-f]{1,2}(?:\\.[0-9A-Fa-f]{1,2})*)?");
    private static final int MAX_OPTION = 255;

    private final ProvisioningService provisioning;
    private final Executor background;

    DhcpInfo(ProvisioningService provisioning, Executor background) {
        this.provisioning = provisioning;
        this.background = background;
    }

    /** Checks at once; learns from it later. */
    ApiReply take(Call call) throws ApiException {
        Map<String, Object> info = call.wrapped("dhcp_info");
        String operation = text(info, "op");
        byte[] ip = Ipv4Text.parse(text(info, "ip"))
                .orElseThrow(() -> ApiException.badRequest("invalid IP address " + info.get("ip")));
        switch (operation) {
            case "commit" -> observe(request(info, ip));
            case "expiry", "release" -> {} // a phone that is away keeps its last address
            default -> throw ApiException.badRequest("invalid operation value");
        }
        return Reply.done();
    }

    private void observe(PhoneRequest request) throws ApiException {
        try {
            background.execute(() -> {
                try {
                    provisioning.observe(request);
                } catch (RuntimeException e) {
                    LOG.error("A lease of {} taught nothing", request.client().getHostAddress(), e);
                }
            });
        } catch (RejectedExecutionException e) {
            throw new ApiException(503, "too many leases at once");
        }
    }

    private static PhoneRequest request(Map<String, Object> info, byte[] ip) throws ApiException {
        MacAddress mac = MacAddress.parse(text(info, "mac"))
                .orElseThrow(() -> ApiException.badRequest("invalid MAC address " + info.get("mac")));
        try {
            return PhoneRequest.from(Protocol.DHCP, InetAddress.getByAddress(ip))
                    .hardwareAddress(mac)
                    .dhcpOptions(options(info.get("options")))
                    .build();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    private static String text(Map<String, Object> info, String key) throws ApiException {
        if (info.get(key) instanceof String text) {
            return text;
        }
        throw ApiException.badRequest("Wrong information in entity: a text \"" + key + "\" is missing");
    }

    /** The values' octets as characters of ISO 8859-1, which keeps each of them. */
    private static Map<Integer, String> options(Object value) throws ApiException {
        if (!(value instanceof List<?> list)) {
            throw ApiException.badRequest("Wrong information in entity: an array \"options\" is missing");
        }
        Map<Integer, String> options = new LinkedHashMap<>();
        for (Object item : list) {
            Matcher matcher = OPTION.matcher(item instanceof String text ? text : "");
            int code = matcher.matches() ? Integer.parseInt(matcher.group(1)) : MAX_OPTION + 1;
            if (code > MAX_OPTION) {
                throw ApiException.badRequest("invalid DHCP option");
            }
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            if (matcher.group(2) != null) {
                for (String octet : matcher.group(2).split("\\.")) {
                    octets.write(Integer.parseInt(octet, 16));
                }
            }
            options.put(code, octets.toString(StandardCharsets.ISO_8859_1));
        }
        return options;
    }
}
