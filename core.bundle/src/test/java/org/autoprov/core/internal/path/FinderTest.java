// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.internal.device.DeviceDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FinderTest {

    private static final String IP = "192.0.2.1";
    private static final MacAddress MAC = new MacAddress(1);
    private static final MacAddress OTHER = new MacAddress(2);

    private final DeviceDirectory devices = new DeviceDirectory();

    @BeforeEach
    void fill() {
        devices.put(Device.create("mac").mac(MAC).ip("192.0.2.11").build());
        devices.put(Device.create("sn").sn("s").ip("192.0.2.12").build());
        devices.put(Device.create("uuid").uuid("u").ip("192.0.2.13").build());
        devices.put(Device.create("ip").vendor("Acme").model("A20").ip(IP).build());
    }

    private String find(DeviceInfo info) {
        return find(info, true);
    }

    private String find(DeviceInfo info, boolean byUuid) {
        DeviceDirectory.Entry entry = new Finder(devices, byUuid).find(info, new Trace(true));
        return entry == null ? null : entry.device().id();
    }

    private static DeviceInfo at(String ip) {
        return DeviceInfo.NOTHING.withIp(ip);
    }

    @Test
    void looksByMacThenSerialThenUuidThenAddress() {
        DeviceInfo all = at(IP).withMac(MAC).withSn("s").withUuid("u");
        assertThat(find(all)).isEqualTo("mac");
        assertThat(find(all.withMac(OTHER))).isEqualTo("sn");
        assertThat(find(all.withMac(null))).isEqualTo("sn");
        assertThat(find(all.withMac(null).withSn("t"))).isEqualTo("uuid");
        assertThat(find(at(IP))).isEqualTo("ip");
        assertThat(find(at(IP).withMac(OTHER).withSn("t").withUuid("v"))).isEqualTo("ip");
    }

    @Test
    void aSerialNumberOrUuidDoesNotFindADeviceOfAnotherMac() {
        devices.put(Device.create("both").mac(MAC).sn("t").uuid("v").build());
        assertThat(find(at("203.0.113.1").withMac(OTHER).withSn("t").withUuid("v")))
                .isNull();
        assertThat(find(at("203.0.113.1").withSn("t"))).isEqualTo("both");
        assertThat(find(at("203.0.113.1").withUuid("v"))).isEqualTo("both");
    }

    @Test
    void theSecureVariantDoesWithoutUuid() {
        assertThat(find(at("203.0.113.1").withUuid("u"), false)).isNull();
        assertThat(find(at(IP).withUuid("u"), false)).isEqualTo("ip");
        assertThat(find(at("203.0.113.1").withSn("s"), false)).isEqualTo("sn");
    }

    @Test
    void anAddressFindsNobodyWhoContradicts() {
        assertThat(find(at(IP).withVendor("Acme").withModel("A20"))).isEqualTo("ip");
        assertThat(find(at(IP).withVendor("Brio"))).isNull();
        assertThat(find(at(IP).withModel("A30"))).isNull();
        assertThat(find(at("192.0.2.11").withMac(OTHER))).isNull();
        assertThat(find(at("192.0.2.11").withVersion("9"))).isEqualTo("mac");
        assertThat(find(at("192.0.2.12").withSn("t"))).isNull();
        assertThat(find(at("192.0.2.13").withUuid("v"))).isNull();
    }

    @Test
    void anAddressOfSeveralFindsOnlyTheOneThatIsNotContradicted() {
        devices.put(Device.create("ip2").vendor("Brio").ip(IP).build());
        assertThat(find(at(IP))).isNull();
        assertThat(find(at(IP).withVendor("Brio"))).isEqualTo("ip2");
        assertThat(find(at(IP).withVendor("Acme"))).isEqualTo("ip");
        assertThat(find(at(IP).withVendor("Other"))).isNull();
    }

    @Test
    void anAddressOfVeryManyFindsNobody() {
        for (int i = 0; i < 100; i++) {
            devices.put(Device.create("nat" + i).vendor("V" + i).ip(IP).build());
        }
        assertThat(find(at(IP).withVendor("V7"))).isNull();
    }

    @Test
    void findsNobodyByAnAddressThatADeviceHasLeft() {
        devices.put(devices.get("ip").edit().ip("192.0.2.99").build());
        assertThat(find(at(IP))).isNull();
        assertThat(find(at("192.0.2.99"))).isEqualTo("ip");
    }
}
