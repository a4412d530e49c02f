// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.autoprov.admin.Json;

/**
 * Which documents somebody wants, in the selector language of API 0.2: an object whose entries must all match. A key is
 * a field or a dotted path; its value is what must be equal, or an object of operators. Immutable; says of every
 * document whether it matches, never fails.
 */
public final class Selector {

    /** Matches everything. */
    public static final Selector ALL = new Selector(List.of());

    /** More conditions than this are refused; an {@code $in} counts as one, however long. */
    static final int MAX_CONDITIONS = 1000;

    private final List<Condition> conditions;

    private record Condition(String key, KeyPath path, Operator operator) {}

    private Selector(List<Condition> conditions) {
        this.conditions = List.copyOf(conditions);
    }

    /**
     * Reads a selector.
     *
     * @throws QueryException when the text is no JSON object, or as for {@link #of}
     */
    public static Selector parse(String json) throws QueryException {
        try {
            return of("the selector", Json.readLenient(json));
        } catch (Json.TooDeepException e) {
            throw new QueryException("the selector is " + e.getMessage());
        } catch (Json.InvalidJsonException e) {
            throw new QueryException("the selector is not JSON");
        }
    }

    /** @param name what the JSON value is called in messages */
    static Selector of(String name, Object json) throws QueryException {
        if (!(json instanceof Map<?, ?> map)) {
            throw new QueryException(name + " must be a JSON object");
        }
        return of(map);
    }

    /**
     * The selector that a JSON object spells. The object may change afterwards.
     *
     * @throws QueryException for an unknown operator or an operand of the wrong type, an object nested deeper than 64,
     *     or more than 1000 conditions
     */
    public static Selector of(Map<?, ?> object) throws QueryException {
        if (!(Values.freeze(object) instanceof Map<?, ?> frozen)) {
            throw new IllegalStateException("a map stays a map");
        }
        List<Condition> conditions = new ArrayList<>();
        for (Map.Entry<?, ?> entry : frozen.entrySet()) {
            String key = String.valueOf(entry.getKey());
            KeyPath path = new KeyPath(key);
            for (Operator operator : operators(entry.getValue())) {
                conditions.add(new Condition(key, path, operator));
            }
            if (conditions.size() > MAX_CONDITIONS) {
                throw new QueryException("a selector has at most " + MAX_CONDITIONS + " conditions");
            }
        }
        return new Selector(conditions);
    }

    private static List<Operator> operators(Object value) throws QueryException {
        if (!(value instanceof Map<?, ?> map)
                || map.keySet().stream().noneMatch(key -> key.toString().startsWith("$"))) {
            return List.of(Operator.equality(value));
        }
        List<Operator> operators = new ArrayList<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            operators.add(Operator.of(entry.getKey().toString(), entry.getValue()));
        }
        return operators;
    }

    /** This selector with whatever it asks of exactly this key left out; for keys that the server decides. */
    public Selector without(String key) {
        return new Selector(conditions.stream()
                .filter(condition -> !condition.key().equals(key))
                .toList());
    }

    /** @param document JSON as maps, lists, text, numbers, booleans and null, of any depth */
    public boolean matches(Map<String, Object> document) {
        for (Condition condition : conditions) {
            if (!condition.operator().matches(condition.path(), document)) {
                return false;
            }
        }
        return true;
    }
}
