// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.testing;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import java.net.InetAddress;
import java.net.URL;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.internal.template.CustomTemplates;
import org.autoprov.core.internal.vendor.VendorFiles;
import org.autoprov.core.plugin.ConfigGenerator;
import org.autoprov.core.plugin.DeviceIdentifier;
import org.autoprov.core.plugin.FamilyFiles;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.SupportLevel;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;

/** Runs a vendor family without a framework: its descriptor, templates and generators as core would use them. */
public final class VendorTestKit {

    private static final InetAddress PHONE = address(192, 0, 2, 10);
    private static final Gson GSON = new GsonBuilder()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .create();

    private final FamilyFiles files;
    private final DeviceIdentifier identifier;
    private final Map<String, ConfigGenerator> generators = new LinkedHashMap<>();

    private VendorTestKit(
            FamilyFiles files,
            Function<FamilyFiles, DeviceIdentifier> identifier,
            BiFunction<FamilyFiles, FirmwareLine, ConfigGenerator> generator) {
        this.files = files;
        this.identifier = identifier.apply(files);
        for (FirmwareLine line : files.lines()) {
            ConfigGenerator made = generator.apply(files, line);
            if (!made.description().id().equals(line.pluginId())) {
                throw new AssertionError("generator of " + line.pluginId() + " says it is "
                        + made.description().id());
            }
            generators.put(line.pluginId(), made);
        }
    }

    /**
     * The family whose resources are beside a class.
     *
     * @param owner any class of the vendor bundle
     * @throws IllegalArgumentException when the descriptor is faulty
     */
    public static VendorTestKit of(Class<?> owner, BiFunction<FamilyFiles, FirmwareLine, ConfigGenerator> generator) {
        return of(owner, FamilyFiles::identifier, generator);
    }

    /** The same with an identifier of the vendor's own. */
    public static VendorTestKit of(
            Class<?> owner,
            Function<FamilyFiles, DeviceIdentifier> identifier,
            BiFunction<FamilyFiles, FirmwareLine, ConfigGenerator> generator) {
        return of(owner, null, identifier, generator);
    }

    /** @param customTemplates what {@code templates/} of the data folder is on a server; null for none */
    public static VendorTestKit of(
            Class<?> owner,
            Path customTemplates,
            Function<FamilyFiles, DeviceIdentifier> identifier,
            BiFunction<FamilyFiles, FirmwareLine, ConfigGenerator> generator) {
        return of(path -> owner.getResource("/" + path), customTemplates, identifier, generator);
    }

    static VendorTestKit of(
            Function<String, URL> resources,
            Path customTemplates,
            Function<FamilyFiles, DeviceIdentifier> identifier,
            BiFunction<FamilyFiles, FirmwareLine, ConfigGenerator> generator) {
        FamilyFiles files = VendorFiles.read(resources, new CustomTemplates(customTemplates));
        return new VendorTestKit(files, identifier, generator);
    }

    /** The descriptor and the templates. */
    public FamilyFiles files() {
        return files;
    }

    /** What the family reads from a request. */
    public DeviceInfo identify(PhoneRequest request) {
        return identifier.identify(request);
    }

    /**
     * A request by HTTP.
     *
     * @param pathWithQuery as in the request line, {@code /a%20b.cfg?mac=001122334455}
     * @param userAgent null for none
     */
    public static PhoneRequest http(String pathWithQuery, String userAgent) {
        return http(pathWithQuery, userAgent, Map.of());
    }

