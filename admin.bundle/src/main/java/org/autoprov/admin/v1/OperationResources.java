// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.OperationService;
import org.autoprov.core.service.TenantService;
import org.autoprov.core.service.TrackedOperation;

/** What takes long, and how far it is. */
final class OperationResources {

    private static final String COLLECTION = "/1/operations";
    private static final String ACCESS = "provd.v1.operations";

    private final OperationService operations;
    private final TenantService tenants;

    OperationResources(OperationService operations, TenantService tenants) {
        this.operations = operations;
        this.tenants = tenants;
    }

    List<Route> routes() {
        return List.of(
                Route.get(COLLECTION, ACCESS + ".read", this::list),
                Route.get(COLLECTION + "/{operation}", ACCESS + ".{operation}.read", this::get),
                Route.delete(COLLECTION + "/{operation}", ACCESS + ".{operation}.delete", this::forget));
    }

    /** The answer to a call that began one. */
    static ApiReply begun(TrackedOperation operation) {
        return Answers.accepted(COLLECTION + '/' + operation.id(), write(operation));
    }

    /** What belongs to the whole server is the master tenant's. */
    private boolean sees(Exchange exchange, TrackedOperation one) {
        return exchange.reaches(one.tenant() == null ? tenants.master().id() : one.tenant());
    }

    private ApiReply list(Exchange exchange) throws Problem {
        List<TrackedOperation> seen = operations.all().stream()
                .filter(one -> sees(exchange, one))
                .sorted(Comparator.comparing(TrackedOperation::id))
                .toList();
        return Answers.page(exchange, seen, TrackedOperation::id, OperationResources::write);
    }

    private TrackedOperation seen(Exchange exchange) throws Problem {
        return operations
                .get(exchange.variable("operation"))
                .filter(one -> sees(exchange, one))
                .orElseThrow(() -> Problem.notFound("operation"));
    }

    private ApiReply get(Exchange exchange) throws Problem {
        return Answers.json(write(seen(exchange)));
    }

    private ApiReply forget(Exchange exchange) throws Problem {
        operations.forget(seen(exchange).id());
        return Answers.done();
    }

    /** As events and webhooks show it too. */
    static Map<String, Object> write(TrackedOperation one) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", one.id());
        view.put("kind", one.kind());
        view.put("subject", one.subject());
        view.put("tenant", one.tenant());
        view.put("actor", one.actor());
        view.put("begun", Answers.time(one.begun()));
        view.putAll(progress(one.operation()));
        return view;
    }

    private static Map<String, Object> progress(Operation operation) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("state", operation.state().name().toLowerCase(Locale.ROOT));
        view.put("current", operation.current() < 0 ? null : operation.current());
        view.put("total", operation.total() <= 0 ? null : operation.total());
        view.put("reason", operation.error().isEmpty() ? null : operation.error());
        view.put(
                "parts",
                operation.parts().stream().map(OperationResources::part).toList());
        return view;
    }

    private static Map<String, Object> part(Operation part) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("label", part.label());
        view.putAll(progress(part));
        return view;
    }
}
