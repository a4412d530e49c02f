// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.autoprov.core.service.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackerTest {

    private static final UnpackBudget.Limits SMALL = new UnpackBudget.Limits(1 << 20, 20, 10, 4096, 0);

    @TempDir
    Path folder;

    private Path to;
    private int number;

    @BeforeEach
    void prepare() throws IOException {
        to = Files.createDirectory(folder.resolve("to"));
    }

    /** Names and contents in turn. */
    static byte[] zip(String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    static byte[] tar(String... namesAndContents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            tarEntry(bytes, namesAndContents[i], '0', namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        bytes.writeBytes(new byte[1024]);
        return bytes.toByteArray();
    }

    static void tarEntry(ByteArrayOutputStream out, String name, char type, byte[] content) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format("%011o\0", content.length));
        put(header, 136, "00000000000\0");
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[(512 - content.length % 512) % 512]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, 100));
    }

    static PackageDeclaration declaration(Object... keysAndValues) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", "fw");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            json.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return PackageDeclaration.read(Map.of("version", "1"), json);
    }

    private void unpack(PackageDeclaration declaration, String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("in" + number++), content);
        new Unpacker(declaration, to, new UnpackBudget(SMALL, content.length, new Operation(""))).unpack(file, name);
    }

    private List<String> result() throws IOException {
        List<String> result = new ArrayList<>();
        try (Stream<Path> files = Files.walk(to)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                if (Files.isRegularFile(file)) {
                    result.add(to.relativize(file) + "=" + Files.readString(file));
                }
            }
        }
        return result;
    }

    private void fails(PackageDeclaration declaration, String name, byte[] content, String message) {
        assertThatThrownBy(() -> unpack(declaration, name, content))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
        assertThat(folder.resolve("evil")).doesNotExist();
        assertThat(Path.of("/evil")).doesNotExist();
    }

    @Test
    void unpacksAZipIntoItsFolder() throws Exception {
        unpack(declaration("into", "firmware"), "fw.zip", zip("a.bin", "A", "sub/", "", "sub/b.bin", "B"));

        assertThat(result()).containsExactly("firmware/a.bin=A", "firmware/sub/b.bin=B");
    }

    @Test
    void leavesFoldersOfAFlatPackageOut() throws Exception {
        PackageDeclaration flat = declaration("into", "firmware", "flat", true, "include", List.of("*.bin"));
        unpack(flat, "fw.zip", zip("notes.txt", "N", "x/y/a.bin", "A", "b.bin", "B"));
        assertThat(result()).containsExactly("firmware/a.bin=A", "firmware/b.bin=B");
        fails(flat, "fw.zip", zip("x/c.bin", "A", "y/c.bin", "B"), "the same path twice");
    }

    @Test
    void tellsAnArchiveWithoutAnEndingByItsContent() throws Exception {
        unpack(declaration(), "fw-1.2", zip("a", "A"));
        unpack(declaration(), "fw-1.2a", tar("b", "B"));
        unpack(declaration(), "fw", gzip(tar("c", "C")));

        assertThat(result()).containsExactly("a=A", "b=B", "c=C");
    }

    @Test
    void leavesAFirmwareFileAloneThoughItIsAnArchiveInside() throws Exception {
        byte[] rom = zip("a", "A");
        unpack(declaration("file", "T5x-96.86.0.1.rom", "into", "firmware"), "T5x-96.86.0.1.rom", rom);

        assertThat(to.resolve("firmware/T5x-96.86.0.1.rom")).hasBinaryContent(rom);
    }

    @Test
    void putsASingleFileWhereTheRuleSays() throws Exception {
        unpack(declaration("rule", "firmware/spa.bin"), "fw", "code".getBytes(StandardCharsets.UTF_8));
        unpack(declaration("rule", "firmware/spb.bin"), "x.gz", gzip("B".getBytes(StandardCharsets.UTF_8)));
        unpack(declaration("rule", "firmware/spc.bin"), "x.zip", zip("spc.bin", "C"));

        assertThat(result()).containsExactly("firmware/spa.bin=code", "firmware/spb.bin=B", "firmware/spc.bin=C");
    }

    @Test
    void unpacksASignedLocaleWithATarInIt() throws Exception {
        ByteArrayOutputStream outer = new ByteArrayOutputStream();
        tarEntry(outer, "copstart.sh", '0', new byte[10]);
        tarEntry(outer, "inner.tar", '0', tar("usr/local/cm/tftp/france/g3-tones.xml", "T", "usr/x", "X"));
        outer.writeBytes(new byte[1024]);
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes("signature \u001f of nobody".getBytes(StandardCharsets.ISO_8859_1));
        signed.writeBytes(gzip(outer.toByteArray()));

        unpack(
                declaration("nested", true, "from", "usr/local/cm/tftp", "into", "i18n"),
                "locale.cop.sgn",
                signed.toByteArray());

        assertThat(result()).containsExactly("i18n/france/g3-tones.xml=T");
    }

    @Test
    void takesOnlyWhatIsIncluded() throws Exception {
        unpack(
                declaration("include", List.of("*.bin", "?.txt")),
                "f.zip",
                zip("d/a.bin", "A", "b.txt", "B", "cc.txt", ""));

        assertThat(result()).containsExactly("b.txt=B", "d/a.bin=A");
    }

    @Test
    void readsLongNamesOfGnuAndPosix() throws Exception {
        String name = "d/" + "n".repeat(150);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tarEntry(out, "././@LongLink", 'L', (name + "1\0").getBytes(StandardCharsets.UTF_8));
        tarEntry(out, "cut", '0', "A".getBytes(StandardCharsets.UTF_8));
        String record = " path=" + name + "2\n";
        int length = record.length() + 3;
        tarEntry(out, "pax", 'x', (length + record).getBytes(StandardCharsets.UTF_8));
        tarEntry(out, "cut", '0', "B".getBytes(StandardCharsets.UTF_8));
        tarEntry(out, "e/", '5', new byte[0]);
        out.writeBytes(new byte[1024]);

        unpack(declaration(), "f.tar", out.toByteArray());

        assertThat(result()).containsExactly(name + "1=A", name + "2=B");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "a/../../evil",
                "/evil",
                "..",
                "a\\..\\..\\evil",
                "C:/evil",
                "a/\u0001b",
                "./",
                "x/../evil"
            })
    void refusesPathsThatLeadOut(String name) throws Exception {
        fails(declaration(), "f.zip", zip(name.equals("./") ? "./." : name, "E"), "the path");
        fails(declaration(), "f.tar", tar(name.equals("./") ? "." : name, "E"), "the path");
    }

    @ParameterizedTest
    @ValueSource(chars = {'1', '2', '3', '4', '6'})
    void refusesLinksAndDevices(char type) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tarEntry(out, "link", type, new byte[0]);
        out.writeBytes(new byte[1024]);

        fails(declaration(), "f.tar", out.toByteArray(), "a link or a device");
    }

    @Test
    void refusesABomb() throws Exception {
        byte[] zeros = new byte[500_000];
        fails(declaration(), "f.zip", zip("a", new String(zeros, StandardCharsets.UTF_8)), "larger than");
        fails(declaration("rule", "b"), "f.gz", gzip(zeros), "larger than");
        fails(
                declaration("nested", true),
                "f.tgz",
                gzip(tar("c", new String(zeros, StandardCharsets.UTF_8))),
                "larger");
    }

    @Test
    void refusesTooManyEntriesAndTooDeepNests() throws Exception {
        String[] many = new String[60];
        for (int i = 0; i < many.length; i++) {
            many[i] = i % 2 == 0 ? "f" + i : "";
        }
        fails(declaration(), "f.zip", zip(many), "more than 20 entries");
        fails(declaration(), "f.tar", tar(many), "more than 20 entries");

        byte[] nest = tar("a", "A");
        for (int i = 0; i < 4; i++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            tarEntry(out, "n.tar", '0', nest);
            out.writeBytes(new byte[1024]);
            nest = out.toByteArray();
        }
        fails(declaration("nested", true), "f.tar", nest, "nested deeper");
    }

    @Test
    void refusesTheSamePathTwice() {
        fails(declaration(), "f.tar", tar("a", "A", "./a", "B"), "twice");
        fails(declaration(), "g.tar", tar("b", "A", "b/c", "B"), "twice");
    }

    @Test
    void saysOfABrokenArchiveThatItIsBroken() throws Exception {
        byte[] zip = zip("a", "A".repeat(1000));
        fails(declaration(), "f.zip", Arrays.copyOf(zip, zip.length / 2), "broken");
        byte[] gz = gzip(tar("a", "A".repeat(1000)));
        fails(declaration(), "f.tgz", Arrays.copyOf(gz, gz.length / 2), "broken");
        fails(declaration(), "f.tar", Arrays.copyOf(tar("b", "A".repeat(1000)), 700), "broken");
        fails(declaration(), "f.tar", "x".repeat(600).getBytes(StandardCharsets.UTF_8), "no tar");
        fails(declaration(), "f.sgn", new byte[2000], "no gzip");
    }

    @Property(tries = 300)
    void anArchiveWithAChangedByteNeverLeavesItsFolder(@ForAll int at, @ForAll byte value) throws IOException {
        Path root = Files.createTempDirectory("unpack");
        try {
            byte[] tar = tar("a/b", "content", "c", "more");
            tar[Math.floorMod(at, tar.length)] = value;
            Path in = Files.write(root.resolve("in"), tar);
            Path out = Files.createDirectory(root.resolve("out"));
            try {
                new Unpacker(declaration(), out, new UnpackBudget(SMALL, tar.length, new Operation("")))
                        .unpack(in, "x.tar");
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
            try (Stream<Path> files = Files.list(root)) {
                assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("in", "out");
            }
        } finally {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : (Iterable<Path>) files.sorted(java.util.Comparator.reverseOrder())::iterator) {
                    Files.delete(file);
                }
            }
        }
    }

    @Property
    void aSafePathStaysInItsFolder(@ForAll String text) {
        String path;
        try {
            path = SafePath.of(text);
        } catch (IllegalArgumentException e) {
            return;
        }
        Path root = Path.of("/area");
        try {
            Path file = root.resolve(path).normalize();
            assertThat(file.startsWith(root) && !file.equals(root)).as(path).isTrue();
        } catch (java.nio.file.InvalidPathException e) {
            assertThat(e.getMessage()).isNotBlank(); // the file system of this machine does not take it
        }
        assertThat(SafePath.of(path)).isEqualTo(path);
    }
}
