// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.config.SipLine;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.plugin.ConfigGenerator;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.PhoneFile.Access;
import org.autoprov.core.plugin.PluginDescription;
import org.autoprov.core.plugin.SupportLevel;
import org.autoprov.core.request.PhoneRequest;

/**
 * An invented vendor's firmware line. Its phones say {@code <Vendor> <model> <version> <mac>} as User-Agent, and ask for
 * {@code <mac>.cfg} (secret, tells all parameters), {@code common.cfg} (open) and {@code <mac>.log} (uploaded).
 */
public final class FakeGenerator implements ConfigGenerator {

    private static final Pattern USER_AGENT =
            Pattern.compile("(?<vendor>[A-Z][a-z]+) (?<model>\\S+) (?<version>\\S+)(?: (?<mac>[0-9a-f]{12}))?");
    private static final Pattern FILE = Pattern.compile("([0-9a-f]{12})\\.(cfg|log)");

    public final String id;
    public final String vendor;
    public final AtomicInteger renders = new AtomicInteger();
    public volatile Function<DeviceInfo, SupportLevel> support;
    public volatile Runnable onGenerate = () -> {};
    public volatile Function<Device, List<PhoneFile>> files = this::usualFiles;

    public FakeGenerator(String id, String vendor) {
        this.id = id;
        this.vendor = vendor;
        this.support = info -> info.vendor() == null
                ? SupportLevel.UNKNOWN
                : info.vendor().equals(vendor) ? SupportLevel.COMPLETE : SupportLevel.IMPROBABLE;
    }

    /** Reads requests of this vendor's phones. */
    public static DeviceInfo identify(String vendor, PhoneRequest request) {
        String said = request.dhcpOptions().getOrDefault(60, request.userAgent());
        Matcher agent = USER_AGENT.matcher(said);
        DeviceInfo info = DeviceInfo.NOTHING;
        if (agent.matches() && agent.group("vendor").equals(vendor)) {
            info = new DeviceInfo(
                    null,
                    MacAddress.parse(agent.group("mac")).orElse(null),
                    request.header("X-Serial"),
                    request.header("X-Uuid"),
                    vendor,
                    agent.group("model"),
                    agent.group("version"));
        }
        Matcher file = FILE.matcher(request.fileName());
        if (info.mac() == null && file.matches()) {
            info = info.withMac(MacAddress.parse(file.group(1)).orElseThrow());
        }
        return info;
    }

    @Override
    public PluginDescription description() {
        return new PluginDescription(
                id, vendor.toLowerCase(java.util.Locale.ROOT), "1.0", vendor, id, Map.of(), Map.of(), "documented");
    }

    @Override
    public SupportLevel support(DeviceInfo info) {
        return support.apply(info);
    }

    @Override
    public List<PhoneFile> files(Device device) {
        return files.apply(device);
    }

    /** What it makes unless a test says otherwise. */
    public List<PhoneFile> usualFiles(Device device) {
        List<PhoneFile> all = new ArrayList<>();
        if (device.mac() != null) {
            String hex = device.mac().hex();
            all.add(new PhoneFile(hex + ".cfg", "text/plain", Access.SECRET, true, true, false, "phone"));
            all.add(new PhoneFile(hex + ".log", "text/plain", Access.SECRET, true, false, true, null));
        }
        all.add(new PhoneFile("common.cfg", "text/plain", Access.OPEN, false, false, false, "common"));
        return all;
    }

    @Override
    public Optional<PhoneFile> file(Device device, String path) {
        return ConfigGenerator.super.file(device, path);
    }

    @Override
    public byte[] generate(PhoneFile file, Device device, PhoneConfig config) throws InvalidConfigException {
        renders.incrementAndGet();
        onGenerate.run();
        if ("refuse".equals(config.text("X_fake"))) {
            throw new InvalidConfigException("X_fake must not be refuse");
        }
        StringBuilder text = new StringBuilder(id + '\n');
        if (file.access() == Access.SECRET) {
            text.append("base=").append(config.baseUrl()).append('\n');
            text.append("device=")
                    .append(device.model())
                    .append(' ')
                    .append(device.version())
                    .append('\n');
            text.append("options=").append(device.options()).append('\n');
            for (SipLine line : config.lines()) {
                text.append("line.")
                        .append(line.number())
                        .append('=')
                        .append(line.username())
                        .append(':');
                text.append(line.password())
                        .append('@')
                        .append(line.registrarIp())
                        .append(':');
                text.append(line.registrarPort()).append('\n');
            }
            new TreeMap<>(config.raw()).forEach((name, value) -> text.append(name + "=" + value + "\n"));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
