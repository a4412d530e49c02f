// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Routes, found by path. Immutable.
 *
 * @param <R> what is found
 */
public final class PathTable<R extends PathTable.Entry> {

    /** One method of one path. */
    public interface Entry {

        String method();

        /** Pieces divided by slashes; {@code {name}} stands for any one piece, also an empty one. */
        String pattern();

        /** Whether there is such a path at all now. @param raw its variables as they were sent, still encoded */
        default boolean isThere(Map<String, String> raw) {
            return true;
        }
    }

    /** A path with the routes of its methods. */
    private record Place<R>(String[] pieces, Map<String, R> methods) {}

    /**
     * A path that exists.
     *
     * @param methods its routes by method
     * @param raw its variables as they were sent, still encoded
     */
    public record Match<R>(Map<String, R> methods, Map<String, String> raw) {

        /** For the header field {@code Allow}. */
        public String allowed() {
            Collection<String> names = new TreeSet<>(methods.keySet());
            if (names.contains("GET")) {
                names.add("HEAD");
            }
            names.add("OPTIONS");
            return String.join(", ", names);
        }
    }

    private final List<R> routes;
    private final Map<Integer, List<Place<R>>> placesByLength = new LinkedHashMap<>();

    /** @param routes where two patterns match a path, the first counts */
    public PathTable(List<R> routes) {
        this.routes = List.copyOf(routes);
        Map<String, Place<R>> places = new LinkedHashMap<>();
        for (R route : routes) {
            Place<R> place = places.computeIfAbsent(
                    route.pattern(), pattern -> new Place<>(pattern.split("/", -1), new LinkedHashMap<>()));
            if (place.methods().put(route.method(), route) != null) {
                throw new IllegalArgumentException("twice: " + route.method() + ' ' + route.pattern());
            }
        }
        places.values()
                .forEach(place -> placesByLength
                        .computeIfAbsent(place.pieces().length, length -> new ArrayList<>())
                        .add(place));
    }

    public List<R> routes() {
        return routes;
    }

    /** @param path as it was sent */
    public Optional<Match<R>> find(String path) {
        String[] sent = path.split("/", -1);
        for (Place<R> place : placesByLength.getOrDefault(sent.length, List.of())) {
            Map<String, String> raw = match(place.pieces(), sent);
            if (raw != null && place.methods().values().iterator().next().isThere(raw)) {
                return Optional.of(new Match<>(place.methods(), raw));
            }
        }
        return Optional.empty();
    }

    /** The variables; null when it does not match. */
    private static Map<String, String> match(String[] pattern, String[] sent) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i].startsWith("{")) {
                variables.put(pattern[i].substring(1, pattern[i].length() - 1), sent[i]);
            } else if (!pattern[i].equals(sent[i])) {
                return null;
            }
        }
        return variables;
    }
}
