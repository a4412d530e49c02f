// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.autoprov.core.device.MacAddress;
import org.autoprov.zoo.family.Family;
import org.autoprov.zoo.family.Field;
import org.autoprov.zoo.family.Model;
import org.autoprov.zoo.family.Profile;
import org.autoprov.zoo.family.Transport;

/**
 * A phone: it boots as its profile says, reads what it gets in its vendor's format, and remembers settings
 * and provisioning URL from one boot to the next as a real one does. For one thread.
 */
public final class SimulatedPhone {

    private static final int MAX_RESTARTS = 3;

    private final Family family;
    private final Model model;
    private final Profile profile;
    private final MacAddress mac;
    private final Surroundings surroundings;
    private final Map<String, String> memory = new LinkedHashMap<>();
    private Origins origins;
    private Transport usual;

    /**
     * @param family its family
     * @param model one of that family's models
     * @param mac its address
     * @param origins where it was told to ask
     * @param surroundings what is around it
     */
    public SimulatedPhone(Family family, Model model, MacAddress mac, Origins origins, Surroundings surroundings) {
        this.family = family;
        this.model = model;
        this.profile = family.profile(model);
        this.mac = mac;
        this.origins = origins;
        this.usual = surroundings.over().orElse(profile.transport());
        this.surroundings = surroundings;
    }

    /** Its address. */
    public MacAddress mac() {
        return mac;
    }

    /**
     * Boots it, or boots it again.
     *
     * @param listener is told of each request when it is over
     * @return what it led to; a failure is a result, not an exception
     * @throws InterruptedException when the thread was interrupted in a pause
     */
    public BootResult boot(Consumer<Exchange> listener) throws InterruptedException {
        long start = System.nanoTime();
        List<Exchange> exchanges = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Optional<String> failure = Optional.empty();
        Optional<String> newUrl = Optional.empty();
        Map<String, String> settings = new LinkedHashMap<>();
        for (int round = 0; round <= MAX_RESTARTS; round++) {
            // Where the first file wins, files are read anew at each boot; else they overwrite the phone's memory.
            settings = profile.lastWins() ? new LinkedHashMap<>(memory) : new LinkedHashMap<>();
            try (Network network = new Network(surroundings, profile.tftp())) {
                Boot boot = new Boot(
                        family,
                        model,
                        model.placeholders(mac),
                        origins,
                        usual,
                        settings,
                        surroundings,
                        network,
                        listener);
                failure = boot.run();
                exchanges.addAll(boot.exchanges());
                warnings.addAll(boot.warnings());
            }
            if (failure.isPresent()) {
                break;
            }
            memory.putAll(settings);
            newUrl = first(profile.provisioningUrl(), settings);
            if (!remember(newUrl, warnings) || !profile.restartOnNewUrl()) {
                break;
            }
            if (round == MAX_RESTARTS) {
                failure = Optional.of("the provisioning URL changes at each boot");
            }
        }
        AccountReader accounts = new AccountReader(profile, model, settings);
        warnings.addAll(accounts.problems());
        if (failure.isEmpty() && accounts.accounts().isEmpty()) {
            failure = Optional.of(why(exchanges, warnings));
        }
        return new BootResult(
                List.copyOf(exchanges),
                failure.isEmpty() ? List.copyOf(accounts.accounts()) : List.of(),
                failure,
                List.copyOf(warnings),
                first(profile.firmware(), settings),
                newUrl,
                Requests.millis(start));
    }

    private static String why(List<Exchange> exchanges, List<String> warnings) {
        if (!warnings.isEmpty()) {
            return "no usable account: " + String.join("; ", warnings);
        }
        List<String> missing = exchanges.stream()
                .filter(exchange -> exchange.status() >= 400)
                .map(exchange -> exchange.path() + " " + exchange.outcome())
                .toList();
        return "no account in what it got" + (missing.isEmpty() ? "" : " (" + String.join(", ", missing) + ")");
    }

    private static Optional<String> first(List<Field> places, Map<String, String> settings) {
        return places.stream()
                .map(place -> place.read(settings, 1))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Takes a new URL over for the next boot, and the way it says. True when it is another one than before. */
    private boolean remember(Optional<String> url, List<String> warnings) {
        if (url.isEmpty()) {
            return false;
        }
        Optional<Target> target = Target.of(url.get());
        if (target.isEmpty()) {
            warnings.add("the new provisioning URL is unusable");
            return false;
        }
        boolean changed = !folder(target.get()).equals(folder(origins.over(usual)));
        origins = origins.with(target.get());
        usual = target.get().protocol().transport();
        return changed;
    }

    private static String folder(Target target) {
        String text = target.toString();
        return text.endsWith("/") ? text : text + "/";
    }
}
