// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.format;

import java.util.List;

/** Any bytes, no settings: a firmware, a trust list, a ring tone. */
public record NoSyntax() implements FileSyntax {

    @Override
    public List<Entry> parse(byte[] file) {
        return List.of();
    }
}