    /** The same with further header fields. */
    public static PhoneRequest http(String pathWithQuery, String userAgent, Map<String, String> headers) {
        int mark = pathWithQuery.indexOf('?');
        String path = mark < 0 ? pathWithQuery : pathWithQuery.substring(0, mark);
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair :
                mark < 0 ? new String[0] : pathWithQuery.substring(mark + 1).split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            query.putIfAbsent(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        PhoneRequest.Builder request = PhoneRequest.from(Protocol.HTTP, PHONE)
                .path(decode(path.replace("+", "%2B")).replaceFirst("^/+", ""))
                .query(query);
        headers.forEach(request::header);
        if (userAgent != null) {
            request.header("User-Agent", userAgent);
        }
        return request.build();
    }

    /** A request by TFTP. @param name as the phone asks for it */
    public static PhoneRequest tftp(String name) {
        return PhoneRequest.from(Protocol.TFTP, PHONE)
                .path(name.replaceFirst("^/+", ""))
                .build();
    }

    /** A DHCP message with these options. */
    public static PhoneRequest dhcp(Map<Integer, String> options) {
        return PhoneRequest.from(Protocol.DHCP, PHONE).dhcpOptions(options).build();
    }

    /** @throws NoSuchElementException when the family has no such plugin */
    public ConfigGenerator generator(String pluginId) {
        ConfigGenerator generator = generators.get(pluginId);
        if (generator == null) {
            throw new NoSuchElementException(pluginId + "; there are " + generators.keySet());
        }
        return generator;
    }

    /** The plugin that core would give this device to; null when none is at least PROBABLE. */
    public String best(DeviceInfo info) {
        String best = null;
        SupportLevel level = SupportLevel.PROBABLE;
        for (Map.Entry<String, ConfigGenerator> entry : generators.entrySet()) {
            SupportLevel own = entry.getValue().support(info);
            int better = own.compareTo(level);
            if (better > 0 || better == 0 && (best == null || entry.getKey().compareTo(best) > 0)) {
                best = entry.getKey();
                level = own;
            }
        }
        return best;
    }

    /** A config as a plugin gets it, the defaults filled in. */
    public static PhoneConfig config(Map<String, Object> rawConfig, int year) {
        return new PhoneConfig(Defaults.fill(rawConfig), year, false);
    }

    /** The same from JSON text. */
    public static PhoneConfig config(String rawConfigJson, int year) {
        return config(json(rawConfigJson), year);
    }

    static Map<String, Object> json(String text) {
        return GSON.fromJson(text, new TypeToken<Map<String, Object>>() {});
    }

    /** A file of a device as text. @throws AssertionError when the plugin does not make it for this device */
    public String generate(String pluginId, Device device, PhoneConfig config, String fileName)
            throws InvalidConfigException {
        ConfigGenerator generator = generator(pluginId);
        Optional<PhoneFile> file = generator.file(device, fileName);
        if (file.isEmpty()) {
            List<String> names =
                    generator.files(device).stream().map(PhoneFile::name).toList();
            throw new AssertionError(pluginId + " makes no " + fileName + " for " + device + ", only " + names);
        }
        return new String(generator.generate(file.get(), device, config), StandardCharsets.UTF_8);
    }

    /**
     * Compares all cases of {@code src/test/resources/golden} with what the family makes; with
     * {@code -Dgolden.write=true} writes them instead.
     *
     * @throws AssertionError for the first file that differs, with its first differing line; or when there is no case
     */
    public void checkGolden() {
        checkGolden(Path.of(System.getProperty("basedir", "")).resolve("src/test/resources/golden"));
    }

    /** @param folder the golden cases */
    public void checkGolden(Path folder) {
        new GoldenCases(this, folder).check(Boolean.getBoolean("golden.write"));
    }

    /**
     * Fills each text parameter in turn, and then all, with hostile values (line ends, tags, quotes, NUL) and checks that
     * a file has the lines, elements and attributes that it has with harmless values. A plugin may refuse a config.
     *
     * @param fileNames files of the device; none for all that the plugin makes
     * @throws AssertionError naming file, parameter and the first line too many
     */
    public void hostileValuesAddNoLine(String pluginId, Device device, String... fileNames) {
        new HostileValues(this, pluginId, device).check(List.of(fileNames));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static InetAddress address(int... bytes) {
        try {
            byte[] octets = new byte[bytes.length];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) bytes[i];
            }
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
