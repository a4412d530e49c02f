// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.RefusedException;

/**
 * The positions (ports) of a device, and the lines on them. Lines of any tenant can be tied to a device that is shared; it
 * stays with its owner. Each caller sees the positions of the tenants that it reaches; one that reaches the device's owner
 * sees them all, but of lines of others only that the position is taken, and may untie those too, since the device is
 * its own.
 */
final class PositionResources {

    private static final String ALL = "/1/devices/{device}/positions";
    private static final String ONE = ALL + "/{position}";
    private static final String ACCESS = "provd.v1.devices.{device}.positions";

    private final LineService lines;
    private final Visibility visibility;
    private final Claims claims;

    PositionResources(Services services, CodeAttempts attempts) {
        this.lines = services.lines();
        this.visibility = new Visibility(services.devices(), lines);
        this.claims = new Claims(lines, attempts);
    }

    List<Route> routes() {
        return List.of(
                Route.get(ALL, ACCESS + ".read", this::list),
                Route.get(ONE, ACCESS + ".{position}.read", this::get),
                Route.put(ONE, ACCESS + ".{position}.update", this::tie),
                Route.delete(ONE, ACCESS + ".{position}.delete", this::untie));
    }

    private ApiReply list(Exchange exchange) throws Problem {
        Device device = visibility.seen(exchange, exchange.variable("device"));
        List<Line> seen = visibility.linesOf(device).stream()
                .filter(line -> sees(exchange, device, line))
                .toList();
        return Answers.page(exchange, seen, PositionResources::order, line -> DeviceView.position(exchange, line));
    }

    /** So that texts sort as numbers. */
    private static String order(Line line) {
        return String.format(Locale.ROOT, "%05d", line.position());
    }

    private static boolean sees(Exchange exchange, Device device, Line line) {
        return Visibility.owns(exchange, device) || exchange.reaches(line.tenant());
    }

    private static int position(Exchange exchange) throws Problem {
        String text = exchange.variable("position");
        if (text.matches("[1-9][0-9]{0,4}")) {
            int position = Integer.parseInt(text);
            if (position <= Claims.MOST_POSITIONS) {
                return position;
            }
        }
        throw new Problem(Problem.Type.BAD_REQUEST, "a position is a whole number from 1 to " + Claims.MOST_POSITIONS);
    }

    private Optional<Line> at(Device device, int position) {
        return visibility.linesOf(device).stream()
                .filter(line -> line.position() == position)
                .findFirst();
    }

    private Line seen(Exchange exchange, Device device, int position) throws Problem {
        return at(device, position)
                .filter(line -> sees(exchange, device, line))
                .orElseThrow(() -> new Problem(Problem.Type.NOT_FOUND, "no line is tied to this position"));
    }

    private ApiReply get(Exchange exchange) throws Problem {
        int position = position(exchange);
        Device device = visibility.seen(exchange, exchange.variable("device"));
        return reply(exchange, seen(exchange, device, position));
    }

    /** The entity tag is that of the line. */
    private static ApiReply reply(Exchange exchange, Line line) {
        return Answers.document(DeviceView.position(exchange, line), line.revision());
    }

    /**
     * Body: one of {@code line}, an id, and {@code code}; {@code address}, the only one that may fetch the device's secret
     * files from then on. 201 when it is tied by this call, 200 when it was; then nothing changes.
     */
    private ApiReply tie(Exchange exchange) throws Problem, RefusedException {
        int position = position(exchange);
        Fields fields = new Fields(exchange.body());
        String id = fields.text("line");
        String code = fields.text("code");
        String address = fields.text("address");
        if ((id == null) == (code == null)) {
            fields.fault(id == null ? "line" : "code", "one of line and code is needed");
        }
        fields.end();
        Device device = visibility.claimable(exchange, exchange.variable("device"));
        Line line = code == null ? lineById(exchange, id) : claims.lineOf(exchange, code);
        exchange.match(at(device, position)
                .filter(there -> sees(exchange, device, there))
                .map(Line::revision)
                .orElse(0L));
        boolean there = Claims.isThere(line, device, position);
        claims.claim(exchange, line, device, position, address);
        Line tied = lines.get(line.id()).orElse(line);
        ApiReply reply = reply(exchange, tied);
        return there
                ? reply
                : Answers.created(exchange.request().path(), DeviceView.position(exchange, tied), tied.revision());
    }

    private Line lineById(Exchange exchange, String id) throws Problem {
        return lines.get(id)
                .filter(line -> exchange.reaches(line.tenant()))
                .orElseThrow(() -> Problem.invalid("/line", "there is no such line"));
    }

    private ApiReply untie(Exchange exchange) throws Problem, RefusedException {
        int position = position(exchange);
        Device device = visibility.seen(exchange, exchange.variable("device"));
        Line line = seen(exchange, device, position);
        exchange.match(line.revision());
        lines.dissociate(exchange.actor(), line.id());
        return Answers.done();
    }
}
