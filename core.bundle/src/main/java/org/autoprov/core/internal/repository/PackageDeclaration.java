// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.autoprov.core.service.PackageService.Declared;

/**
 * A package as a descriptor declares it.
 *
 * @param checksums hexadecimal digits by {@code md5}, {@code sha1}, {@code sha256}; may be empty
 * @param download where it can be fetched; null when only an administrator can have it
 * @param unpack {@code none}, {@code zip}, {@code tar}, {@code gz}, {@code sgn} (a signed gzip); null: as its name and
 *     content tell
 * @param nested whether tar archives in the archive are unpacked, too
 * @param from folder in the archive that counts; empty for all of it
 * @param into folder of the file area that it goes to; empty for the area itself
 * @param as path in the file area of a package that is a single file; null: its name in {@code into}
 * @param flat whether folders of the archive are left out of its files' paths
 * @param include patterns ({@code *} and {@code ?}) of file names that are taken; empty for all
 */
record PackageDeclaration(
        Declared declared,
        Map<String, String> checksums,
        URI download,
        String unpack,
        boolean nested,
        String from,
        String into,
        String as,
        boolean flat,
        List<Pattern> include) {

    private static final List<String> UNPACK = List.of("none", "zip", "tar", "gz", "sgn");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]+");
    private static final int MAX_NAME = 200;

    String name() {
        return declared.name();
    }

    /**
     * Reads one element of a firmware line's {@code packages}.
     *
     * @param line the element of {@code plugins} that it is in
     * @throws IllegalArgumentException says what is wrong
     */
    static PackageDeclaration read(Map<String, Object> line, Map<?, ?> json) {
        String file = text(json, "file", null);
        if (file == null || file.isBlank() || file.length() > MAX_NAME || file.contains("/")) {
            throw new IllegalArgumentException("\"file\" must be a file's name");
        }
        String rule = text(json, "rule", null);
        int slash = rule == null ? -1 : rule.lastIndexOf('/');
        String into = folder(json, "into", text(line, "packagesInto", slash < 0 ? "" : rule.substring(0, slash)));
        String as = rule != null && rule.endsWith(".loads") ? null : rule;
        String unpack = text(json, "unpack", null);
        if (unpack != null && !UNPACK.contains(unpack)) {
            throw new IllegalArgumentException("\"unpack\" must be one of " + String.join(", ", UNPACK));
        }
        String download = text(json, "download", null);
        URI uri = download == null ? null : URI.create(download);
        if (uri != null && uri.getHost() == null) {
            throw new IllegalArgumentException("\"download\" must be a URL");
        }
        Map<String, String> checksums = new LinkedHashMap<>();
        for (String key : Digests.ALGORITHMS.keySet()) {
            String sum = text(json, key, "").toLowerCase(Locale.ROOT);
            if (!sum.isEmpty()) {
                if (sum.length() != Digests.digits(key) || !HEX.matcher(sum).matches()) {
                    throw new IllegalArgumentException("\"" + key + "\" is no such checksum");
                }
                checksums.put(key, sum);
            }
        }
        long bytes = json.get("bytes") instanceof Long number ? Math.max(0, number) : 0;
        Declared declared = new Declared(
                text(json, "id", file),
                text(json, "version", text(line, "version", "")),
                text(json, "description", describe(file, json)),
                file,
                bytes,
                uri != null);
        return new PackageDeclaration(
                declared,
                Map.copyOf(checksums),
                uri,
                unpack,
                Boolean.TRUE.equals(json.get("nested")),
                folder(json, "from", ""),
                into,
                as == null ? null : SafePath.of(as),
                Boolean.TRUE.equals(json.get("flat")),
                patterns(json.get("include")));
    }

    private static String describe(String file, Map<?, ?> json) {
        return json.get("models") instanceof List<?> models && !models.isEmpty()
                ? file + " for "
                        + String.join(", ", models.stream().map(String::valueOf).toList())
                : file;
    }

    private static String folder(Map<?, ?> json, String key, String otherwise) {
        String folder = text(json, key, otherwise);
        return folder.isEmpty() ? "" : SafePath.of(folder);
    }

    private static String text(Map<?, ?> json, String key, String otherwise) {
        return json.get(key) instanceof String text ? text : otherwise;
    }

    private static List<Pattern> patterns(Object value) {
        List<Pattern> patterns = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object glob : list) {
                StringBuilder regex = new StringBuilder();
                for (char c : String.valueOf(glob).toCharArray()) {
                    regex.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
                }
                patterns.add(Pattern.compile(regex.toString()));
            }
        }
        return List.copyOf(patterns);
    }

    /**
     * The path in the file area of a file of the archive.
     *
     * @param path a safe path in the archive
     * @return null when it is left out
     */
    String target(String path) {
        String inside = path;
        if (!from.isEmpty()) {
            if (!path.startsWith(from + "/")) {
                return null;
            }
            inside = path.substring(from.length() + 1);
        }
        String name = inside.substring(inside.lastIndexOf('/') + 1);
        if (!include.isEmpty()
                && include.stream().noneMatch(p -> p.matcher(name).matches())) {
            return null;
        }
        String kept = flat ? name : inside;
        return into.isEmpty() ? kept : into + "/" + kept;
    }
}
