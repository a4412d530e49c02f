// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.autoprov.admin.bulk.Seating.Place;
import org.autoprov.core.device.Line;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;

/** Finds out what the rows of a file of lines would do. For one import. */
final class LineRows implements Plan.Checker<Line> {

    private static final Map<String, Set<String>> CHOICES = Map.of(
            "dtmf_mode", Set.of("RTP-in-band", "RTP-out-of-band", "SIP-INFO"),
            "srtp_mode", Set.of("disabled", "preferred", "required"));

    private final LineService lines;
    private final Tenants tenants;
    private final Seating seating;
    private final Map<User, List<Line>> byUser = new HashMap<>();
    private final Map<User, Integer> rowOfUser = new HashMap<>();
    private final Map<String, Integer> rowOfLine = new HashMap<>();

    private record User(String tenant, String name) {}

    LineRows(LineService lines, DeviceService devices, Tenants tenants) {
        this.lines = lines;
        this.seating = new Seating(lines, devices, tenants);
        this.tenants = tenants;
        for (Line line : lines.all()) {
            byUser.computeIfAbsent(new User(line.tenant(), line.username()), user -> new ArrayList<>())
                    .add(line);
        }
    }

    @Override
    public Plan.Step<Line> check(Row row) throws RowException {
        String tenant = tenants.named(row);
        Line stored = row.has("id") ? byId(row, tenant) : null;
        if (stored == null) {
            User user = new User(tenant == null ? tenants.caller().tenant() : tenant, required(row, "username"));
            stored = byUser(user);
            if (stored == null) {
                return create(row, user);
            }
        }
        Integer before = rowOfLine.putIfAbsent(stored.id(), row.number());
        if (before != null) {
            throw new RowException(row.has("id") ? "id" : "username", "row " + before + " is for the same line");
        }
        return keep(row, stored);
    }

    private Line byId(Row row, String tenant) throws RowException {
        Line line = lines.get(row.cell("id"))
                .filter(found -> tenants.sees(found.tenant()))
                .orElseThrow(
                        () -> new RowException("id", "there is no such line; a new one gets its id from the server"));
        if (tenant != null && !tenant.equals(line.tenant())) {
            throw new RowException(Tenants.COLUMN, "a line does not change its tenant");
        }
        return line;
    }

    private Line byUser(User user) throws RowException {
        List<Line> found = byUser.getOrDefault(user, List.of());
        if (found.size() > 1) {
            throw new RowException("username", "several lines have it; name one by its id");
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private Plan.Step<Line> create(Row row, User user) throws RowException {
        Integer before = rowOfUser.putIfAbsent(user, row.number());
        if (before != null) {
            throw new RowException("username", "row " + before + " has the same one");
        }
        required(row, "password");
        required(row, "display_name");
        Map<String, Object> account = new LinkedHashMap<>();
        for (String name : LineBulk.ACCOUNT) {
            if (row.has(name)) {
                account.put(name, value(row, name));
            }
        }
        Map<String, Object> parameters = row.has("template") ? Map.of("X_template", row.cell("template")) : Map.of();
        Optional<Place> place = seating.take(row, user.tenant());
        Line line = new Line(
                UUID.randomUUID().toString(),
                0,
                user.tenant(),
                "",
                account,
                parameters,
                place.map(Place::device).orElse(null),
                place.map(Place::position).orElse(0));
        return new Plan.Step<>(Plan.Effect.CREATES, line);
    }

    private Plan.Step<Line> keep(Row row, Line stored) throws RowException {
        for (String name : LineBulk.ACCOUNT) {
            String own = LineBulk.accountText(stored, name);
            if (row.has(name) && !same(name.equals(Row.EXACT) ? own : own.strip(), row.cell(name))) {
                throw new RowException(name, "differs from the stored line, which does not change; make a new one");
            }
        }
        if (row.has("template")
                && !row.cell("template").equals(stored.parameters().get("X_template"))) {
            throw new RowException("template", "differs from the stored line, which does not change; make a new one");
        }
        if (stored.isBound()) {
            seating.requireAt(row, new Place(stored.device(), stored.position()));
            return Plan.Step.nothing();
        }
        return seating.take(row, stored.tenant())
                .map(place -> new Plan.Step<>(Plan.Effect.UPDATES, stored.boundTo(place.device(), place.position())))
                .orElse(Plan.Step.nothing());
    }

    private static Object value(Row row, String name) throws RowException {
        if (name.endsWith("_port")) {
            return row.number(name, 65_535);
        }
        String cell = row.cell(name);
        Set<String> choices = CHOICES.get(name);
        if (choices != null && !choices.contains(cell)) {
            throw new RowException(
                    name,
                    "must be one of "
                            + String.join(", ", choices.stream().sorted().toList()));
        }
        return cell;
    }

    private static String required(Row row, String column) throws RowException {
        String cell = row.cell(column);
        if (cell == null) {
            throw new RowException(column, "a new line needs it");
        }
        return cell;
    }

    /** In the same time wherever they differ: one of them may be a password. */
    private static boolean same(String stored, String cell) {
        return MessageDigest.isEqual(stored.getBytes(StandardCharsets.UTF_8), cell.getBytes(StandardCharsets.UTF_8));
    }
}
