// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * The families that vendor bundles bring.
 *
 * @param byName families by name
 */
public record Families(Map<String, Family> byName) {

    /** Where a vendor bundle describes its phones. */
    public static final String ENTRY = "AUTOPROV-INF/zoo.json";

    private static final int MAX_BYTES = 1 << 20;

    /**
     * Reads all jars of some folders that describe phones. Of two that bring the same family the one in the
     * earlier folder counts, within a folder the one whose name sorts last.
     *
     * @param folders where to look; a folder that does not exist holds nothing
     * @return what was found
     * @throws FamilyException when a description cannot be used; names the jar
     */
    public static Families in(List<Path> folders) throws FamilyException {
        Map<String, Family> families = new TreeMap<>();
        for (Path folder : folders) {
            for (Path jar : jars(folder)) {
                Optional<Family> family = read(jar);
                family.ifPresent(found -> families.putIfAbsent(found.name(), found));
            }
        }
        return new Families(families);
    }

    private static List<Path> jars(Path folder) throws FamilyException {
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
                files.forEach(jars::add);
            } catch (IOException e) {
                throw new FamilyException(folder + " cannot be read");
            }
        }
        jars.sort(Collections.reverseOrder());
        return jars;
    }

    private static Optional<Family> read(Path path) throws FamilyException {
        String text;
        try (JarFile jar = new JarFile(path.toFile())) {
            ZipEntry entry = jar.getEntry(ENTRY);
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream in = jar.getInputStream(entry)) {
                text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new FamilyException(path.getFileName() + " is not a readable jar");
        }
        try {
            return Optional.of(FamilyReader.read(text));
        } catch (FamilyException e) {
            throw new FamilyException(path.getFileName() + "!" + ENTRY + ": " + e.getMessage());
        }
    }

    /** A model and its family. */
    public record Found(Family family, Model model) {}

    /**
     * Finds a model, whatever the case of its name.
     *
     * @param model its name
     * @param family the family to look in; empty: in all
     * @return it, with its family
     * @throws FamilyException when there is none, or more than one
     */
    public Found find(String model, Optional<String> family) throws FamilyException {
        if (family.isPresent() && !byName.containsKey(family.get())) {
            throw new FamilyException(
                    "no such family: " + family.get() + " (there are: " + String.join(" ", byName.keySet()) + ")");
        }
        List<Found> found = new ArrayList<>();
        for (Family candidate : byName.values()) {
            if (family.isEmpty() || family.get().equals(candidate.name())) {
                candidate.models().values().stream()
                        .filter(known -> known.name().equalsIgnoreCase(model))
                        .forEach(known -> found.add(new Found(candidate, known)));
            }
        }
        if (found.isEmpty()) {
            throw new FamilyException("no such model: " + model + " (`zoo models` lists them)");
        }
        if (found.size() > 1) {
            throw new FamilyException("more than one family has a " + model + ": say which with --vendor");
        }
        return found.get(0);
    }
}
