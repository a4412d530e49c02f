// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.tftp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a phone asks for with each TFTP request. Without any option it is a plain request of RFC 1350.
 *
 * @param mode {@code octet} or {@code netascii}
 * @param blockSize bytes, 8 to 65464; absent: not asked for, blocks have 512
 * @param windowSize packets, 1 to 65535 (RFC 7440); absent: not asked for
 * @param transferSize whether the phone asks for the file's size
 * @param timeoutSeconds 1 to 255; absent: not asked for
 */
public record Wishes(
        String mode, OptionalInt blockSize, OptionalInt windowSize, boolean transferSize, OptionalInt timeoutSeconds) {

    /** A phone that knows no options. */
    public static final Wishes PLAIN =
            new Wishes("octet", OptionalInt.empty(), OptionalInt.empty(), false, OptionalInt.empty());

    boolean netAscii() {
        return mode.equals("netascii");
    }

    /** The options of a request; {@code size} is the size of a file to send, 0 when one is fetched. */
    Map<String, String> options(long size) {
        Map<String, String> options = new LinkedHashMap<>();
        blockSize.ifPresent(bytes -> options.put(Terms.BLOCK_SIZE, Integer.toString(bytes)));
        if (transferSize) {
            options.put(Terms.TRANSFER_SIZE, Long.toString(size));
        }
        timeoutSeconds.ifPresent(seconds -> options.put(Terms.TIMEOUT, Integer.toString(seconds)));
        windowSize.ifPresent(packets -> options.put(Terms.WINDOW_SIZE, Integer.toString(packets)));
        return options;
    }
}
