// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.query.Query;
import org.autoprov.core.device.Device;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;

/** What is below {@code /0.2/dev_mgr}. */
final class DeviceResources {

    private static final String MANAGER = "/0.2/dev_mgr";
    private static final String COLLECTION = MANAGER + "/devices";
    private static final String SYNCHRONIZE = MANAGER + "/synchronize";
    private static final int TRIES = 5;

    private final Services services;
    private final DeviceService devices;
    private final OperationShelf operations;
    private final DhcpInfo dhcpInfo;

    DeviceResources(Services services, OperationShelf operations) {
        this.services = services;
        this.devices = services.devices();
        this.operations = operations;
        this.dhcpInfo = new DhcpInfo(services.provisioning(), services.background());
    }

    List<Route> routes() {
        String access = "provd.dev_mgr.devices";
        List<Route> routes = new ArrayList<>(List.of(
                Route.index(
                        MANAGER,
                        "provd.dev_mgr.read",
                        "dev.synchronize",
                        "synchronize",
                        "dev.reconfigure",
                        "reconfigure",
                        "dev.dhcpinfo",
                        "dhcpinfo",
                        "dev.devices",
                        "devices"),
                Route.get(COLLECTION, access + ".read", this::list),
                Route.post(COLLECTION, access + ".create", this::create),
                Route.get(COLLECTION + "/{id}", access + ".{id}.read", this::get),
                Route.put(COLLECTION + "/{id}", access + ".{id}.update", this::update),
                Route.delete(COLLECTION + "/{id}", access + ".{id}.delete", this::delete),
                Route.post(SYNCHRONIZE, "provd.dev_mgr.synchronize.create", this::synchronize),
                Route.post(MANAGER + "/reconfigure", "provd.dev_mgr.reconfigure.create", this::reconfigure),
                Route.post(MANAGER + "/dhcpinfo", "provd.dev_mgr.dhcpinfo.create", dhcpInfo::take)));
        routes.addAll(operations.routes(SYNCHRONIZE, path -> true));
        return routes;
    }

    private ApiReply list(Call call) throws ApiException {
        String recurse = call.query().get("recurse");
        boolean below = "true".equals(recurse) || "True".equals(recurse);
        Collection<Device> all = devices.all();
        Stream<Map<String, Object>> documents = all.stream()
                .filter(device -> Tenancy.lists(call.caller(), below, device))
                .map(DeviceDocuments::write);
        // Which tenants' devices are listed is not the query's to say.
        Query query = Selectors.query(call.query()).without("tenant_uuid");
        Iterator<Map<String, Object>> found = query.apply(documents).iterator();
        return Reply.list("devices", found, all.size() > Reply.MANY);
    }

    private ApiReply create(Call call) throws ApiException, RefusedException {
        Map<String, Object> json = call.wrapped("device");
        Device device = DeviceDocuments.read(Ids.ofNew(json), json);
        if (devices.get(device.id()).isPresent()) {
            throw ApiException.badRequest(device.id());
        }
        ensureTenant(call.caller());
        try {
            Device stored = devices.create(
                    call.caller().actor(),
                    device.edit().tenant(call.caller().tenant()).build());
            return Reply.created(COLLECTION, stored.id());
        } catch (RefusedException e) {
            if (e.reason() == Reason.CONFLICT || e.reason() == Reason.STALE) { // another call took the id just now
                throw ApiException.badRequest(device.id());
            }
            throw invalid(e, device, 400);
        }
    }

    /** A tenant that only the identity service knew until now. */
    private void ensureTenant(Caller caller) throws RefusedException {
        if (services.tenants().get(caller.tenant()).isPresent()) {
            return;
        }
        try {
            services.tenants().create(caller.actor(), caller.tenant(), caller.tenant(), null);
        } catch (RefusedException e) {
            if (services.tenants().get(caller.tenant()).isEmpty()) { // not just made by another call
                throw e;
            }
        }
    }

    private ApiReply get(Call call) throws ApiException {
        Device device = visible(call, call.variable("id"));
        return Reply.json(Map.of("device", DeviceDocuments.write(device)));
    }

    /** The device, if it is there for the caller. */
    private Device visible(Call call, Object id) throws ApiException {
        return find(id).filter(device -> Tenancy.reaches(call.caller(), device))
                .orElseThrow(ApiException::noSuchResource);
    }

    private Optional<Device> find(Object id) {
        return id instanceof String text ? devices.get(text) : Optional.empty();
    }

    private ApiReply update(Call call) throws ApiException, RefusedException {
        String id = call.variable("id");
        for (int attempt = 1; ; attempt++) {
            Device before = devices.get(id).orElseThrow(ApiException::noSuchResource);
            String owner = Tenancy.ownerAfterUpdate(call.caller(), before).orElseThrow(ApiException::noSuchResource);
            Device device = content(id, call.wrapped("device"));
            if (!owner.equals(before.tenant())) {
                ensureTenant(call.caller());
            }
            try {
                // With the revision that was looked at: of two that claim a device only one gets it.
                devices.update(
                        call.caller().actor(),
                        device.edit()
                                .tenant(owner)
                                .revision(before.revision())
                                .trustedAddress(before.trustedAddress())
                                .shared(before.shared())
                                .build());
                return Reply.done();
            } catch (RefusedException e) {
                if (e.reason() == Reason.NOT_FOUND) {
                    throw ApiException.noSuchResource();
                }
                if (e.reason() != Reason.STALE || attempt == TRIES) {
                    throw invalid(e, device, 500);
                }
            }
        }
    }

    /** Clients know a 500 for content that a new device would be refused for with a 400. */
    private static Device content(String id, Map<String, Object> json) throws ApiException {
        try {
            return DeviceDocuments.read(id, json);
        } catch (ApiException e) {
            throw new ApiException(500, e.getMessage());
        }
    }

    private static ApiException invalid(RefusedException e, Device device, int status) throws RefusedException {
        if (e.reason() != Reason.INVALID) {
            throw e;
        }
        return device.ip() != null && device.ip().indexOf(':') >= 0
                ? new ApiException(status, "Non-normalized IP address " + device.ip())
                : new ApiException(status, e.getMessage());
    }

    private ApiReply delete(Call call) throws ApiException, RefusedException {
        Device device = visible(call, call.variable("id"));
        try {
            devices.delete(call.caller().actor(), device.id());
        } catch (RefusedException e) {
            throw gone(e, ApiException.noSuchResource());
        }
        return Reply.done();
    }

    private static ApiException gone(RefusedException e, ApiException otherwise) throws RefusedException {
        if (e.reason() == Reason.NOT_FOUND) {
            return otherwise;
        }
        throw e;
    }

    private ApiReply synchronize(Call call) throws ApiException {
        Device device = visible(call, call.id());
        String actor = call.caller().actor();
        Operation operation = services.synchronizer().get().synchronize(actor, device);
        services.operations().track("device.resync", device.id(), call.caller().tenant(), actor, operation);
        return Reply.begun(operations.add(SYNCHRONIZE, operation));
    }

    private ApiReply reconfigure(Call call) throws ApiException, RefusedException {
        ApiException unknown = ApiException.badRequest("invalid device ID " + call.id());
        Device device = find(call.id()).orElse(null);
        if (device == null) {
            throw unknown;
        }
        if (!Tenancy.reaches(call.caller(), device)) {
            throw ApiException.badRequest("Tenant invalid for device");
        }
        try {
            devices.reconfigure(call.caller().actor(), device.id());
        } catch (RefusedException e) {
            throw gone(e, unknown);
        }
        return Reply.done();
    }
}
