// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.device;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;

/**
 * All devices, in memory, found by id, MAC, serial number, UUID, address, plugin and config.
 *
 * <p>Changed only in the order of commits (by the store's writer, or while starting); read by any thread without a lock. A
 * reader may for a moment find a device by a key that it just lost; whoever cares looks at the device itself.
 */
public final class DeviceDirectory {

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final Index<MacAddress> byMac = new Index<>();
    private final Index<String> bySn = new Index<>();
    private final Index<String> byUuid = new Index<>();
    private final Index<String> byIp = new Index<>();
    private final Index<String> byPlugin = new Index<>();
    private final Index<String> byConfig = new Index<>();

    /** A device with what is known of it only while the server runs. */
    public static final class Entry {
        private volatile Device device;
        private volatile long lastSeenMillis;
        private volatile Reach lastServer;
        private volatile String problem;
        private volatile Object fetched;

        private Entry(Device device) {
            this.device = device;
        }

        public Device device() {
            return device;
        }

        /** Milliseconds since 1970; 0 when no request of it came since the start. */
        public long lastSeenMillis() {
            return lastSeenMillis;
        }

        /** The address of ours that it last reached; null when it reached none since the start. */
        public Reach lastServer() {
            return lastServer;
        }

        /** Why it is not configured, one sentence; null when it is, or when nobody has tried. */
        public String problem() {
            return problem;
        }

        public void seen(long millis, Reach server) {
            lastSeenMillis = millis;
            if (server != null && !server.equals(lastServer)) {
                lastServer = server;
            }
        }

        /** Whether this state of its config is noted as fetched. */
        public boolean isFetched(Object configState) {
            return configState.equals(fetched);
        }

        /** Whether this state of its config is noted as fetched; notes it. */
        public boolean fetchedBefore(Object configState) {
            if (configState.equals(fetched)) {
                return true;
            }
            fetched = configState;
            return false;
        }

        /** Takes the note back: it could not be stored. */
        public void forgetFetched() {
            fetched = null;
        }

        public void problem(String sentence) {
            problem = sentence;
        }
    }

    /** Puts a device in the place of what had its id. */
    public void put(Device device) {
        Entry entry = entries.get(device.id());
        if (entry == null) {
            entries.put(device.id(), new Entry(device));
            index(null, device);
        } else {
            Device before = entry.device;
            entry.device = device;
            index(before, device);
        }
    }

    public void remove(String id) {
        Entry entry = entries.remove(id);
        if (entry != null) {
            index(entry.device, null);
        }
    }

    private void index(Device before, Device after) {
        String id = (before == null ? after : before).id();
        byMac.move(key(before, Device::mac), key(after, Device::mac), id);
        bySn.move(key(before, Device::sn), key(after, Device::sn), id);
        byUuid.move(key(before, Device::uuid), key(after, Device::uuid), id);
        byIp.move(key(before, Device::ip), key(after, Device::ip), id);
        byPlugin.move(key(before, Device::plugin), key(after, Device::plugin), id);
        byConfig.move(key(before, Device::config), key(after, Device::config), id);
    }

    private static <K> K key(Device device, Function<Device, K> part) {
        return device == null ? null : part.apply(device);
    }

    /** The entry with this id; null when there is none. */
    public Entry entry(String id) {
        return id == null ? null : entries.get(id);
    }

    /** The device with this id; null when there is none. */
    public Device get(String id) {
        Entry entry = entry(id);
        return entry == null ? null : entry.device;
    }

    public Collection<Entry> all() {
        return entries.values();
    }

    public int size() {
        return entries.size();
    }

    /** The device with this MAC; of several, the one most recently seen; null when there is none. */
    public Entry byMac(MacAddress mac) {
        return mostRecent(byMac.ids(mac), Device::mac, mac);
    }

    /** As {@link #byMac}, by serial number. */
    public Entry bySn(String sn) {
        return mostRecent(bySn.ids(sn), Device::sn, sn);
    }

    /** As {@link #byMac}, by UUID. */
    public Entry byUuid(String uuid) {
        return mostRecent(byUuid.ids(uuid), Device::uuid, uuid);
    }

    /** Ids of the devices whose last address this is. */
    public Set<String> idsByIp(String ip) {
        return byIp.ids(ip);
    }

    public Set<String> idsByPlugin(String plugin) {
        return byPlugin.ids(plugin);
    }

    public Set<String> idsByConfig(String config) {
        return byConfig.ids(config);
    }

    private <K> Entry mostRecent(Set<String> ids, Function<Device, K> part, K value) {
        Entry best = null;
        for (String id : ids) {
            Entry entry = entries.get(id);
            if (entry != null
                    && value.equals(part.apply(entry.device))
                    && (best == null || entry.lastSeenMillis > best.lastSeenMillis)) {
                best = entry;
            }
        }
        return best;
    }

    /** Ids by key: nearly always one, so a set is made only for the second. */
    private static final class Index<K> {
        private final ConcurrentHashMap<K, Object> ids = new ConcurrentHashMap<>();

        @SuppressWarnings("unchecked") // a value is a text or a set of texts
        Set<String> ids(K key) {
            Object found = key == null ? null : ids.get(key);
            return found == null ? Set.of() : found instanceof String id ? Set.of(id) : (Set<String>) found;
        }

        void move(K from, K to, String id) {
            if (from == null ? to == null : from.equals(to)) {
                return;
            }
            if (from != null) {
                ids.computeIfPresent(from, (key, found) -> without(found, id));
            }
            if (to != null) {
                ids.compute(to, (key, found) -> with(found, id));
            }
        }

        @SuppressWarnings("unchecked") // as above
        private static Object with(Object found, String id) {
            if (found == null) {
                return id;
            }
            Set<String> set;
            if (found instanceof String single) {
                set = ConcurrentHashMap.newKeySet();
                set.add(single);
            } else {
                set = (Set<String>) found;
            }
            set.add(id);
            return set;
        }

        @SuppressWarnings("unchecked") // as above
        private static Object without(Object found, String id) {
            if (found instanceof String) {
                return found.equals(id) ? null : found;
            }
            Set<String> set = (Set<String>) found;
            set.remove(id);
            return set.isEmpty() ? null : set;
        }
    }
}
