// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ReferenceTest {

    @Property
    void anyFileComesBackByteForByte(@ForAll("files") String reference, @ForAll("files") String file) {
        Reference packer = new Reference(bytes(reference));
        assertThat(packer.pack(bytes(file)).unpack()).isEqualTo(bytes(file));
        assertThat(packer.self().unpack()).isEqualTo(bytes(reference));
    }

    @Property(tries = 200)
    void anyBytesComeBack(@ForAll byte[] reference, @ForAll byte[] file) {
        assertThat(new Reference(reference).pack(file).unpack()).isEqualTo(file);
    }

    /** Files of few different lines, so that lines are shared, doubled and swapped. */
    @Provide
    Arbitrary<String> files() {
        return Arbitraries.of("", "a", "line one", "line two", "password=x", "\r", "ü")
                .list()
                .ofMaxSize(30)
                .flatMap(lines -> Arbitraries.of("\n", "").map(end -> String.join("\n", lines) + end));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Example
    void similarFilesAreSmall() {
        String common = IntStream.range(0, 300)
                .mapToObj(i -> "parameter." + i + "=value " + i)
                .collect(Collectors.joining("\n"));
        Reference reference = new Reference(bytes("mac=1\n" + common + "\npassword=one\n"));
        byte[] other = bytes("mac=2\n" + common + "\npassword=two\n");
        assertThat(other.length).isGreaterThan(5000);
        assertThat(reference.pack(other).weight()).isLessThan(250);
        assertThat(reference.pack(other).unpack()).isEqualTo(other);
        assertThat(reference.self().weight()).isLessThan(100);
    }

    @Example
    void differentFilesCostWhatTheyAre() {
        Reference reference = new Reference(bytes("one\n".repeat(100)));
        byte[] other = bytes("two\n".repeat(100));
        assertThat(reference.pack(other).weight()).isBetween(400, 500);
    }
}
