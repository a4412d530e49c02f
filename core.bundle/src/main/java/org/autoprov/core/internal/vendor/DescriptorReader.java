// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.vendor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.autoprov.core.plugin.FileRule;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.PhoneModel;
import org.autoprov.core.service.PluginSetting;

/** Reads a descriptor. Each error is an {@link IllegalArgumentException} that names file, place and what is allowed. */
final class DescriptorReader {

    private static final Pattern FAMILY = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final Pattern PLUGIN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern OUI = Pattern.compile("[0-9a-f]{6}");
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([A-Za-z][A-Za-z0-9]*)>");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)\\}");
    private static final Set<String> PLACEHOLDERS = Set.of("mac", "MAC", "model", "MODEL", "sn", "uuid");
    private static final String[] TYPES = {
        "deskphone", "dect", "wifidect", "ata", "gateway", "doorphone", "conference", "pager", "softphone", "generic"
    };

    private final JsonPlace root;
    private final Map<String, PhoneModel> models = new LinkedHashMap<>();
    private final Set<String> pluginIds = new LinkedHashSet<>();
    private final Map<String, List<PluginSetting>> settings = new LinkedHashMap<>();

    private DescriptorReader(JsonPlace root) {
        this.root = root;
    }

    static Descriptor read(String json) {
        return new DescriptorReader(JsonPlace.read(Descriptor.FILE, json)).descriptor();
    }

    private Descriptor descriptor() {
        root.onlyKeys(
                "schema",
                "family",
                "vendor",
                "quality",
                "sources",
                "resync",
                "ouis",
                "identify",
                "files",
                "models",
                "plugins");
        root.at("schema").number(1, 1);
        String family = matching(root.at("family"), FAMILY, "lower-case letters, digits and -");
        String vendor = root.at("vendor").text();
        root.at("quality").oneOf("documented", "golden", "proven");
        root.at("sources").members().values().forEach(JsonPlace::text);
        String resync = root.at("resync").text("check-sync");
        if (resync.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw root.at("resync").error("must be one line of visible ASCII characters");
        }
        root.at("models").members().forEach((name, place) -> models.put(name, model(name, place)));
        List<FirmwareLine> lines =
                root.at("plugins").items().stream().map(this::line).toList();
        if (lines.isEmpty()) {
            throw root.at("plugins").error("must list at least one plugin");
        }
        int[] ouis = root.at("ouis").items().stream()
                .mapToInt(o -> Integer.parseInt(matching(o, OUI, "six lower-case hexadecimal digits"), 16))
                .sorted()
                .toArray();
        List<IdentifyRule> rules = root.at("identify").items().stream()
                .map(p -> identifyRule(p, vendor, ouis))
                .toList();
        List<FileRule> files =
                root.at("files").items().stream().map(this::fileRule).toList();
        return new Descriptor(
                family, vendor, rules, files, lines, Collections.unmodifiableMap(settings), root.object());
    }

    private static String matching(JsonPlace place, Pattern pattern, String allowed) {
        String text = place.text();
        if (!pattern.matcher(text).matches()) {
            throw place.error("\"" + text + "\" is not allowed; allowed are " + allowed);
        }
        return text;
    }

    private static PhoneModel model(String name, JsonPlace place) {
        Map<String, Object> facts = without(place.object(), "type", "lines", "functionKeys", "expansionModules");
        return new PhoneModel(
                name,
                place.at("type").oneOf(TYPES),
                place.at("lines").number(0, 10_000),
                count(place.at("functionKeys")),
                count(place.at("expansionModules")),
                facts);
    }

    private static int count(JsonPlace place) {
        return place.present() ? place.number(0, 10_000) : 0;
    }

    private FirmwareLine line(JsonPlace place) {
        String id = matching(place.at("id"), PLUGIN_ID, "up to 100 letters, digits and . _ -, a letter or digit first");
        if (!pluginIds.add(id)) {
            throw place.at("id").error("\"" + id + "\" is the id of an earlier plugin");
        }
        Map<String, Object> facts =
                without(place.object(), "id", "version", "description", "firmware", "models", "settings");
        List<PluginSetting> own = SettingReader.read(place.at("settings"));
        if (!own.isEmpty()) {
            settings.put(id, own);
        }
        return new FirmwareLine(
                id,
                place.at("version").text(),
                place.at("description").text(),
                place.at("firmware").present() ? pattern(place.at("firmware")) : null,
                lineModels(place.at("models")),
                facts);
    }

    private Map<String, PhoneModel> lineModels(JsonPlace place) {
        if ("*".equals(place.value()) || List.of("*").equals(place.value())) {
            return Collections.unmodifiableMap(models);
        }
        if (!(place.value() instanceof List)) {
            throw place.error("must be a list of names of models, or \"*\" for all");
        }
        Map<String, PhoneModel> result = new LinkedHashMap<>();
        names(place, models.keySet(), "model").forEach(name -> result.put(name, models.get(name)));
        return Collections.unmodifiableMap(result);
    }

    private static Set<String> names(JsonPlace place, Set<String> allowed, String what) {
        Set<String> names = new LinkedHashSet<>();
        for (JsonPlace item : place.items()) {
            if (!allowed.contains(item.text())) {
                throw item.error("\"" + item.text() + "\" is no " + what + " of this file; there are "
                        + String.join(", ", allowed));
            }
            if (!names.add(item.text())) {
                throw item.error("\"" + item.text() + "\" stands here twice");
            }
        }
        return Collections.unmodifiableSet(names);
    }

    private static Map<String, Object> without(Map<String, Object> map, String... keys) {
        Map<String, Object> facts = new LinkedHashMap<>(map);
        for (String key : keys) {
            facts.remove(key);
        }
        return Collections.unmodifiableMap(facts);
    }

    private static Pattern pattern(JsonPlace place) {
        try {
            return Pattern.compile(place.text());
        } catch (PatternSyntaxException e) {
            throw place.error("no regular expression: " + e.getDescription() + " at character " + (e.getIndex() + 1));
        }
    }

    private static IdentifyRule identifyRule(JsonPlace place, String familyVendor, int[] ouis) {
        place.onlyKeys("from", "pattern", "vendor", "ouis", "needs", "translate");
        String from = place.at("from").text();
        int colon = from.indexOf(':');
        String name = colon < 0 ? null : from.substring(colon + 1);
        IdentifyRule.From part = part(place.at("from"), colon < 0 ? from : from.substring(0, colon), name);
        Pattern pattern = pattern(place.at("pattern"));
        List<String> groups = groups(place.at("pattern"));
        boolean vendor = place.at("vendor").flag(true) && !groups.contains("vendor");
        if (groups.isEmpty() && !vendor) {
            throw place.error("the rule gives nothing: no named group and no vendor");
        }
        boolean checked = place.at("ouis").flag(false);
        if (checked && (ouis.length == 0 || !groups.contains("mac"))) {
            throw place.at("ouis").error("needs a group \"mac\" in the pattern and a list \"ouis\" in the descriptor");
        }
        String[] parts = IdentifyRule.PARTS.toArray(String[]::new);
        return new IdentifyRule(
                part,
                name,
                part == IdentifyRule.From.DHCP ? Integer.parseInt(name) : 0,
                pattern,
                RequiredLiteral.of(pattern.pattern()),
                groups,
                vendor ? familyVendor : null,
                checked ? ouis : null,
                place.at("needs").present() ? place.at("needs").oneOf(parts) : null,
                translate(place.at("translate"), groups));
    }

    private static IdentifyRule.From part(JsonPlace place, String kind, String name) {
        boolean named = name != null && !name.isEmpty();
        switch (kind) {
            case "userAgent", "path", "certificate":
                if (name == null) {
                    return kind.equals("path")
                            ? IdentifyRule.From.PATH
                            : kind.equals("certificate") ? IdentifyRule.From.CERTIFICATE : IdentifyRule.From.USER_AGENT;
                }
                break;
            case "query", "header":
                if (named) {
                    return kind.equals("query") ? IdentifyRule.From.QUERY : IdentifyRule.From.HEADER;
                }
                break;
            case "dhcp":
                if (named && name.matches("[1-9][0-9]{0,2}") && Integer.parseInt(name) < 255) {
                    return IdentifyRule.From.DHCP;
                }
                break;
            default:
                break;
        }
        throw place.error("\"" + place.text() + "\" is not allowed; allowed are userAgent, path, query:NAME, "
                + "header:NAME, certificate, dhcp:NUMBER (1 to 254)");
    }

    /** The named groups of a valid pattern, which Java 17 does not tell. */
    private static List<String> groups(JsonPlace place) {
        String regex = place.text();
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = GROUP.matcher(regex);
        while (matcher.find()) {
            if (isGroup(regex, matcher.group(1))) {
                names.add(matcher.group(1));
            }
        }
        for (String name : names) {
            if (!IdentifyRule.PARTS.contains(name)) {
                throw place.error(
                        "unknown group \"" + name + "\"; allowed are " + String.join(", ", IdentifyRule.PARTS));
            }
        }
        return List.copyOf(names);
    }

    /** Not what only looks like a group: quoted, in a comment or among the characters of a class. */
    private static boolean isGroup(String regex, String name) {
        Matcher matcher = Pattern.compile("|" + regex).matcher("");
        try {
            matcher.find(); // finds nothing at all, as the first alternative says; then it can be asked
            matcher.group(name);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Map<String, Map<String, String>> translate(JsonPlace place, List<String> groups) {
        Map<String, Map<String, String>> tables = new LinkedHashMap<>();
        place.members().forEach((group, table) -> {
            if (!groups.contains(group)) {
                throw table.error("the pattern has no group \"" + group + "\"");
            }
            Map<String, String> entries = new LinkedHashMap<>();
            table.members().forEach((from, to) -> entries.put(from, to.text()));
            tables.put(group, Collections.unmodifiableMap(entries));
        });
        return Collections.unmodifiableMap(tables);
    }

    private FileRule fileRule(JsonPlace place) {
        place.onlyKeys("name", "template", "access", "contentType", "trigger", "writable", "plugins", "models");
        String name = fileName(place.at("name"));
        boolean writable = place.at("writable").flag(false);
        String template = place.at("template").text(null);
        if (writable == (template != null)) {
            throw place.error("needs either a \"template\" or \"writable\": true");
        }
        if (template != null && (!template.endsWith(".ftl") || badPath(template))) {
            throw place.at("template").error("must be the name of a file in AUTOPROV-INF/templates ending in .ftl");
        }
        String access = place.at("access").present() ? place.at("access").oneOf("open", "secret") : "secret";
        return new FileRule(
                name,
                template,
                place.at("contentType").text(contentType(name)),
                access.equals("open") ? PhoneFile.Access.OPEN : PhoneFile.Access.SECRET,
                place.at("trigger").flag(false),
                writable,
                names(place.at("plugins"), pluginIds, "plugin"),
                names(place.at("models"), models.keySet(), "model"));
    }

    private String fileName(JsonPlace place) {
        String name = place.text();
        Matcher matcher = PLACEHOLDER.matcher(name);
        Set<String> used = new HashSet<>();
        while (matcher.find()) {
            used.add(matcher.group(1));
        }
        String rest = matcher.replaceAll("x");
        if (badPath(rest) || rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
            throw place.error("\"" + name + "\" is no file name: no leading slash, no empty part, no . or .., "
                    + "no back slash, no control character, every { closed");
        }
        for (String placeholder : used) {
            if (!PLACEHOLDERS.contains(placeholder)
                    && models.values().stream().noneMatch(model -> model.text(placeholder, null) != null)) {
                throw place.error("unknown placeholder {" + placeholder + "}; allowed are {mac} {MAC} {model} {MODEL} "
                        + "{sn} {uuid} and facts of models");
            }
        }
        return name;
    }

    private static boolean badPath(String path) {
        List<String> parts = new ArrayList<>(List.of(path.split("/", -1)));
        return parts.contains("")
                || parts.contains(".")
                || parts.contains("..")
                || path.indexOf('\\') >= 0
                || path.chars().anyMatch(Character::isISOControl);
    }

    private static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "xml" -> "application/xml";
            case "htm", "html" -> "text/html; charset=utf-8";
            case "json" -> "application/json";
            case "bin", "dat", "enc", "gz", "tar", "zip" -> "application/octet-stream";
            default -> "text/plain; charset=utf-8";
        };
    }
}
