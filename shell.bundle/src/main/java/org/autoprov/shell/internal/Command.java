// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;

/**
 * One command of the scope {@code autoprov}.
 *
 * <p>It is a Gogo {@link Function}, not a method found by name, because Gogo tries to read each argument of a method as
 * a number first: a provisioning code {@code 012345} or a MAC address {@code 001122334455} would lose its zeros.
 */
final class Command implements Function {

    /** What it does. */
    interface Body {
        void run(Arguments arguments, Screen screen) throws Exception;
    }

    private final String name;
    private final String summary;
    private final List<Form> forms;
    private final String details;
    private final Body body;

    /**
     * @param summary one line for the list
     * @param usage its forms, one a line, without the name; see {@link Form}
     * @param details further lines for its own help; may be empty
     */
    Command(String name, String summary, String usage, String details, Body body) {
        this.name = name;
        this.summary = summary;
        this.forms = usage.isEmpty()
                ? List.of(new Form(""))
                : usage.lines().map(Form::new).toList();
        this.details = details;
        this.body = body;
    }

    String name() {
        return name;
    }

    String summary() {
        return summary;
    }

    List<Form> forms() {
        return forms;
    }

    /** Usage, summary and details, a line each. */
    Stream<String> help() {
        Stream<String> usages = forms.stream().map(f -> "  " + (name + " " + f.text()).strip());
        return Stream.of(Stream.of(summary), usages, details.lines()).flatMap(s -> s);
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) throws Exception {
        List<String> words = new ArrayList<>();
        for (Object argument : arguments) {
            words.add(String.valueOf(argument));
        }
        try (Screen screen = Screen.of(session)) {
            if (words.size() == 1 && words.get(0).equals("--help")) {
                help().forEach(screen::plain);
            } else {
                body.run(Arguments.read(name, forms, words), screen);
            }
        }
        return null;
    }
}
