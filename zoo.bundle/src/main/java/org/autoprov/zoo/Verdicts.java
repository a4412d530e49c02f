// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import java.io.PrintStream;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells how the server bore each deed, and in the end whether it bore all. For one thread. */
final class Verdicts {

    private static final Pattern INSIDES =
            Pattern.compile("\\sat [a-z]+\\.[\\w.$]+\\(|Exception|root:x?:|\\.java:[0-9]+|java\\.lang\\.");

    private final PrintStream out;
    private boolean sane = true;

    Verdicts(PrintStream out) {
        this.out = out;
    }

    /** {@code wrong}: what the server did wrong; {@code start}: nano time of the beginning, 0 for none. */
    void tell(String name, Optional<String> wrong, long start) {
        sane &= wrong.isEmpty();
        out.println((wrong.isEmpty() ? "ok      " : "FAILED  ")
                + name
                + wrong.map(text -> ": " + text).orElse("")
                + (start == 0 ? "" : "  " + Report.time((System.nanoTime() - start) / 1e6)));
    }

    /** The last line; false when the server failed at something. */
    boolean conclude() {
        out.println(sane ? "the server bears it all" : "the server does not bear it all");
        return sane;
    }

    /** What is wrong with an answer that shows stack traces or system files. */
    static Optional<String> insides(String answer) {
        return INSIDES.matcher(answer).find() ? Optional.of("the answer shows the server's insides") : Optional.empty();
    }
}
