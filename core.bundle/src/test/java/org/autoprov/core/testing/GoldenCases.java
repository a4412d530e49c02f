// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.plugin.PhoneFile;

/** Pairs of a config and the files it must make: {@code <case>.json} and the folder {@code <case>/}. */
final class GoldenCases {

    private static final Set<String> KEYS = Set.of("plugin", "device", "year", "raw_config", "onboarding");
    private static final Set<String> DEVICE_KEYS =
            Set.of("mac", "vendor", "model", "version", "sn", "uuid", "ip", "options");

    private final VendorTestKit kit;
    private final Path folder;

    GoldenCases(VendorTestKit kit, Path folder) {
        this.kit = kit;
        this.folder = folder;
    }

    void check(boolean write) {
        try {
            List<Path> cases = list(folder, ".json");
            if (cases.isEmpty()) {
                throw new AssertionError("no golden case in " + folder);
            }
            for (Path file : cases) {
                check(file, write);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(Path file, boolean write) throws IOException {
        String name = file.getFileName().toString().replaceFirst("\\.json$", "");
        Path expected = folder.resolve(name);
        Map<String, String> made = generate(name, VendorTestKit.json(Files.readString(file)));
        if (write) {
            write(expected, made);
        }
        for (Map.Entry<String, String> entry : made.entrySet()) {
            Path golden = expected.resolve(entry.getKey());
            if (!Files.exists(golden)) {
                throw new AssertionError(golden + " is missing; -Dgolden.write=true writes it");
            }
            TextDifference.check(golden.toString(), Files.readString(golden), entry.getValue());
            if (Markup.isXml(entry.getKey(), entry.getValue())) {
                Markup.count(golden.toString(), entry.getValue());
            }
        }
        Set<String> extra = new TreeSet<>();
        list(expected, "").forEach(path -> extra.add(path.getFileName().toString()));
        extra.removeAll(made.keySet());
        if (!extra.isEmpty()) {
            throw new AssertionError(name + ": no longer made: " + extra);
        }
    }

    private Map<String, String> generate(String name, Map<String, Object> test) {
        Device device = device(name, test);
        String plugin = String.valueOf(test.get("plugin"));
        int year = test.get("year") instanceof Number number ? number.intValue() : 2026;
        Map<String, Object> raw = Defaults.fill(object(name, test.get("raw_config")));
        PhoneConfig config = new PhoneConfig(raw, year, Boolean.TRUE.equals(test.get("onboarding")));
        Map<String, String> made = new LinkedHashMap<>();
        for (PhoneFile file : kit.generator(plugin).files(device)) {
            if (!file.writable()) {
                try {
                    made.put(file.name().replace('/', '_'), kit.generate(plugin, device, config, file.name()));
                } catch (InvalidConfigException e) {
                    throw new AssertionError(name + ": " + file.name() + ": " + e.getMessage(), e);
                }
            }
        }
        if (made.isEmpty()) {
            throw new AssertionError(name + ": " + plugin + " makes no file for " + device);
        }
        return made;
    }

    private static Device device(String name, Map<String, Object> test) {
        Map<String, Object> device = object(name, test.get("device"));
        refuseOthers(name, test.keySet(), KEYS);
        refuseOthers(name + ": device", device.keySet(), DEVICE_KEYS);
        Device.Editor editor = Device.create(name)
                .vendor((String) device.get("vendor"))
                .model((String) device.get("model"))
                .version((String) device.get("version"))
                .sn((String) device.get("sn"))
                .uuid((String) device.get("uuid"))
                .ip((String) device.get("ip"))
                .plugin((String) test.get("plugin"));
        if (device.get("mac") instanceof String mac) {
            editor.mac(MacAddress.parse(mac).orElseThrow(() -> new AssertionError(name + ": no MAC: " + mac)));
        }
        if (device.get("options") != null) {
            editor.options(object(name, device.get("options")));
        }
        return editor.build();
    }

    private static void refuseOthers(String where, Set<String> keys, Set<String> allowed) {
        Set<String> unknown = new TreeSet<>(keys);
        unknown.removeAll(allowed);
        if (!unknown.isEmpty()) {
            throw new AssertionError(where + ": unknown keys " + unknown + "; allowed are " + new TreeSet<>(allowed));
        }
    }

    private static Map<String, Object> object(String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            return Defaults.copy(map);
        }
        throw new AssertionError(name + ": \"device\" and \"raw_config\" must be objects");
    }

    private static void write(Path folder, Map<String, String> made) throws IOException {
        Files.createDirectories(folder);
        for (Path old : list(folder, "")) {
            Files.delete(old);
        }
        for (Map.Entry<String, String> entry : made.entrySet()) {
            Files.writeString(folder.resolve(entry.getKey()), entry.getValue());
        }
    }

    private static List<Path> list(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList());
        }
    }
}
