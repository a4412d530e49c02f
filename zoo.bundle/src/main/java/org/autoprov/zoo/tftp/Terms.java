// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.tftp;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What phone and server agreed on.
 *
 * @param blockSize bytes in each block but the last
 * @param windowSize packets between two acknowledgements
 * @param transferSize what the server says the file has; absent: it did not
 * @param timeoutSeconds after which packets are sent again; absent: nothing was agreed
 */
record Terms(int blockSize, int windowSize, OptionalLong transferSize, OptionalInt timeoutSeconds) {

    static final String BLOCK_SIZE = "blksize";
    static final String TRANSFER_SIZE = "tsize";
    static final String TIMEOUT = "timeout";
    static final String WINDOW_SIZE = "windowsize";

    /** What holds when the server knows no options. */
    static final Terms PLAIN = new Terms(512, 1, OptionalLong.empty(), OptionalInt.empty());

    private static final int LEAST_BLOCK_SIZE = 8;

    /**
     * Holds an OACK against what was asked.
     *
     * @param oack what the server acknowledges
     * @param asked the options of the request
     * @param defects grows by what the server did wrong though a phone can go on
     * @return the terms
     * @throws Packet.Malformed when a phone cannot go on
     */
    static Terms of(Packet.OptionAck oack, Map<String, String> asked, Collection<String> defects)
            throws Packet.Malformed {
        Terms terms = PLAIN;
        Set<String> seen = new HashSet<>();
        if (oack.texts().isEmpty()) {
            defects.add("an OACK without any option");
        }
        for (int i = 0; i < oack.texts().size(); i += 2) {
            String option = oack.texts().get(i).toLowerCase(Locale.ROOT);
            String value = oack.texts().get(i + 1);
            if (!asked.containsKey(option)) {
                defects.add("an OACK with " + option + ", which was not asked for");
            } else if (!seen.add(option)) {
                defects.add("an OACK with " + option + " twice");
            } else {
                terms = terms.with(option, value, asked.get(option), defects);
            }
        }
        return terms;
    }

    private Terms with(String option, String value, String asked, Collection<String> defects) throws Packet.Malformed {
        if (!value.matches("[0-9]{1,18}")) {
            throw new Packet.Malformed(Packet.Failure.BAD_OPTION, "an OACK whose " + option + " is not a number");
        }
        long number = Long.parseLong(value);
        long wanted = Long.parseLong(asked);
        switch (option) {
            case BLOCK_SIZE -> {
                limit(option, number, LEAST_BLOCK_SIZE, wanted);
                return new Terms((int) number, windowSize, transferSize, timeoutSeconds);
            }
            case WINDOW_SIZE -> {
                limit(option, number, 1, wanted);
                return new Terms(blockSize, (int) number, transferSize, timeoutSeconds);
            }
            case TIMEOUT -> {
                if (number != wanted) { // RFC 2349: the value must match
                    defects.add("an OACK with timeout " + number + " instead of " + wanted);
                }
                return new Terms(blockSize, windowSize, transferSize, OptionalInt.of((int) wanted));
            }
            default -> {
                return new Terms(blockSize, windowSize, OptionalLong.of(number), timeoutSeconds);
            }
        }
    }

    private static void limit(String option, long number, long least, long most) throws Packet.Malformed {
        if (number < least || number > most) {
            throw new Packet.Malformed(
                    Packet.Failure.BAD_OPTION,
                    "an OACK with " + option + " " + number + ", not from " + least + " to " + most);
        }
    }
}
