// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceState;
import org.junit.jupiter.api.Test;

class UsageTest {

    private static Device device(String id, String plugin, String vendor, String model, String version, boolean ready) {
        return Device.create(id)
                .plugin(plugin)
                .vendor(vendor)
                .model(model)
                .version(version)
                .configured(ready)
                .build();
    }

    @Test
    void groupsDevicesAndPutsThoseWithoutLast() {
        List<Usage> all = Usage.of(List.of(
                device("5", null, null, null, null, false),
                device("4", "", null, null, null, false),
                device("3", "b-1", "Brio", "X", "2", true),
                device("2", "a-1", "Acme", "X", "2", true),
                device("1", "a-1", "Acme", "X", "2", false),
                device("0", "a-1", "Acme", "X", "1", true)));
        assertThat(all).extracting(Usage::name).containsExactly("a-1", "b-1", null);
        assertThat(all.get(2).devices()).containsExactly("4", "5");
        Usage acme = all.get(0);
        assertThat(acme.devices()).containsExactly("0", "1", "2");
        assertThat(acme.states())
                .isEqualTo(Map.of(DeviceState.CONFIGURED, 2, DeviceState.AUTOPROV, 0, DeviceState.UNCONFIGURED, 1));
        assertThat(acme.parts()).singleElement().satisfies(model -> {
            assertThat(model.vendor()).isEqualTo("Acme");
            assertThat(model.parts()).extracting(Usage::name).containsExactly("1", "2");
            assertThat(model.parts().get(1).devices()).containsExactly("1", "2");
            assertThat(model.parts().get(1).parts()).isEmpty();
        });
    }

    @Test
    void sameModelNamesOfTwoVendorsStayApart() {
        List<Usage> all = Usage.of(
                List.of(device("1", "a-1", "Acme", "X", null, true), device("2", "a-1", "Brio", "X", null, true)));
        assertThat(all.get(0).parts()).extracting(Usage::vendor).containsExactly("Acme", "Brio");
        assertThat(Usage.of(List.of())).isEmpty();
    }
}
