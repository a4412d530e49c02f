// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.autoprov.core.internal.json.Json;
import org.autoprov.core.service.PackageService.Installed;

/**
 * What an installation brought, as it is written down beside the file areas.
 *
 * @param files sizes by path in the plugin's file area, bytes
 * @param stage folder that files are still to be moved from; empty when it is done
 * @param leaving paths that are still to be removed
 */
record PackageRecord(
        String name,
        String version,
        String description,
        Instant time,
        Map<String, Long> files,
        String stage,
        List<String> leaving) {

    /** Whether all that was to be moved and removed is. */
    boolean isDone() {
        return stage.isEmpty() && leaving.isEmpty();
    }

    PackageRecord done() {
        return new PackageRecord(name, version, description, time, files, "", List.of());
    }

    Installed installed() {
        return new Installed(
                name,
                version,
                description,
                List.copyOf(files.keySet()),
                files.values().stream().mapToLong(Long::longValue).sum(),
                time);
    }

    /** The records of a plugin as text. */
    static String write(Iterable<PackageRecord> records) {
        List<Object> list = new ArrayList<>();
        for (PackageRecord one : records) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", one.name);
            json.put("version", one.version);
            json.put("description", one.description);
            json.put("time", one.time.toString());
            json.put("files", one.files);
            if (!one.isDone()) {
                json.put("stage", one.stage);
                json.put("leaving", one.leaving);
            }
            list.add(json);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schema", 1L);
        all.put("packages", list);
        return Json.writePretty(all) + "\n";
    }

    /** @throws IOException when it is no such text */
    static Map<String, PackageRecord> read(String text) throws IOException {
        Map<String, PackageRecord> result = new TreeMap<>();
        try {
            for (Object item : (List<?>) Json.readObject(text).get("packages")) {
                Map<?, ?> json = (Map<?, ?>) item;
                Map<String, Long> files = new TreeMap<>();
                ((Map<?, ?>) json.get("files"))
                        .forEach((path, bytes) -> files.put(SafePath.of((String) path), (Long) bytes));
                List<String> leaving = new ArrayList<>();
                if (json.get("leaving") instanceof List<?> list) {
                    list.forEach(path -> leaving.add(SafePath.of((String) path)));
                }
                String stage = json.get("stage") instanceof String folder ? folder : "";
                PackageRecord one = new PackageRecord(
                        (String) json.get("name"),
                        (String) json.get("version"),
                        (String) json.get("description"),
                        Instant.parse((String) json.get("time")),
                        files,
                        stage.isEmpty() ? "" : SafePath.of(stage),
                        List.copyOf(leaving));
                result.put(one.name, one);
            }
            return result;
        } catch (ClassCastException | NullPointerException | DateTimeException | IllegalArgumentException e) {
            throw new IOException("it is not what this server writes: " + e.getMessage(), e);
        }
    }
}
