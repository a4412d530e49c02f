// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.ApiRequest;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.internal.server.Operations;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.Synchronizer;

/** The API over a fake core, without a socket. */
class FakeApi {

    /** Time stands still unless it is moved. */
    static final class FakeClock extends Clock {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    final FakeIdentity identity = new FakeIdentity();
    final FakeDevices devices = new FakeDevices();
    final FakeConfigs configs = new FakeConfigs();
    final FakeServer core = new FakeServer();
    final FakeClock clock = new FakeClock();
    /** Ids of devices that were asked to fetch their files again. */
    final List<String> synchronizedIds = new CopyOnWriteArrayList<>();

    final RestApi api;
    private final org.autoprov.core.service.PackageService packages = core.new Packages();

    FakeApi() {
        api = new RestApi(new Services(
                () -> identity,
                devices,
                configs,
                core.new Tenants(),
                core.new Plugins(),
                core.new Provisioning(),
                core.new Parameters(),
                core.new Repository(),
                () -> packages,
                () -> (actor, device) -> {
                    synchronizedIds.add(device.id());
                    return Synchronizer.NONE.synchronize(actor, device);
                },
                new Operations(),
                Runnable::run,
                clock));
    }

    /** From now on core refuses each change; null: no longer. */
    void refuse(RefusedException refusal) {
        devices.refusal = refusal;
        configs.refusal = refusal;
        core.refusal = refusal;
    }

    /** All that a call could change. */
    record State(
            Map<String, Device> devices,
            Map<String, Config> configs,
            Map<String, Tenant> tenants,
            Map<String, String> values,
            List<String> plugins,
            List<String> packages,
            List<String> synchronizedIds,
            int observed,
            int begun,
            int changes) {}

    State state() {
        return new State(
                new TreeMap<>(devices.devices),
                new TreeMap<>(configs.configs),
                new TreeMap<>(core.tenants),
                new TreeMap<>(core.values),
                core.installed.stream().map(status -> status.description().id()).toList(),
                List.copyOf(core.packages),
                List.copyOf(synchronizedIds),
                core.observed.size(),
                core.begun.get(),
                devices.changes.get());
    }

    /** @param headers in any case */
    ApiReply answer(String method, String path, Map<String, String> headers, byte[] body) {
        Map<String, String> byName = new HashMap<>();
        headers.forEach((name, value) -> byName.put(name.toLowerCase(Locale.ROOT), value));
        int question = path.indexOf('?');
        return api.answer(new ApiRequest(
                method,
                question < 0 ? path : path.substring(0, question),
                ApiRequest.parameters(question < 0 ? null : path.substring(question + 1)),
                name -> byName.get(name.toLowerCase(Locale.ROOT)),
                () -> body));
    }

    static String text(ApiReply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }
}
