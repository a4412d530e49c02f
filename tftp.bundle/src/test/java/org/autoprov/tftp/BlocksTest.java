// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** Blocks as a window sends them: forward, and back to its start now and then. */
final class BlocksTest {

    private static byte[] read(byte[] content, boolean netascii, int size, int window, Random random)
            throws IOException {
        Blocks blocks = new Blocks(Source.of(content), new Terms(netascii, size, window, 0, Map.of()), () -> {});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(size);
        long base = 1;
        while (true) {
            int count = 0;
            int sent = 1 + random.nextInt(window);
            ByteArrayOutputStream taken = new ByteArrayOutputStream();
            for (int i = 0; i < sent && (i == 0 || count == size); i++) {
                count = blocks.put(base + i, buffer.clear());
                assertThat(buffer.position()).isEqualTo(count);
                if (i == 0 || random.nextBoolean()) {
                    taken.write(buffer.array(), 0, count);
                } else {
                    sent = i; // the rest of the window is lost
                    count = size;
                }
            }
            out.write(taken.toByteArray());
            if (count < size) {
                return out.toByteArray();
            }
            base += taken.size() / size;
        }
    }

    @Property
    void cutsAnyLength(
            @ForAll @IntRange(max = 300) int length,
            @ForAll @IntRange(min = 8, max = 64) int size,
            @ForAll @IntRange(min = 1, max = 9) int window,
            @ForAll Random random)
            throws IOException {
        byte[] content = LiveServer.bytes(length);
        assertThat(read(content, false, size, window, random)).isEqualTo(content);
    }

    @Property
    void writesNetasciiThatReadsBack(
            @ForAll @Chars({'a', '\r', '\n', '\0'}) @StringLength(max = 200) String text,
            @ForAll @IntRange(min = 8, max = 30) int size,
            @ForAll @IntRange(min = 1, max = 5) int window,
            @ForAll Random random)
            throws IOException {
        byte[] content = text.getBytes(StandardCharsets.US_ASCII);
        byte[] sent = read(content, true, size, window, random);
        String expected = text.replace("\r", "\1").replace("\n", "\r\n").replace("\1", "\r\0");
        assertThat(new String(sent, StandardCharsets.US_ASCII)).isEqualTo(expected);

        NetAscii reader = new NetAscii();
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        for (int at = 0; at < sent.length; at += size) {
            back.write(reader.decode(java.util.Arrays.copyOfRange(sent, at, Math.min(sent.length, at + size))));
        }
        back.write(reader.end());
        assertThat(back.toByteArray()).isEqualTo(content);
    }
}
