// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autoprov.core.device.Line;
import org.autoprov.core.service.ChangeEvent;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.Masking;
import org.autoprov.core.service.RequestEvent;
import org.autoprov.core.service.TrackedOperation;
import org.autoprov.core.service.TransferEvent;
import org.autoprov.core.store.AuditEntry;
import org.autoprov.core.store.Kind;

/** Makes events of what core tells. No provisioning key gets into them. Thread-safe. */
final class EventViews {

    /** What may be a provisioning key in a path; one that was moved in may be shorter than a new one. */
    private static final Pattern PIECE = Pattern.compile("(?<=/)[A-Za-z0-9._~$-]{1,256}");
    /** The key of a request that was refused because no tenant has it: perhaps it was right yesterday. */
    private static final Pattern FIRST_PIECE = Pattern.compile("(?<=^\\S{1,10} \\S{1,10} /)[^/]+?(?=/| from )");

    private static final String UNKNOWN_KEY = "no tenant has this URL key";

    private final Audiences audiences;
    private final LineService lines;
    private final Predicate<String> isKey;

    /** @param isKey whether a text is the provisioning key of a tenant */
    EventViews(Audiences audiences, LineService lines, Predicate<String> isKey) {
        this.audiences = audiences;
        this.lines = lines;
        this.isKey = isKey;
    }

    Event change(ChangeEvent change) {
        AuditEntry entry = change.entry();
        // An action may have its object with it, as in the audit log: "set http_proxy".
        String action = entry.action().split(" ", 2)[0].toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
        String type = entry.kind().name().toLowerCase(Locale.ROOT) + '.' + action;
        Map<String, Object> outline = new LinkedHashMap<>();
        outline.put("id", entry.id());
        outline.put("action", entry.action());
        outline.put("time", Answers.time(entry.time()));
        Map<String, Object> data = new LinkedHashMap<>(outline);
        data.put("actor", entry.actor());
        data.put("detail", entry.detail());
        boolean device = entry.kind() == Kind.DEVICE;
        Audience audience = device ? audiences.ofChange(entry.id(), change.tenants()) : audiences.of(change.tenants());
        Event event = Event.of(type, entry.time(), device ? entry.id() : deviceOf(entry), audience, data);
        return device ? event.withOutline(outline) : event;
    }

    /** The device that a line is tied to now. */
    private String deviceOf(AuditEntry entry) {
        return entry.kind() == Kind.LINE
                ? lines.get(entry.id()).map(Line::device).orElse(null)
                : null;
    }

    Event request(RequestEvent request) {
        String line = request.outcome().contains(UNKNOWN_KEY)
                ? FIRST_PIECE.matcher(request.request()).replaceFirst(Masking.MASK)
                : request.request();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("number", request.number());
        data.put("time", Answers.time(request.time()));
        data.put("request", mask(line));
        data.put("steps", request.steps().stream().map(this::mask).toList());
        data.put("outcome", mask(request.outcome()));
        data.put("device", request.deviceId());
        data.put("micros", request.micros());
        return Event.of(
                EventFilter.REQUEST, request.time(), request.deviceId(), audiences.ofDevice(request.deviceId()), data);
    }

    Event transfer(TransferEvent transfer) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("time", Answers.time(transfer.time()));
        data.put("request", mask(transfer.request()));
        data.put("state", transfer.state().name().toLowerCase(Locale.ROOT));
        data.put("bytes", transfer.bytes());
        data.put("total", transfer.total() < 0 ? null : transfer.total());
        data.put("millis", transfer.millis());
        data.put("reason", transfer.reason().isEmpty() ? null : mask(transfer.reason()));
        return Event.of(EventFilter.TRANSFER, transfer.time(), null, audiences.master(), data);
    }

    private String mask(String text) {
        return PIECE.matcher(text)
                .replaceAll(
                        piece -> Matcher.quoteReplacement(isKey.test(piece.group()) ? Masking.MASK : piece.group()));
    }

    Event operation(TrackedOperation operation, Instant now) {
        return Event.of(
                EventFilter.OPERATION,
                now,
                operation.kind().startsWith("device.") ? operation.subject() : null,
                audiences.of(operation.tenant()),
                OperationResources.write(operation));
    }
}
