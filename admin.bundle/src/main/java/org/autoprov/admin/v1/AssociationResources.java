// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.Masking;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.TrackedOperation;

/** For PBXs that let people dial a line's code: finds the telephone that dialled, ties the line to it, restarts it. */
final class AssociationResources {

    private static final String PATH = "/1/associations";
    private static final String ACCESS = "provd.v1.associations.create";
    private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,40}");

    private final Services services;
    private final DeviceService devices;
    private final LineService lines;
    private final Visibility visibility;
    private final DeviceView view;
    private final Claims claims;

    AssociationResources(Services services, CodeAttempts attempts) {
        this.services = services;
        this.devices = services.devices();
        this.lines = services.lines();
        this.visibility = new Visibility(devices, lines);
        this.view = new DeviceView(devices, visibility);
        this.claims = new Claims(lines, attempts);
    }

    List<Route> routes() {
        return List.of(Route.post(PATH, ACCESS, this::create));
    }

    /**
     * Body: {@code code}; at least one of {@code sip_username}, the account that dialled, {@code device}, an id, MAC address
     * or serial number, and {@code address}, a source address that one device alone has, looked at in this order until one
     * names a single device; {@code position}, by default the first free one; {@code trust_address}, the only one that may
     * fetch the device's secret files from then on; {@code resync}, by default true.
     *
     * <p>The answer is the device, with {@code line}, {@code position} and {@code operation}, the id of the resync or null.
     * A line that is tied to this device already stays so, and the device is asked to resync all the same.
     */
    private ApiReply create(Exchange exchange) throws Problem, RefusedException {
        Fields fields = new Fields(exchange.body());
        String code = fields.needed("code");
        String username = fields.text("sip_username");
        String device = fields.text("device");
        String address = fields.text("address");
        int position = fields.number("position", 0, 1, Claims.MOST_POSITIONS);
        String trusted = fields.text("trust_address");
        boolean resync = fields.flag("resync", true);
        if (username == null && device == null && address == null) {
            fields.fault("device", "one of sip_username, device and address is needed");
        }
        fields.end();
        Line line = claims.lineOf(exchange, code);
        Device found = device(exchange, username, device, address);
        Device tied = claims.claim(exchange, line, found, position, trusted);
        TrackedOperation operation = resync ? resync(exchange, tied) : null;
        Map<String, Object> answer = view.write(exchange, tied, Masking.of(Map.of()));
        answer.put("line", line.id());
        answer.put(
                "position",
                lines.get(line.id()).map(now -> (long) now.position()).orElse(null));
        answer.put("operation", operation == null ? null : operation.id());
        return Answers.document(answer, tied.revision());
    }

    private TrackedOperation resync(Exchange exchange, Device device) {
        return services.operations()
                .track(
                        "device.resync",
                        device.id(),
                        exchange.caller().tenant(),
                        exchange.actor(),
                        services.synchronizer().get().synchronize(exchange.actor(), device));
    }

    private Device device(Exchange exchange, String username, String idOrAddress, String address) throws Problem {
        List<Device> dialled = username == null ? List.of() : running(exchange, username);
        if (dialled.size() == 1) {
            return dialled.get(0);
        }
        if (idOrAddress != null) {
            Optional<Device> named = claimable(exchange, idOrAddress);
            if (named.isPresent()) {
                return named.get();
            }
        }
        if (address != null) {
            Optional<Device> there = claimable(exchange, address).filter(device -> isAt(device, address));
            if (there.isPresent()) {
                return there.get();
            }
        }
        throw dialled.size() > 1
                ? Problem.invalid("/sip_username", "several devices run this account; name the device")
                : Problem.invalid(
                        idOrAddress != null ? "/device" : username != null ? "/sip_username" : "/address",
                        "no single device is known by this");
    }

    private Optional<Device> claimable(Exchange exchange, String idOrAddress) {
        return devices.find(idOrAddress).filter(device -> visibility.mayClaim(exchange, device));
    }

    /** Not one whose id or serial number merely looks like an address. */
    private static boolean isAt(Device device, String address) {
        if (device.ip() == null || address.equals(device.ip())) {
            return device.ip() != null;
        }
        try { // the same in another spelling; a colon: never a look-up
            return SIX.matcher(address).matches()
                    && SIX.matcher(device.ip()).matches()
                    && InetAddress.getByName(address).equals(InetAddress.getByName(device.ip()));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * The devices that run this account as far as the caller may know: its own by what they last fetched, new and shared
     * ones as long as they have no line, so that what they fetched was their onboarding account; and those with one of the
     * caller's lines of this name.
     */
    private List<Device> running(Exchange exchange, String username) {
        Set<String> withLine = lines.all().stream()
                .filter(line -> line.isBound() && line.username().equals(username) && exchange.reaches(line.tenant()))
                .map(Line::device)
                .collect(Collectors.toSet());
        return devices.all().stream()
                .filter(device -> withLine.contains(device.id()) || hasFetched(exchange, device, username))
                .limit(2)
                .toList();
    }

    private boolean hasFetched(Exchange exchange, Device device, String username) {
        return username.equals(device.remoteStateSipUsername())
                && (Visibility.owns(exchange, device)
                        || visibility.mayClaim(exchange, device)
                                && visibility.linesOf(device).isEmpty());
    }
}
