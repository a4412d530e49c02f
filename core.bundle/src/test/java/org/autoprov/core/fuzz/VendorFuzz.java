// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.fuzz;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.internal.config.ConfigValidation;
import org.autoprov.core.internal.config.RawConfigs;
import org.autoprov.core.internal.json.Json;
import org.autoprov.core.plugin.ConfigGenerator;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.testing.VendorTestKit;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Fuzz targets that every vendor family shares. Throws an {@link AssertionError} that says what is wrong. */
public final class VendorFuzz {

    private static final Duration SLOW = Duration.ofMillis(50);
    private static final Pattern LINE_END = Pattern.compile("\r\n|[\n\r\u000b\f\u0085\u2028\u2029]");
    private static final Pattern MEANINGFUL = Pattern.compile("[\\p{Cntrl}\u0085\u2028\u2029<>&\"']");

    private final VendorTestKit kit;
    private final Map<String, Device> devices;
    private final Map<String, Pattern> lines;

    /**
     * @param devices one or more, by the plugin that serves them
     * @param lines by ending of a file's name, what each of its lines that is not empty must match; files not named are
     *     XML, which must be well-formed
     */
    public VendorFuzz(VendorTestKit kit, Map<String, Device> devices, Map<String, Pattern> lines) {
        this.kit = kit;
        this.devices = new TreeMap<>(devices);
        this.lines = lines;
    }

    /**
     * A request that must be read within 50 ms and give no MAC that does not stand in it.
     *
     * @param octets lines: path, User-Agent (an empty one is none), then {@code name=value} of the query
     */
    public void identify(byte[] octets) {
        String[] fields = new String(octets, StandardCharsets.UTF_8).split("\n", -1);
        PhoneRequest.Builder request = PhoneRequest.from(Protocol.HTTP, InetAddress.getLoopbackAddress());
        request.path(fields[0].replaceFirst("^/+", ""));
        if (fields.length > 1 && !fields[1].isEmpty()) {
            request.header("User-Agent", fields[1]);
        }
        Map<String, String> query = new LinkedHashMap<>();
        for (int i = 2; i < fields.length; i++) {
            int equals = fields[i].indexOf('=');
            query.putIfAbsent(
                    equals < 0 ? fields[i] : fields[i].substring(0, equals),
                    equals < 0 ? "" : fields[i].substring(equals + 1));
        }
        PhoneRequest made = request.query(query).build();
        DeviceInfo info = kit.identify(made);
        if (info.mac() != null && !stands(info.mac(), fields)) {
            throw new AssertionError(info.mac() + " does not stand in the request");
        }
        refuseSlowness(made);
    }

    /** A pause of the machine may hit any one call: only the quickest of some counts. */
    private void refuseSlowness(PhoneRequest request) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5 && best > SLOW.toNanos(); i++) {
            long start = System.nanoTime();
            kit.identify(request);
            best = Math.min(best, System.nanoTime() - start);
        }
        if (best > SLOW.toNanos()) {
            throw new AssertionError("takes " + best / 1_000_000 + " ms");
        }
    }

    private static boolean stands(MacAddress mac, String[] fields) {
        for (String field : fields) {
            for (int start = 0; start + 11 <= field.length(); start++) {
                for (int end = start + 11; end <= Math.min(start + 17, field.length()); end++) {
                    if (MacAddress.parse(field.substring(start, end))
                            .filter(mac::equals)
                            .isPresent()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /**
     * Makes all files of a device: each is refused by an {@link InvalidConfigException} or as its phone reads it, with
     * the lines, elements and attributes that harmless values make.
     *
     * @param octets a letter that chooses the device ({@code A} the first), then a line of JSON, the parameters, where
     *     a text {@code @} stands for the rest of the octets
     */
    public void generate(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            return;
        }
        int end = text.indexOf('\n');
        String rest = end < 0 ? "" : text.substring(end + 1);
        Map<String, Object> raw;
        try {
            raw = Json.readObject(text.substring(1, end < 0 ? text.length() : end));
        } catch (IOException e) {
            return;
        }
        Map<String, Object> hostile = replaced(raw, value -> value.equals("@") ? rest : value);
        PhoneConfig config = config(hostile);
        // Harmless is what could neither end a line nor open a tag.
        PhoneConfig harmless =
                config(replaced(hostile, value -> MEANINGFUL.matcher(value).replaceAll("x")));
        if (config == null || harmless == null) {
            return;
        }
        String pluginId = devices.keySet().toArray(String[]::new)[Math.floorMod(text.charAt(0) - 'A', devices.size())];
        Device device = devices.get(pluginId);
        for (PhoneFile file : kit.generator(pluginId).files(device)) {
            if (!file.writable()) {
                check(file, made(pluginId, device, file, config), made(pluginId, device, file, harmless));
            }
        }
    }

    private static PhoneConfig config(Map<String, Object> raw) {
        try {
            ConfigValidation.check(raw);
            Map<String, Object> known = RawConfigs.withoutNulls(raw);
            known.putIfAbsent("http_base_url", "http://192.0.2.1:8667");
            return VendorTestKit.config(known, 2026);
        } catch (InvalidConfigException e) {
            return null;
        }
    }

    /** Null when the plugin refuses the parameters. */
    private String made(String pluginId, Device device, PhoneFile file, PhoneConfig config) {
        ConfigGenerator generator = kit.generator(pluginId);
        try {
            return new String(generator.generate(file, device, config), StandardCharsets.UTF_8);
        } catch (InvalidConfigException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("a refusal without a reason", e);
            }
            return null;
        }
    }

    private void check(PhoneFile file, String content, String harmless) {
        if (content == null) {
            return;
        }
        String name = file.name();
        String[] all = LINE_END.split(content, -1);
        Pattern allowed = lines.entrySet().stream()
                .filter(entry -> name.endsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        int elements = allowed == null ? elements(name, content) : 0;
        for (String line : all) {
            if (allowed != null && !line.isEmpty() && !allowed.matcher(line).matches()) {
                throw new AssertionError(name + " has the line: " + line);
            }
        }
        if (harmless == null) {
            return;
        }
        int usual = LINE_END.split(harmless, -1).length;
        if (all.length != usual) {
            throw new AssertionError(name + " has " + all.length + " lines instead of " + usual);
        }
        if (allowed == null && elements != elements(name, harmless)) {
            throw new AssertionError(name + " has another number of elements and attributes");
        }
    }

    private static int elements(String name, String content) {
        int[] count = new int[1];
        try {
            SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.newSAXParser().parse(new InputSource(new StringReader(content)), new DefaultHandler() {
                @Override
                public void startElement(String uri, String local, String qualified, Attributes attributes) {
                    count[0] += 1 + attributes.getLength();
                }
            });
        } catch (SAXException e) {
            throw new AssertionError(
                    name + " is not well-formed: " + e.getMessage().toLowerCase(Locale.ROOT), e);
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
        return count[0];
    }

    /** A copy with other texts. Lists stay: a certificate has lines of its own. */
    private static Map<String, Object> replaced(Map<String, Object> raw, UnaryOperator<String> change) {
        Map<String, Object> result = new LinkedHashMap<>();
        raw.forEach((key, value) -> {
            if (value instanceof String text) {
                result.put(key, change.apply(text));
            } else if (value instanceof Map) {
                result.put(key, replaced(RawConfigs.asObject(value), change));
            } else {
                result.put(key, value);
            }
        });
        return result;
    }
}
