// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.format;

import java.util.List;

/** How the bytes of a file become settings. Safe for use by many threads; throws nothing but the one exception. */
public sealed interface FileSyntax permits LineSyntax, XmlSyntax, NoSyntax {

    /**
     * Reads a whole file.
     *
     * @param file the bytes as they came from the server
     * @return the settings in the order of the file
     * @throws FormatException when the phone would drop the file
     */
    List<Entry> parse(byte[] file) throws FormatException;
}
