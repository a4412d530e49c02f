// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.template;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects what a template prints, up to the limit of a generated file. Kept per thread; not thread-safe. */
final class OutputBuffer extends Writer {

    /** Of a generated file, bytes. */
    static final int LIMIT = 16 << 20;

    private static final int KEPT_CHARS = 128 << 10;
    private static final ThreadLocal<OutputBuffer> OF_THREAD = ThreadLocal.withInitial(OutputBuffer::new);

    private char[] chars = new char[16 << 10];
    private int length;

    private OutputBuffer() {}

    /** This thread's buffer, empty. */
    static OutputBuffer take() {
        OutputBuffer buffer = OF_THREAD.get();
        buffer.length = 0;
        if (buffer.chars.length > KEPT_CHARS) {
            buffer.chars = new char[KEPT_CHARS];
        }
        return buffer;
    }

    @Override
    public void write(int c) throws IOException {
        reserve(1);
        chars[length++] = (char) c;
    }

    @Override
    public void write(char[] from, int offset, int count) throws IOException {
        reserve(count);
        System.arraycopy(from, offset, chars, length, count);
        length += count;
    }

    @Override
    public void write(String text, int offset, int count) throws IOException {
        reserve(count);
        text.getChars(offset, offset + count, chars, length);
        length += count;
    }

    private void reserve(int count) throws IOException {
        if (count > LIMIT - length) {
            throw tooLarge();
        }
        if (length + count > chars.length) {
            chars = Arrays.copyOf(chars, Math.min(LIMIT, Math.max(length + count, chars.length * 2)));
        }
    }

    /** In UTF-8; half a surrogate pair in the template's own text becomes a question mark. */
    byte[] toBytes() throws IOException {
        byte[] bytes = new String(chars, 0, length).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LIMIT) {
            throw tooLarge();
        }
        return bytes;
    }

    private static IOException tooLarge() {
        return new IOException("makes a file of more than 16 MiB");
    }

    @Override
    public void flush() {
        // nothing is behind it
    }

    @Override
    public void close() {
        // nothing is behind it
    }
}
