// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks the file of a package into an empty folder: plain files only, never outside of it, within a budget. Not
 * thread-safe.
 */
final class Unpacker {

    private static final Pattern ENDING = Pattern.compile(".*\\.[A-Za-z][A-Za-z0-9]{1,5}");

    /** A signed file begins with its signature, which is no longer than this, bytes. */
    private static final int MAX_SIGNATURE = 64 << 10;

    private static final int MAX_NESTING = 3;
    private static final int START = 512;

    private final PackageDeclaration declaration;
    private final Path folder;
    private final UnpackBudget budget;

    Unpacker(PackageDeclaration declaration, Path folder, UnpackBudget budget) {
        this.declaration = declaration;
        this.folder = folder;
        this.budget = budget;
    }

    /**
     * Unpacks.
     *
     * @param name the name that the file came under
     * @throws IOException one sentence; the folder is to be thrown away then
     */
    void unpack(Path file, String name) throws IOException {
        try {
            String kind = declaration.unpack() == null ? kind(file, name) : declaration.unpack();
            switch (kind) {
                case "zip" -> zip(file);
                case "tar" -> {
                    try (InputStream in = Files.newInputStream(file)) {
                        tar(new BufferedInputStream(in), 1);
                    }
                }
                case "gz" -> {
                    try (InputStream in = Files.newInputStream(file)) {
                        gzip(in, name);
                    }
                }
                case "sgn" -> signed(file, name);
                default -> plain(file);
            }
        } catch (ZipException | EOFException e) {
            throw new IOException("the archive is broken: " + e.getMessage(), e);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("the archive has the same path twice, or a file where it has a folder", e);
        } catch (IllegalArgumentException e) { // a path that leads out, or a name in no encoding
            throw new IOException(e.getMessage(), e);
        }
    }

    /** By its ending; when it has none that tells, by its content. */
    private String kind(Path file, String name) throws IOException {
        for (String candidate : List.of(name, declaration.declared().file())) {
            String lower = candidate.toLowerCase(Locale.ROOT);
            if (lower.endsWith(".zip") || lower.endsWith(".tar") || lower.endsWith(".sgn")) {
                return lower.substring(lower.length() - 3);
            }
            if (lower.endsWith(".gz") || lower.endsWith(".tgz")) {
                return "gz";
            }
            if (ENDING.matcher(candidate).matches()) {
                return "none"; // .bin, .rom: some of them are archives inside, which only the phone opens
            }
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(START);
            if (start.length > 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4) {
                return "zip";
            }
            return isGzip(start, 0) ? "gz" : TarReader.isTar(start) ? "tar" : "none";
        }
    }

    private static boolean isGzip(byte[] bytes, int at) {
        return at + 3 < bytes.length
                && bytes[at] == 0x1f
                && bytes[at + 1] == (byte) 0x8b
                && bytes[at + 2] == 8
                && (bytes[at + 3] & 0xe0) == 0;
    }

    private void plain(Path file) throws IOException {
        budget.entry();
        String target = declaration.as();
        if (target == null) {
            String own = declaration.declared().file();
            target = declaration.into().isEmpty() ? own : declaration.into() + "/" + own;
        }
        try (InputStream in = Files.newInputStream(file)) {
            budget.write(in, folder.resolve(SafePath.of(target)));
        }
    }

    private void zip(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            budget.announced(zip.size());
            for (ZipEntry entry : Collections.list(zip.entries())) {
                budget.entry();
                if (!entry.isDirectory()) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        file(entry.getName(), in, 1);
                    }
                }
            }
        }
    }

    private void tar(InputStream in, int depth) throws IOException {
        TarReader tar = new TarReader(in);
        TarReader.Entry entry;
        while ((entry = tar.next()) != null) {
            budget.entry();
            if (entry.isFile()) {
                file(entry.name(), tar.content(), depth);
            } else if (!entry.isFolder()) {
                throw new IOException("the archive has a link or a device: " + ParameterRules.masked(entry.name()));
            }
        }
    }

    /** One file of an archive. */
    private void file(String name, InputStream content, int depth) throws IOException {
        String path = SafePath.of(name);
        String lower = path.toLowerCase(Locale.ROOT);
        boolean packed = lower.endsWith(".tar.gz") || lower.endsWith(".tgz");
        if (declaration.nested() && (packed || lower.endsWith(".tar"))) {
            if (depth == MAX_NESTING) {
                throw new IOException("archives are nested deeper than " + MAX_NESTING);
            }
            InputStream inner = packed ? new GZIPInputStream(content) : content;
            tar(new BufferedInputStream(inner), depth + 1);
            return;
        }
        String target = declaration.target(path);
        if (target != null) {
            budget.write(content, folder.resolve(SafePath.of(target)));
        }
    }

    /** A tar in a gzip, or a single file. */
    private void gzip(InputStream in, String name) throws IOException {
        InputStream content = new BufferedInputStream(new GZIPInputStream(new BufferedInputStream(in)));
        byte[] start = content.readNBytes(START);
        InputStream all = new SequenceInputStream(new java.io.ByteArrayInputStream(start), content);
        if (TarReader.isTar(start)) {
            tar(new BufferedInputStream(all), 1);
            return;
        }
        budget.entry();
        String own = name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        String target = declaration.as() == null ? declaration.target(SafePath.of(own)) : declaration.as();
        if (target != null) {
            budget.write(all, folder.resolve(SafePath.of(target)));
        }
    }

    /** Cisco's signed files: a signature, which is not checked here, and a gzip behind it. */
    private void signed(Path file, String name) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(MAX_SIGNATURE);
            int at = 0;
            while (at < start.length && !isGzip(start, at)) {
                at++;
            }
            if (at == start.length) {
                throw new IOException("no gzip is found behind the signature");
            }
            InputStream rest = new java.io.ByteArrayInputStream(Arrays.copyOfRange(start, at, start.length));
            gzip(new SequenceInputStream(rest, in), name.replaceFirst("(?i)\\.sgn$", ""));
        }
    }
}
