// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.service.Masking;

/**
 * What an administrator of a device may not see in its files: secrets, and who uses those of its positions that belong to
 * tenants which the administrator does not reach.
 */
final class DeviceSecrets {

    private static final Set<String> USER = Set.of("username", "auth_username", "display_name", "number");

    /** A number of one or two digits is everywhere in a file, and tells nobody who it is. */
    private static final int SHORTEST = 3;

    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Services services;
    private final Device device;
    private final Map<String, Object> parameters;
    private final List<Line> foreign;

    /** @param foreign the lines of other tenants */
    DeviceSecrets(Services services, Device device, List<Line> foreign) {
        this.services = services;
        this.device = device;
        this.parameters = services.devices().parameters(device.id()).orElse(Map.of());
        this.foreign = foreign;
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    /** @param shown the parameters that a file was made of */
    Masking masking(Map<String, Object> shown) {
        Set<String> texts = new TreeSet<>();
        services.tenants().get(device.tenant()).map(Tenant::provisioningKey).ifPresent(texts::add);
        for (Line line : foreign) {
            account(shown, line).forEach((name, value) -> {
                boolean telling =
                        name.endsWith("username") || String.valueOf(value).length() >= SHORTEST;
                if (USER.contains(name) && value != null && telling) {
                    texts.add(value.toString());
                }
            });
        }
        return Masking.of(shown, texts.toArray(String[]::new));
    }

    /** The parameters as they may be seen. */
    Object view() {
        Object view = masking(parameters).tree(parameters);
        if (view instanceof Map<?, ?> all && all.get("sip_lines") instanceof Map<?, ?> accounts) {
            Map<String, Object> shown = new LinkedHashMap<>();
            accounts.forEach((position, account) -> shown.put(String.valueOf(position), account));
            foreign.forEach(line -> shown.computeIfPresent(position(line), (position, account) -> Masking.MASK));
            Map<String, Object> copy = new LinkedHashMap<>();
            all.forEach((name, value) -> copy.put(String.valueOf(name), name.equals("sip_lines") ? shown : value));
            return copy;
        }
        return view;
    }

    /**
     * Changes that put something random of the same length into the place of each secret. What is masked afterwards is not
     * the secret: else a caller could try guesses as values of other parameters and see which of them come back masked.
     */
    Map<String, Object> decoys() {
        Map<String, Object> decoys = decoys(parameters, false);
        for (Line line : foreign) {
            Map<String, Object> hidden = new LinkedHashMap<>();
            account(parameters, line).forEach((name, value) -> {
                if (USER.contains(name) && value instanceof String text) {
                    hidden.put(name, random(text));
                }
            });
            Map<String, Object> account = new LinkedHashMap<>(account(decoys, line));
            account.putAll(hidden);
            Map<String, Object> accounts = new LinkedHashMap<>(object(decoys.get("sip_lines")));
            accounts.put(position(line), account);
            decoys.put("sip_lines", accounts);
        }
        return decoys;
    }

    private static Map<String, Object> decoys(Map<String, Object> values, boolean secret) {
        Map<String, Object> decoys = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            boolean hide = secret || Masking.isSecret(name);
            if (value instanceof Map<?, ?>) {
                Map<String, Object> below = decoys(object(value), hide);
                if (!below.isEmpty()) {
                    decoys.put(name, below);
                }
            } else if (hide && value instanceof List<?> list) {
                List<Object> random = new ArrayList<>();
                list.forEach(one -> random.add(one == null ? null : random(one)));
                decoys.put(name, random);
            } else if (hide && value != null) {
                decoys.put(name, random(value));
            }
        });
        return decoys;
    }

    /** One merge patch after another as one: what it says of a key is what the later says. */
    static Map<String, Object> overlay(Map<String, Object> first, Map<String, Object> then) {
        Map<String, Object> both = new LinkedHashMap<>(first);
        then.forEach((name, value) -> both.put(
                name,
                value instanceof Map<?, ?> && first.get(name) instanceof Map<?, ?>
                        ? overlay(object(first.get(name)), object(value))
                        : value));
        return both;
    }

    private static Object random(Object value) {
        if (value instanceof Long number) {
            String digits = random(Long.toString(number));
            return Long.parseLong(digits.substring(0, Math.min(digits.length(), 18))); // more may be too large
        }
        return value instanceof String text ? random(text) : value;
    }

    /** Digits stay digits and letters letters, so that whatever was valid is. */
    private static String random(String text) {
        StringBuilder random = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                random.append((char) ('1' + RANDOM.nextInt(9)));
            } else if (Character.isLetter(c)) {
                random.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
            } else {
                random.append(c);
            }
        }
        return random.toString();
    }

    private static Map<String, Object> account(Map<String, Object> parameters, Line line) {
        return object(object(parameters.get("sip_lines")).get(position(line)));
    }

    private static String position(Line line) {
        return Integer.toString(line.position());
    }

    private static Map<String, Object> object(Object value) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> object.put(String.valueOf(name), inner));
        }
        return object;
    }
}
