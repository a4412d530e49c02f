// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.apache.felix.service.command.Function;
import org.autoprov.shell.client.GogoQuote;
import org.junit.jupiter.api.Test;

class QuoteTest {

    private static final FakeShell SHELL = new FakeShell();
    private static final List<String> GOT = new ArrayList<>();

    static {
        Function keep = (session, arguments) -> {
            arguments.forEach(one -> GOT.add(String.valueOf(one)));
            return null;
        };
        SHELL.processor.addCommand("felix", keep, "keep");
    }

    @AfterContainer
    static void close() {
        SHELL.close();
    }

    @Provide
    Arbitrary<List<String>> hostile() {
        return Arbitraries.strings()
                .withChars(" \t\n'\"\\$|;&<>(){}[]=#/*?%~^!`,.-+@:ab1é日")
                .ofMaxLength(12)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Property(tries = 3000)
    void gogoReadsBackWhatWasQuoted(@ForAll("hostile") List<String> arguments) {
        assertThat(through(arguments)).isEqualTo(arguments);
    }

    @Property(tries = 300)
    void alsoAnyText(@ForAll List<@net.jqwik.api.constraints.CharRange(from = 1, to = '\ufffe') String> arguments) {
        assertThat(through(arguments)).isEqualTo(arguments);
    }

    @Test
    void readsASingleQuoteWithinDoubleOnes() {
        GOT.clear();
        SHELL.out("keep \"J. O'Neil\" 'a \"b\"' \"it's \\\"x\\\" '\" it\\'s");
        assertThat(GOT).containsExactly("J. O'Neil", "a \"b\"", "it's \"x\" '", "it's");
    }

    @Test
    void leavesPlainWordsAlone() {
        assertThat(GogoQuote.line(List.of("device", "00:11:22:33:44:55", "--state", "new", "a b", "it's", "")))
                .isEqualTo("device 00:11:22:33:44:55 --state new 'a b' 'it'\\''s' ''");
    }

    private static List<String> through(List<String> arguments) {
        GOT.clear();
        List<String> line = new ArrayList<>(List.of("keep"));
        line.addAll(arguments);
        SHELL.out(GogoQuote.line(line));
        return new ArrayList<>(GOT);
    }
}
