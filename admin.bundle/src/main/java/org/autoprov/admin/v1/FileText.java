// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;
import org.autoprov.core.request.FileContent;
import org.autoprov.core.service.Masking;

/** A file of a device, for people's eyes. */
final class FileText {

    private static final long LARGEST = 8 << 20;

    private FileText() {}

    /** @throws Problem TOO_LARGE, UNAVAILABLE */
    static byte[] read(FileContent content) throws Problem {
        if (content.length() > LARGEST) {
            throw new Problem(
                    Problem.Type.INVALID,
                    "the file has " + content.length() + " bytes; a preview has at most " + LARGEST);
        }
        if (content.bytes() != null) {
            return content.bytes();
        }
        try {
            return Files.readAllBytes(content.path());
        } catch (IOException e) {
            throw new Problem(Problem.Type.UNAVAILABLE, "the file cannot be read");
        }
    }

    /** The file with its secrets replaced, in the same encoding. @throws Problem INVALID for what is no text */
    static byte[] masked(FileContent content, Masking masking) throws Problem {
        byte[] bytes = read(content);
        Charset charset = charset(content.contentType());
        String text;
        try {
            text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            charset = StandardCharsets.ISO_8859_1;
            text = new String(bytes, charset);
        }
        if (text.indexOf('\0') >= 0) {
            throw new Problem(
                    Problem.Type.INVALID, "the file is binary, secrets in it cannot be masked; it takes secrets=true");
        }
        return masking.mask(text).getBytes(charset);
    }

    private static Charset charset(String contentType) {
        int at = contentType.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (at >= 0) {
            String name = contentType.substring(at + 8).split(";", 2)[0].replace("\"", "");
            try {
                return Charset.forName(name.strip());
            } catch (IllegalArgumentException e) {
                return StandardCharsets.UTF_8; // an unknown name says nothing
            }
        }
        return StandardCharsets.UTF_8;
    }
}
