// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** All routes of the API, found by path. Immutable. */
final class RouteTable {

    /** A path with the routes of its methods. */
    private record Place(String[] pieces, Map<String, Route> methods) {}

    /**
     * A path that exists.
     *
     * @param methods its routes by method
     * @param raw its variables as they were sent, still encoded
     */
    record Match(Map<String, Route> methods, Map<String, String> raw) {

        /** For the header field {@code Allow}. */
        String allowed() {
            Collection<String> names = new TreeSet<>(methods.keySet());
            if (names.contains("GET")) {
                names.add("HEAD");
            }
            names.add("OPTIONS");
            return String.join(", ", names);
        }
    }

    private final List<Route> routes;
    private final Map<Integer, List<Place>> placesByLength = new LinkedHashMap<>();

    RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
        Map<String, Place> places = new LinkedHashMap<>();
        for (Route route : routes) {
            Place place = places.computeIfAbsent(
                    route.pattern(), pattern -> new Place(pattern.split("/", -1), new LinkedHashMap<>()));
            if (place.methods().put(route.method(), route) != null) {
                throw new IllegalArgumentException("twice: " + route.method() + ' ' + route.pattern());
            }
        }
        places.values()
                .forEach(place -> placesByLength
                        .computeIfAbsent(place.pieces().length, length -> new ArrayList<>())
                        .add(place));
    }

    List<Route> routes() {
        return routes;
    }

    /** @param path as it was sent */
    Optional<Match> find(String path) {
        String[] sent = path.split("/", -1);
        for (Place place : placesByLength.getOrDefault(sent.length, List.of())) {
            Map<String, String> raw = match(place.pieces(), sent);
            if (raw != null
                    && place.methods().values().iterator().next().exists().test(raw)) {
                return Optional.of(new Match(place.methods(), raw));
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
