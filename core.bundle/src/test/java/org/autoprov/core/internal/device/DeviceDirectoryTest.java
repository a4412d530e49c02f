// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;

class DeviceDirectoryTest {

    /** A step: puts the device, or removes the one with its id when it has no plugin. */
    @Property(tries = 300)
    void findsExactlyWhatAModelFinds(@ForAll("steps") List<Device> steps) {
        DeviceDirectory directory = new DeviceDirectory();
        Map<String, Device> model = new HashMap<>();
        for (Device step : steps) {
            if (step.plugin() == null) {
                directory.remove(step.id());
                model.remove(step.id());
            } else {
                directory.put(step);
                model.put(step.id(), step);
            }
        }
        assertThat(directory.size()).isEqualTo(model.size());
        model.values().forEach(device -> assertThat(directory.get(device.id())).isSameAs(device));
        for (String key : List.of("a", "b", "c")) {
            assertThat(directory.idsByIp(key)).isEqualTo(ids(model, Device::ip, key));
            assertThat(directory.idsByPlugin(key)).isEqualTo(ids(model, Device::plugin, key));
            assertThat(directory.idsByConfig(key)).isEqualTo(ids(model, Device::config, key));
            assertOneOf(directory.bySn(key), ids(model, Device::sn, key));
            assertOneOf(directory.byUuid(key), ids(model, Device::uuid, key));
        }
        for (long bits = 1; bits <= 3; bits++) {
            MacAddress mac = new MacAddress(bits);
            assertOneOf(directory.byMac(mac), ids(model, Device::mac, mac));
        }
    }

    private static <K> Set<String> ids(Map<String, Device> model, Function<Device, K> part, K value) {
        return model.values().stream()
                .filter(device -> Objects.equals(part.apply(device), value))
                .map(Device::id)
                .collect(Collectors.toSet());
    }

    private static void assertOneOf(DeviceDirectory.Entry entry, Set<String> ids) {
        if (ids.isEmpty()) {
            assertThat(entry).isNull();
        } else {
            assertThat(ids).contains(entry.device().id());
        }
    }

    @Provide
    Arbitrary<List<Device>> steps() {
        Arbitrary<String> key = Arbitraries.of("a", "b", "c").injectNull(0.3);
        Arbitrary<MacAddress> mac =
                Arbitraries.longs().between(1, 3).map(MacAddress::new).injectNull(0.3);
        return Combinators.combine(Arbitraries.of("1", "2", "3", "4"), key, key, key, key, key, mac)
                .as((id, ip, sn, uuid, plugin, config, m) -> Device.create(id)
                        .ip(ip)
                        .sn(sn)
                        .uuid(uuid)
                        .plugin(plugin)
                        .config(config)
                        .mac(m)
                        .build())
                .list()
                .ofMaxSize(40);
    }

    @Example
    void prefersOfTwoWithOneMacTheOneMostRecentlySeen() {
        DeviceDirectory directory = new DeviceDirectory();
        MacAddress mac = new MacAddress(7);
        directory.put(Device.create("1").mac(mac).build());
        directory.put(Device.create("2").mac(mac).build());
        directory.entry("2").seen(1000, null);
        assertThat(directory.byMac(mac).device().id()).isEqualTo("2");
        directory.entry("1").seen(2000, null);
        assertThat(directory.byMac(mac).device().id()).isEqualTo("1");
    }

    @Example
    void keepsWhatIsKnownOnlyWhileRunningWhenTheDeviceChanges() {
        DeviceDirectory directory = new DeviceDirectory();
        directory.put(Device.create("1").build());
        directory.entry("1").seen(1000, null);
        directory.entry("1").problem("none");
        directory.put(Device.create("1").ip("192.0.2.1").build());
        assertThat(directory.entry("1").lastSeenMillis()).isEqualTo(1000);
        assertThat(directory.entry("1").problem()).isEqualTo("none");
    }

    @Example
    void knowsNothingOfNull() {
        DeviceDirectory directory = new DeviceDirectory();
        directory.put(Device.create("1").build());
        assertThat(directory.get(null)).isNull();
        assertThat(directory.idsByIp(null)).isEmpty();
        assertThat(directory.bySn(null)).isNull();
        assertThat(directory.byMac(null)).isNull();
    }
}
