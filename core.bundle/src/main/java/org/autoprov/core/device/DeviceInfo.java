// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.device;

/**
 * What one request reveals of its sender. Any part may be missing (null); nothing here is proven, and nothing of it is
 * stored as such. Immutable.
 *
 * @param ip the address the request came from, canonical text (RFC 5952 for IPv6)
 * @param mac the MAC address
 * @param sn the serial number
 * @param uuid the device's UUID, 8-4-4-4-12 lower-case hexadecimal digits (soft phones)
 * @param vendor the maker, as its plugins spell it ({@code Yealink})
 * @param model the model, as its plugins spell it ({@code T54W})
 * @param version the firmware version, as the phone writes it
 */
public record DeviceInfo(
        String ip, MacAddress mac, String sn, String uuid, String vendor, String model, String version) {

    /** Nothing is known. */
    public static final DeviceInfo NOTHING = new DeviceInfo(null, null, null, null, null, null, null);

    public boolean isEmpty() {
        return equals(NOTHING);
    }

    public DeviceInfo withIp(String value) {
        return new DeviceInfo(value, mac, sn, uuid, vendor, model, version);
    }

    public DeviceInfo withMac(MacAddress value) {
        return new DeviceInfo(ip, value, sn, uuid, vendor, model, version);
    }

    public DeviceInfo withSn(String value) {
        return new DeviceInfo(ip, mac, value, uuid, vendor, model, version);
    }

    public DeviceInfo withUuid(String value) {
        return new DeviceInfo(ip, mac, sn, value, vendor, model, version);
    }

    public DeviceInfo withVendor(String value) {
        return new DeviceInfo(ip, mac, sn, uuid, value, model, version);
    }

    public DeviceInfo withModel(String value) {
        return new DeviceInfo(ip, mac, sn, uuid, vendor, value, version);
    }

    public DeviceInfo withVersion(String value) {
        return new DeviceInfo(ip, mac, sn, uuid, vendor, model, value);
    }

    /** These parts, and those of the other where this one has none. */
    public DeviceInfo or(DeviceInfo other) {
        return new DeviceInfo(
                ip != null ? ip : other.ip,
                mac != null ? mac : other.mac,
                sn != null ? sn : other.sn,
                uuid != null ? uuid : other.uuid,
                vendor != null ? vendor : other.vendor,
                model != null ? model : other.model,
                version != null ? version : other.version);
    }

    /** The known parts only, as {@code vendor=Yealink model=T54W …}; for log lines. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text, "mac", mac);
        append(text, "ip", ip);
        append(text, "sn", sn);
        append(text, "uuid", uuid);
        append(text, "vendor", vendor);
        append(text, "model", model);
        append(text, "version", version);
        return text.length() == 0 ? "nothing" : text.toString();
    }

    private static void append(StringBuilder text, String name, Object value) {
        if (value != null) {
            text.append(text.length() == 0 ? "" : " ").append(name).append('=').append(value);
        }
    }
}
