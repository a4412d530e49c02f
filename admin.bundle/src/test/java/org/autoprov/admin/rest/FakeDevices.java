// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.autoprov.core.device.Device;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.request.FileContent;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;

/** Devices in memory, with core's rules as far as the API shows them. */
final class FakeDevices implements DeviceService {

    final Map<String, Device> devices = new ConcurrentHashMap<>();
    volatile RefusedException refusal;
    final AtomicInteger changes = new AtomicInteger();
    /** Ids of devices whose files were made anew. */
    final List<String> touched = new CopyOnWriteArrayList<>();

    /** Run once, before the next update looks: what another call does meanwhile. */
    volatile Runnable meanwhile = () -> {};

    Device put(Device device) {
        Device stored = device.edit()
                .revision(device.revision() + 1)
                .isNew(FakeIdentity.MASTER.equals(device.tenant()))
                .build();
        devices.put(stored.id(), stored);
        return stored;
    }

    @Override
    public Collection<Device> all() {
        return devices.values();
    }

    @Override
    public Optional<Device> get(String id) {
        return Optional.ofNullable(devices.get(id));
    }

    @Override
    public Optional<Device> find(String idOrAddress) {
        return get(idOrAddress);
    }

    @Override
    public Device create(String actor, Device device) throws RefusedException {
        fail();
        if (devices.containsKey(device.id())) {
            throw new RefusedException(Reason.CONFLICT, "a device with the id " + device.id() + " exists");
        }
        changes.incrementAndGet();
        return put(device.edit().configured(false).build());
    }

    @Override
    public Device update(String actor, Device device) throws RefusedException {
        fail();
        Runnable first = meanwhile;
        meanwhile = () -> {};
        first.run();
        Device before = existing(device.id());
        if (device.revision() != 0 && device.revision() != before.revision()) {
            throw new RefusedException(Reason.STALE, "the device was changed meanwhile");
        }
        changes.incrementAndGet();
        return put(device.edit()
                .revision(before.revision())
                .configured(before.configured())
                .build());
    }

    @Override
    public void delete(String actor, String id) throws RefusedException {
        fail();
        existing(id);
        changes.incrementAndGet();
        devices.remove(id);
    }

    @Override
    public Device reconfigure(String actor, String id) throws RefusedException {
        fail();
        touched.add(id);
        changes.incrementAndGet();
        return existing(id);
    }

    private void fail() throws RefusedException {
        if (refusal != null) {
            throw refusal;
        }
    }

    private Device existing(String id) throws RefusedException {
        if (!devices.containsKey(id)) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no device " + id);
        }
        return devices.get(id);
    }

    @Override
    public Device reset(String actor, String id) throws RefusedException {
        return existing(id);
    }

    @Override
    public Device trust(String actor, String id, String address) throws RefusedException {
        return existing(id);
    }

    @Override
    public Optional<String> problem(String id) {
        return Optional.empty();
    }

    @Override
    public long lastSeen(String id) {
        return 0;
    }

    @Override
    public Optional<Map<String, Object>> parameters(String id) {
        return Optional.empty();
    }

    @Override
    public List<PhoneFile> files(String id) {
        return List.of();
    }

    @Override
    public FileContent preview(String id, String fileName) throws RefusedException {
        throw new RefusedException(Reason.NOT_FOUND, "there is no file " + fileName);
    }

    @Override
    public FileContent preview(String id, String fileName, Map<String, Object> changed) throws RefusedException {
        return preview(id, fileName);
    }

    @Override
    public void putAll(String actor, Collection<Device> all) {
        throw new UnsupportedOperationException("for bulk imports");
    }
}
