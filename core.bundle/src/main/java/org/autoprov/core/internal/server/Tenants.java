// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.device.Webhook;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.service.TenantService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tenants as administration sees and changes them. */
@Component
public final class Tenants implements TenantService {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~$-]{8,256}");
    private static final Pattern WEBHOOK_SECRET = Pattern.compile("[!-~]{24,200}");
    private static final int MAX_NAME = 200;

    private final Lifecycle lifecycle;
    private final Ledger ledger;

    @Activate
    public Tenants(@Reference Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
        this.ledger = lifecycle.ledger();
    }

    @Override
    public Collection<Tenant> all() {
        return ledger.tenants().all();
    }

    @Override
    public Optional<Tenant> get(String id) {
        return Optional.ofNullable(ledger.tenants().get(id));
    }

    @Override
    public Optional<Tenant> find(String idOrName) {
        Tenant byId = ledger.tenants().get(idOrName);
        if (byId != null) {
            return Optional.of(byId);
        }
        List<Tenant> named = ledger.tenants().all().stream()
                .filter(tenant -> tenant.name().equals(idOrName))
                .toList();
        return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
    }

    @Override
    public Tenant master() {
        return ledger.tenants().master();
    }

    @Override
    public Optional<Tenant> findByKey(String provisioningKey) {
        return Optional.ofNullable(provisioningKey).map(ledger.tenants()::byKey);
    }

    @Override
    public Tenant create(String actor, String id, String name, String parent) throws RefusedException {
        return create(actor, new Tenant(id == null ? Secrets.uuid() : id, 0, name == null ? "" : name, parent, null));
    }

    @Override
    public Tenant create(String actor, Tenant tenant) throws RefusedException {
        String ownId = tenant.id().toLowerCase(Locale.ROOT);
        if (!UUID.matcher(ownId).matches()) {
            throw new RefusedException(Reason.INVALID, "a tenant's id must be a UUID");
        }
        checkName(tenant.name());
        checkWebhook(tenant.webhook());
        if (ledger.tenants().get(ownId) != null) {
            throw taken(ownId, null);
        }
        checkKey(ownId, tenant.provisioningKey());
        String above = tenant.parent() == null ? master().id() : tenant.parent();
        if (ledger.tenants().get(above) == null) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no tenant " + above);
        }
        Tenant made = new Tenant(ownId, 0, tenant.name(), above, tenant.provisioningKey(), tenant.webhook());
        Batch batch = ledger.batch(actor);
        Tenant stored = batch.put(made, "create", tenant.name());
        try {
            ledger.commit(batch);
        } catch (RefusedException e) {
            throw e.reason() == Reason.STALE ? taken(ownId, e) : e;
        }
        return stored;
    }

    private static RefusedException taken(String id, Throwable cause) {
        return new RefusedException(Reason.CONFLICT, "a tenant with the id " + id + " exists", cause);
    }

    private static void checkName(String name) throws RefusedException {
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new RefusedException(Reason.INVALID, "a tenant's name must have 1 to " + MAX_NAME + " characters");
        }
    }

    @Override
    public Tenant update(String actor, Tenant tenant) throws RefusedException {
        checkName(tenant.name());
        checkWebhook(tenant.webhook());
        Tenant before = existing(tenant.id());
        if (tenant.revision() != 0 && tenant.revision() != before.revision()) {
            throw new RefusedException(Reason.STALE, "the tenant was changed meanwhile");
        }
        checkKey(tenant.id(), tenant.provisioningKey());
        Tenant next = before.withName(tenant.name())
                .withProvisioningKey(tenant.provisioningKey())
                .withWebhook(tenant.webhook());
        if (next.equals(before)) {
            return before;
        }
        Batch batch = ledger.batch(actor);
        Tenant stored = batch.put(next, "update", difference(before, next));
        ledger.commit(batch);
        if (!Objects.equals(before.provisioningKey(), next.provisioningKey())) {
            reconfigureDevices(actor, tenant.id());
        }
        return stored;
    }

    /** What differs, for the audit log; no secrets. */
    private static String difference(Tenant before, Tenant next) {
        List<String> parts = new ArrayList<>();
        if (!before.name().equals(next.name())) {
            parts.add(next.name());
        }
        if (!Objects.equals(before.provisioningKey(), next.provisioningKey())) {
            parts.add("provisioning_key");
        }
        if (!Objects.equals(before.webhook(), next.webhook())) {
            parts.add("webhook");
        }
        return String.join(", ", parts);
    }

    private Tenant existing(String id) throws RefusedException {
        Tenant tenant = ledger.tenants().get(id);
        if (tenant == null) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no tenant " + id);
        }
        return tenant;
    }

    private static void checkWebhook(Webhook webhook) throws RefusedException {
        if (webhook == null) {
            return;
        }
        URI uri;
        try {
            uri = new URI(webhook.url());
        } catch (URISyntaxException e) {
            throw new RefusedException(Reason.INVALID, "the webhook's url is not a URL");
        }
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        boolean plain = uri.getUserInfo() == null
                && uri.getFragment() == null
                && webhook.url().length() <= 2_000;
        if (!web || uri.getHost() == null || !plain) {
            throw new RefusedException(
                    Reason.INVALID, "the webhook's url must be http or https with a host, without user or fragment");
        }
        if (!WEBHOOK_SECRET.matcher(webhook.secret()).matches()) {
            throw new RefusedException(
                    Reason.INVALID, "the webhook's secret must have 24 to 200 printable ASCII characters");
        }
        if (webhook.events().size() > 50 || webhook.events().stream().anyMatch(name -> name.length() > 50)) {
            throw new RefusedException(Reason.INVALID, "the webhook names too many or too long kinds of events");
        }
    }

    @Override
    public Tenant setProvisioningKey(String actor, String id, String key) throws RefusedException {
        return update(actor, existing(id).withProvisioningKey(key));
    }

    /** @param key null for none */
    private void checkKey(String id, String key) throws RefusedException {
        if (key == null) {
            return;
        }
        if (!KEY.matcher(key).matches()) {
            throw new RefusedException(
                    Reason.INVALID, "a provisioning key must have 8 to 256 letters, digits, or characters of - _ . ~");
        }
        if (key.chars().allMatch(c -> c == '.')) {
            throw new RefusedException(Reason.INVALID, "a provisioning key must not be dots alone");
        }
        Tenant holder = ledger.tenants().byKey(key);
        if (holder != null && !holder.id().equals(id)) {
            throw new RefusedException(Reason.CONFLICT, "another tenant has this provisioning key");
        }
    }

    private void reconfigureDevices(String actor, String tenant) {
        lifecycle.reconfigure(
                actor,
                ledger.devices().all().stream()
                        .map(entry -> entry.device())
                        .filter(device -> tenant.equals(device.tenant()))
                        .map(device -> device.id())
                        .toList());
    }
}
