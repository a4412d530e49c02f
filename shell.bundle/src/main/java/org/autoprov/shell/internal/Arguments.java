// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The arguments of one call, checked against the command's forms. */
final class Arguments {

    private final Form form;
    private final Map<String, String> options = new HashMap<>();
    private final List<String> values = new ArrayList<>();

    private Arguments(Form form) {
        this.form = form;
    }

    /** @throws UsageException says what is wrong and how it is written */
    static Arguments read(String command, List<Form> forms, List<String> given) throws UsageException {
        Form form = select(command, forms, given);
        Arguments result = new Arguments(form);
        int next = form.verb() == null ? 0 : 1;
        boolean optionsEnded = false;
        while (next < given.size()) {
            String word = given.get(next++);
            if (optionsEnded || !word.startsWith("--")) {
                result.values.add(word);
            } else if (word.equals("--")) {
                optionsEnded = true;
            } else {
                next = result.option(command, word, given, next);
            }
        }
        result.check(command);
        return result;
    }

    private static Form select(String command, List<Form> forms, List<String> given) throws UsageException {
        Form plain = null;
        for (Form form : forms) {
            if (form.verb() == null) {
                plain = form;
            } else if (!given.isEmpty() && given.get(0).equals(form.verb())) {
                return form;
            }
        }
        if (plain == null) {
            String verbs = forms.stream().map(Form::verb).collect(Collectors.joining(" or "));
            throw new UsageException(
                    command + ": say " + verbs + (given.isEmpty() ? "" : ", not " + Text.safe(given.get(0)))
                            + "; `help " + command + "` shows how it is written");
        }
        return plain;
    }

    private int option(String command, String word, List<String> given, int next) throws UsageException {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Form.Option option = form.options().get(name);
        if (option == null) {
            throw wrong(command, "there is no option " + Text.safe(name));
        }
        if (option.kind() == null) {
            if (equals >= 0) {
                throw wrong(command, name + " takes no value");
            }
            options.put(name, "");
            return next;
        }
        if (equals < 0 && next >= given.size()) {
            throw wrong(command, name + " needs a value");
        }
        String value = equals >= 0 ? word.substring(equals + 1) : given.get(next);
        checkChoice(command, name, option.kind(), value);
        options.put(name, value);
        return equals >= 0 ? next : next + 1;
    }

    private void checkChoice(String command, String what, String kind, String value) throws UsageException {
        List<String> choices = Form.choices(kind);
        if (choices.stream().allMatch(Form::isLiteral) && !choices.contains(value)) {
            throw wrong(command, what + " is one of " + String.join(", ", choices) + ", not " + Text.safe(value));
        }
    }

    private void check(String command) throws UsageException {
        for (int i = 0; i < form.places().size(); i++) {
            Form.Place place = form.places().get(i);
            if (i < values.size()) {
                checkChoice(command, "argument " + (i + 1), place.kind(), values.get(i));
            } else if (place.required()) {
                throw wrong(command, place.kind() + " is missing");
            }
        }
        boolean open = form.places().stream().anyMatch(Form.Place::repeated);
        if (values.size() > form.places().size() && !open) {
            throw wrong(
                    command,
                    "one argument too many: "
                            + Text.safe(values.get(form.places().size())));
        }
        for (Form.Option option : form.options().values()) {
            if (option.required() && !options.containsKey(option.name())) {
                throw wrong(command, option.name() + " is missing");
            }
        }
    }

    private UsageException wrong(String command, String message) {
        String usage = (command + " " + form.text()).strip();
        String hint = usage.length() <= 60 ? "usage: " + usage : "`help " + command + "` shows how it is written";
        return new UsageException(command + ": " + message + "; " + hint);
    }

    /** The verb of the form that was used; empty text when it has none. */
    String verb() {
        return form.verb() == null ? "" : form.verb();
    }

    /** How many arguments there are, without verb and options. */
    int count() {
        return values.size();
    }

    /** The argument at this place, from 0; null when it is not there. */
    String get(int place) {
        return place < values.size() ? values.get(place) : null;
    }

    /** All arguments from this place on with blanks between, so that free text needs no quotes; null when none. */
    String rest(int place) {
        return place < values.size() ? String.join(" ", values.subList(place, values.size())) : null;
    }

    /** The option's value, empty text when it takes none; null when it was not given. */
    String option(String name) {
        return options.get(name);
    }

    boolean has(String name) {
        return options.containsKey(name);
    }

    /**
     * The option as a whole number.
     *
     * @param otherwise when it was not given
     * @throws UsageException when it is no number from {@code low} to {@code high}
     */
    int number(String name, int low, int high, int otherwise) throws UsageException {
        String value = options.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, with the range
        }
        throw new UsageException(name + " is a number from " + low + " to " + high + ", not " + Text.safe(value));
    }
}
