// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A JSON object that knows where it is, so that an error can say so. */
record Json(String where, JsonObject object) {

    /** Reads one element of a list or one member of an object. */
    interface Reader<T> {
        T read(String where, JsonElement element) throws FamilyException;
    }

    static Json of(String where, JsonElement element) throws FamilyException {
        if (!element.isJsonObject()) {
            throw new FamilyException(where + " is not an object");
        }
        return new Json(where, element.getAsJsonObject());
    }

    static String text(String where, JsonElement element) throws FamilyException {
        if (!(element instanceof JsonPrimitive primitive)
                || !primitive.isString()
                || primitive.getAsString().isEmpty()) {
            throw new FamilyException(where + " is not a text");
        }
        return primitive.getAsString();
    }

    void only(String... keys) throws FamilyException {
        Set<String> known = Set.of(keys);
        for (String key : object.keySet()) {
            if (!known.contains(key)) {
                throw new FamilyException(where + " has an unknown key: " + key);
            }
        }
    }

    boolean has(String key) {
        return object.has(key);
    }

    String at(String key) {
        return where.isEmpty() ? key : where + "." + key;
    }

    JsonElement get(String key) throws FamilyException {
        JsonElement element = object.get(key);
        if (element == null) {
            throw new FamilyException(at(key) + " is missing");
        }
        return element;
    }

    String text(String key) throws FamilyException {
        return text(at(key), get(key));
    }

    Optional<String> maybe(String key) throws FamilyException {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    String text(String key, String absent) throws FamilyException {
        return has(key) ? text(key) : absent;
    }

    boolean flag(String key) throws FamilyException {
        if (!has(key)) {
            return false;
        }
        if (!(get(key) instanceof JsonPrimitive primitive) || !primitive.isBoolean()) {
            throw new FamilyException(at(key) + " is neither true nor false");
        }
        return primitive.getAsBoolean();
    }

    double number(String key, double absent, double least, double most) throws FamilyException {
        if (!has(key)) {
            return absent;
        }
        if (get(key) instanceof JsonPrimitive primitive
                && primitive.isNumber()
                && primitive.getAsDouble() >= least
                && primitive.getAsDouble() <= most) {
            return primitive.getAsDouble();
        }
        throw new FamilyException(at(key) + " is not a number from " + plain(least) + " to " + plain(most));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** One of several words. */
    String word(String key, String absent, String... words) throws FamilyException {
        String word = text(key, absent);
        if (!List.of(words).contains(word)) {
            throw new FamilyException(at(key) + " is none of " + String.join(" ", words));
        }
        return word;
    }

    Json object(String key) throws FamilyException {
        return of(at(key), get(key));
    }

    /** A list; a single element counts as a list of one, an absent key as an empty list. */
    <T> List<T> list(String key, Reader<T> reader) throws FamilyException {
        List<T> items = new ArrayList<>();
        if (has(key)) {
            JsonElement element = get(key);
            if (element instanceof JsonArray array) {
                for (int i = 0; i < array.size(); i++) {
                    items.add(reader.read(at(key) + "[" + i + "]", array.get(i)));
                }
            } else {
                items.add(reader.read(at(key), element));
            }
        }
        return List.copyOf(items);
    }

    List<String> texts(String key) throws FamilyException {
        return list(key, Json::text);
    }

    /** An object as a map in the order of the file; an absent key is an empty map. */
    <T> Map<String, T> map(String key, Reader<T> reader) throws FamilyException {
        Map<String, T> items = new LinkedHashMap<>();
        if (has(key)) {
            for (Map.Entry<String, JsonElement> entry : object(key).object().entrySet()) {
                items.put(entry.getKey(), reader.read(at(key) + "." + entry.getKey(), entry.getValue()));
            }
        }
        return items;
    }

    /** A regular expression that has the groups named. */
    Pattern pattern(String key, String... groups) throws FamilyException {
        try {
            Pattern pattern = Pattern.compile(text(key));
            for (String group : groups) {
                if (!pattern.pattern().contains("(?<" + group + ">")) {
                    throw new FamilyException(at(key) + " has no group " + group);
                }
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new FamilyException(at(key) + " is not a regular expression: " + e.getDescription());
        }
    }
}
