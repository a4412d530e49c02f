// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.device.Webhook;
import org.autoprov.core.service.Masking;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.TenantService;

/** Tenants: the caller's and those below it. A provisioning key and a webhook's secret are secrets. */
final class TenantResources {

    private static final String COLLECTION = "/1/tenants";
    private static final String ONE = COLLECTION + "/{tenant}";
    private static final String ACCESS = "provd.v1.tenants";
    private static final int TRIES = 5;

    private final Services services;
    private final TenantService tenants;

    TenantResources(Services services) {
        this.services = services;
        this.tenants = services.tenants();
    }

    List<Route> routes() {
        return List.of(
                Route.get(COLLECTION, ACCESS + ".read", this::list),
                Route.post(COLLECTION, ACCESS + ".create", this::create),
                Route.get(ONE, ACCESS + ".{tenant}.read", this::get),
                Route.patch(ONE, ACCESS + ".{tenant}.update", this::update),
                Route.delete(ONE, ACCESS + ".{tenant}.delete", this::delete));
    }

    private ApiReply list(Exchange exchange) throws Problem {
        boolean secrets = exchange.secrets();
        List<Tenant> seen = tenants.all().stream()
                .filter(tenant -> exchange.reaches(tenant.id()))
                .sorted(Comparator.comparing(Tenant::id))
                .toList();
        return Answers.page(exchange, seen, Tenant::id, tenant -> write(exchange, tenant, secrets, false));
    }

    private Tenant tenant(Exchange exchange) throws Problem {
        return tenants.get(exchange.variable("tenant"))
                .filter(tenant -> exchange.reaches(tenant.id()))
                .orElseThrow(() -> Problem.notFound("tenant"));
    }

    private ApiReply get(Exchange exchange) throws Problem {
        Tenant tenant = tenant(exchange);
        return Answers.document(write(exchange, tenant, exchange.secrets(), false), tenant.revision());
    }

    /** @param newSecret the webhook's secret was made by this call: this answer alone tells it */
    private static Map<String, Object> write(Exchange exchange, Tenant tenant, boolean secrets, boolean newSecret) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", tenant.id());
        view.put("revision", tenant.revision());
        view.put("name", tenant.name());
        view.put("parent", exchange.reaches(tenant.parent()) ? tenant.parent() : null);
        String key = tenant.provisioningKey();
        view.put("provisioning_key", key == null || secrets ? key : Masking.MASK);
        Webhook webhook = tenant.webhook();
        view.put("webhook", webhook == null ? null : WebhookFields.write(webhook, secrets, secrets || newSecret));
        return view;
    }

    /**
     * Body: {@code id}, a UUID, made when left out; {@code name}; {@code parent}, by default the caller's tenant; {@code
     * provisioning_key}; {@code webhook}, as {@link WebhookFields} has it.
     */
    private ApiReply create(Exchange exchange) throws Problem, RefusedException {
        Fields fields = new Fields(exchange.body());
        String id = fields.text("id");
        String name = fields.needed("name");
        String parent = fields.text("parent");
        String key = fields.text("provisioning_key");
        WebhookFields webhook = new WebhookFields(fields, null);
        if (parent != null && !exchange.reaches(parent)) {
            fields.fault("parent", "there is no such tenant");
        }
        fields.end();
        Tenant stored = tenants.create(
                exchange.actor(),
                new Tenant(
                        id == null ? UUID.randomUUID().toString() : id,
                        0,
                        name,
                        parent == null ? exchange.caller().tenant() : parent,
                        key,
                        webhook.value()));
        return Answers.created(
                COLLECTION + '/' + Answers.encode(stored.id()),
                write(exchange, stored, false, webhook.isSecretNew()),
                stored.revision());
    }

    /** A merge patch of {@code name}, {@code provisioning_key} and {@code webhook}. */
    private ApiReply update(Exchange exchange) throws Problem, RefusedException {
        boolean secrets = exchange.secrets();
        long expected = exchange.expectedRevision();
        for (int attempt = 1; ; attempt++) {
            Tenant before = tenant(exchange);
            exchange.match(before.revision());
            Fields fields = new Fields(exchange.body());
            String name = fields.has("name") ? fields.needed("name") : before.name();
            String key = fields.has("provisioning_key") ? fields.text("provisioning_key") : before.provisioningKey();
            WebhookFields webhook = new WebhookFields(fields, before.webhook());
            fields.end();
            try {
                Tenant stored = tenants.update(
                        exchange.actor(),
                        before.withName(name).withProvisioningKey(key).withWebhook(webhook.value()));
                return Answers.document(write(exchange, stored, secrets, webhook.isSecretNew()), stored.revision());
            } catch (RefusedException e) {
                if (e.reason() != RefusedException.Reason.STALE || expected != 0 || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    /**
     * Deletes an empty tenant; with {@code force=true} also its devices, lines and tokens, while tenants below it move to
     * the one above.
     *
     * @throws Problem CONFLICT for the caller's own tenant, without force for one that is not empty, and for one with
     *     devices that hold lines of tenants out of the caller's reach
     */
    private ApiReply delete(Exchange exchange) throws Problem, RefusedException {
        boolean force = exchange.flag("force");
        Tenant tenant = tenant(exchange);
        exchange.match(tenant.revision());
        if (tenant.id().equals(exchange.caller().tenant())) {
            throw new Problem(Problem.Type.CONFLICT, "nobody can delete the tenant on whose behalf the call is made");
        }
        requireDeletable(exchange, tenant.id(), force);
        services.mirror().delete(exchange.actor(), tenant.id());
        return Answers.done();
    }

    private void requireDeletable(Exchange exchange, String id, boolean force) throws Problem {
        List<Device> devices = services.devices().all().stream()
                .filter(device -> id.equals(device.tenant()))
                .toList();
        boolean empty = devices.isEmpty()
                && services.lines().all().stream().noneMatch(line -> id.equals(line.tenant()))
                && tenants.all().stream().noneMatch(other -> id.equals(other.parent()));
        if (!empty && !force) {
            throw new Problem(
                    Problem.Type.CONFLICT, "the tenant has devices, lines or tenants below it; force=true deletes it");
        }
        for (Device device : devices) {
            for (Line line : services.lines().ofDevice(device.id())) {
                if (!exchange.reaches(line.tenant())) {
                    throw new Problem(
                            Problem.Type.CONFLICT, "lines of other tenants are tied to the device " + device.id());
                }
            }
        }
    }
}
