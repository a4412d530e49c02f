// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autoprov.zoo.family.AccountRule;
import org.autoprov.zoo.family.Field;
import org.autoprov.zoo.family.Model;
import org.autoprov.zoo.family.Profile;

/** Finds the accounts among a phone's settings. */
final class AccountReader {

    private final Map<String, String> settings;
    private final List<Account> accounts = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    AccountReader(Profile profile, Model model, Map<String, String> settings) {
        this.settings = settings;
        for (AccountRule rule : profile.accounts()) {
            for (int number = rule.first(); number <= rule.last(model); number++) {
                read(rule, number);
            }
        }
    }

    /** The complete ones that are on. */
    List<Account> accounts() {
        return accounts;
    }

    /** What keeps others from being used. */
    List<String> problems() {
        return problems;
    }

    private void read(AccountRule rule, int number) {
        boolean on = rule.enabled().isEmpty()
                || first(rule.enabled(), number).filter(rule.on()::contains).isPresent();
        if (!on) {
            return;
        }
        Map<String, String> parts = new HashMap<>();
        rule.parts().forEach((part, places) -> first(places, number).ifPresent(value -> parts.put(part, value)));
        boolean stated = rule.enabled().stream()
                .anyMatch(field -> field.stated(settings, number).isPresent());
        if (!stated && !parts.containsKey("user")) {
            return; // an account that nobody spoke of
        }
        for (String part : rule.required()) {
            if (!parts.containsKey(part)) {
                problems.add("account " + number + " has no " + part);
                return;
            }
        }
        String transport = parts.getOrDefault("transport", "udp");
        String user = parts.getOrDefault("user", "");
        accounts.add(new Account(
                number,
                user,
                parts.getOrDefault("authUser", user),
                parts.getOrDefault("password", ""),
                parts.getOrDefault("server", ""),
                parts.getOrDefault("port", transport.equals("tls") ? "5061" : "5060"),
                transport,
                parts.getOrDefault("name", "")));
    }

    private Optional<String> first(List<Field> places, int number) {
        return places.stream()
                .map(place -> place.read(settings, number))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
