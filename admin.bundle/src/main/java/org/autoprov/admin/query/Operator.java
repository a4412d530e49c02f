// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** What a selector asks of the values at a key. */
record Operator(Predicate<Object> test, boolean wanted) {

    /** Whether a document passes: some value does, or with {@link #wanted} false, none does. */
    boolean matches(KeyPath path, Map<String, Object> document) {
        return path.some(document, test) == wanted;
    }

    static Operator equality(Object operand) {
        return new Operator(value -> Values.equal(operand, value), true);
    }

    /**
     * @param name with its dollar sign
     * @param operand frozen
     * @throws QueryException for an unknown name, or an operand of the wrong type
     */
    static Operator of(String name, Object operand) throws QueryException {
        return switch (name) {
            case "$in" -> new Operator(oneOf(name, operand), true);
            case "$nin" -> new Operator(oneOf(name, operand), false);
            case "$contains" -> new Operator(value -> contains(value, operand), true);
            case "$gt" -> order(operand, sign -> sign > 0);
            case "$ge" -> order(operand, sign -> sign >= 0);
            case "$lt" -> order(operand, sign -> sign < 0);
            case "$le" -> order(operand, sign -> sign <= 0);
            case "$ne" -> new Operator(value -> Values.equal(operand, value), false);
            case "$exists" -> {
                if (!(operand instanceof Boolean wanted)) {
                    throw new QueryException("the operand of $exists must be true or false");
                }
                yield new Operator(value -> true, wanted);
            }
            default ->
                throw new QueryException(
                        "a selector has an unknown operator; known are $in, $nin, $contains, $gt, $ge, $lt, $le, $ne"
                                + " and $exists");
        };
    }

    private static Operator order(Object operand, IntPredicate sign) {
        return new Operator(
                value -> Values.compare(value, operand).filter(sign::test).isPresent(), true);
    }

    /** Scalars are looked up: a client may list thousands of ids. */
    private static Predicate<Object> oneOf(String name, Object operand) throws QueryException {
        if (!(operand instanceof List<?> list)) {
            throw new QueryException("the operand of " + name + " must be an array");
        }
        Set<Object> scalars = new HashSet<>();
        List<Object> others = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> || item instanceof List<?>)) {
                scalars.add(item);
            } else {
                others.add(item);
            }
        }
        return value -> value instanceof Map<?, ?> || value instanceof List<?>
                ? others.stream().anyMatch(item -> Values.equal(item, value))
                : scalars.contains(Values.scalar(value));
    }

    private static boolean contains(Object value, Object operand) {
        if (value instanceof List<?> list) {
            for (Object item : list) {
                if (Values.equal(operand, item)) {
                    return true;
                }
            }
            return false;
        }
        if (value instanceof Map<?, ?> map) {
            return operand instanceof String key && map.containsKey(key);
        }
        return value instanceof String text && operand instanceof String part && text.contains(part);
    }
}
