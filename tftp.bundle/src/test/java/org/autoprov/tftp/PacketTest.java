// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PacketTest {

    /** In the tables, {@code ~} stands for NUL and {@code ^n} for the octet n. */
    private static ByteBuffer datagram(String text) {
        String raw = text.replace('~', '\0');
        for (int i = 0; i < 10; i++) {
            raw = raw.replace("^" + i, String.valueOf((char) i));
        }
        return ByteBuffer.wrap(raw.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "~",
                "^0^0",
                "~^7",
                "^1^1x~octet~",
                "~^1",
                "~^1x",
                "~^1x~",
                "~^1x~octet",
                "~^1x~octet~a",
                "~^1x~octet~a~",
                "~^1x~octet~a~1",
                "~^1x~octet~a~1~b~",
                "~^1x~octet~~",
                "~^1x~octet~a~1~A~1~",
                "~^2x~octet",
                "~^3",
                "~^3~",
                "~^4~",
                "~^5~",
                "~^6a",
                "~^6a~"
            })
    void makesNothingOfMalformedOnes(String text) {
        assertThat(Packet.parse(datagram(text))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "~^1a/b~OCTET~             | Request[write=false, file=a/b, mode=octet, options={}]",
                "~^1~~                     | Request[write=false, file=, mode=, options={}]",
                "~^2x~netascii~BlkSize~8~t~~ | Request[write=true, file=x, mode=netascii, options={blksize=8, t=}]",
                "~^4~^9                    | Ack[block=9]",
                "~^4~^9tail                | Ack[block=9]",
                "~^5~^1gone~               | Failure[code=1, message=gone]",
                "~^5~^1gone                | Failure[code=1, message=gone]",
                "~^5~^1                    | Failure[code=1, message=]",
                "~^6                       | OptionAck[options={}]",
                "~^6a~1~                   | OptionAck[options={a=1}]"
            })
    void readsEachKind(String text, String expected) {
        assertThat(Packet.parse(datagram(text.strip()))).hasToString(expected);
    }

    @Test
    void readsDataAsView() {
        Packet.Data data = (Packet.Data) Packet.parse(datagram("~^3^1^2abc"));
        assertThat(data.block()).isEqualTo(0x0102);
        assertThat(StandardCharsets.US_ASCII.decode(data.bytes()).toString()).isEqualTo("abc");
    }

    @Test
    void losesNoOctetOfNames() {
        Packet.Request utf8 = (Packet.Request) Packet.parse(datagram("~^1\u00c3\u00a4~octet~"));
        Packet.Request latin = (Packet.Request) Packet.parse(datagram("~^1\u00e4~octet~"));
        assertThat(utf8.file()).isEqualTo("\u00e4");
        assertThat(latin.file()).isEqualTo("\u00e4");
    }

    @Test
    void ignoresRequestsOfUnheardOfLength() {
        assertThat(Packet.parse(datagram("~^1" + "x".repeat(1_480) + "~octet~")))
                .isNotNull();
        assertThat(Packet.parse(datagram("~^1" + "x".repeat(1_600) + "~octet~")))
                .isNull();
    }

    @Property(tries = 200_000)
    void neverThrows(@ForAll @Size(max = 60) byte[] bytes, @ForAll @IntRange(max = 9) int operation) {
        Packet.parse(ByteBuffer.wrap(bytes));
        if (bytes.length > 1) {
            bytes[0] = 0;
            bytes[1] = (byte) operation;
            Packet.parse(ByteBuffer.wrap(bytes));
            for (int i = 2; i < bytes.length; i += 3) {
                bytes[i] = 0;
            }
            Packet.parse(ByteBuffer.wrap(bytes));
        }
    }

    @Property(tries = 300)
    void readsWhatItWrites(
            @ForAll @IntRange(max = 65_535) int block,
            @ForAll @IntRange(max = 8) int code,
            @ForAll @AlphaChars @StringLength(max = 30) String text,
            @ForAll @NumericChars @StringLength(max = 9) String value) {
        ByteBuffer buffer = ByteBuffer.allocate(600);
        assertThat(Packet.parse(Packet.ack(buffer, block))).isEqualTo(new Packet.Ack(block));
        assertThat(Packet.parse(Packet.error(buffer, code, text))).isEqualTo(new Packet.Failure(code, text));
        Map<String, String> options = new LinkedHashMap<>(Map.of("blksize", value));
        assertThat(Packet.parse(Packet.optionAck(buffer, options))).isEqualTo(new Packet.OptionAck(options));
        Packet.dataHeader(buffer, block)
                .put(text.getBytes(StandardCharsets.US_ASCII))
                .flip();
        assertThat(((Packet.Data) Packet.parse(buffer)).block()).isEqualTo(block);
    }
}
