// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.query;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.autoprov.admin.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a list request of API 0.2 asks for, in this order: filter ({@code q} or {@code q64}), sort ({@code sort},
 * {@code sort_ord}), {@code skip}, {@code limit}, and projection ({@code fields}). Immutable.
 */
public final class Query {

    private static final Logger LOG = LoggerFactory.getLogger(Query.class);
    private static final Pattern INTEGER = Pattern.compile("([+-]?)([0-9]+)");

    private final Selector selector;
    private final KeyPath sort;
    private final boolean descending;
    private final long skip;
    private final long limit;
    private final Projection projection;

    private Query(Selector selector, KeyPath sort, boolean descending, long skip, long limit, Projection projection) {
        this.selector = selector;
        this.sort = sort;
        this.descending = descending;
        this.skip = skip;
        this.limit = limit;
        this.projection = projection;
    }

    /**
     * Reads the parameters of a request, decoded; others are ignored. A selector that is no JSON is ignored as well.
     *
     * @throws QueryException when the selector is JSON, but not an object or not one of {@link Selector#of}
     */
    public static Query parse(Map<String, String> parameters) throws QueryException {
        String sort = parameters.getOrDefault("sort", "");
        String fields = parameters.get("fields");
        long limit = integer(parameters.get("limit"));
        return new Query(
                selector(parameters),
                sort.isEmpty() ? null : new KeyPath(sort),
                "DESC".equals(parameters.get("sort_ord")),
                Math.max(0, integer(parameters.get("skip"))),
                limit == 0 ? Long.MAX_VALUE : Math.max(0, limit),
                fields == null ? null : new Projection(fields));
    }

    private static Selector selector(Map<String, String> parameters) throws QueryException {
        String name = parameters.containsKey("q64") ? "q64" : "q";
        String text = parameters.get(name);
        if (text != null && name.equals("q64")) {
            text = decoded(text);
        } else if (text == null) {
            return Selector.ALL;
        }
        try {
            return Selector.of(name, Json.readLenient(text));
        } catch (Json.TooDeepException e) {
            throw new QueryException(name + " is " + e.getMessage());
        } catch (Json.InvalidJsonException e) {
            // Not what it says: it may hold anything.
            LOG.info("list request: parameter {} is not JSON, so all documents match", name);
            return Selector.ALL;
        }
    }

    /**
     * Base64 of UTF-8, also with the alphabet for URLs, without padding, or with plus signs decoded as spaces. What is
     * none of these becomes a text that is not JSON.
     */
    private static String decoded(String text) {
        String plain = text.strip().replace(' ', '+').replace('-', '+').replace('_', '/');
        try {
            byte[] octets = Base64.getDecoder().decode(plain);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return "";
        }
    }

    /** Zero for anything that is no integer; one beyond the range of long is cut to it. */
    private static long integer(String text) {
        var number = INTEGER.matcher(text == null ? "" : text.strip());
        if (!number.matches()) {
            return 0;
        }
        String digits = number.group(2).replaceFirst("^0+(?=.)", "");
        long size = digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
        return number.group(1).equals("-") ? -size : size;
    }

    /**
     * This query with whatever its selector asks of exactly this key left out: {@code tenant_uuid} of a device is
     * decided by the request's tenant, not by the selector.
     */
    public Query without(String key) {
        return new Query(selector.without(key), sort, descending, skip, limit, projection);
    }

    /** Which documents it asks for. */
    public Selector selector() {
        return selector;
    }

    /** As {@link #apply(Stream)}, of documents that are at hand. */
    public List<Map<String, Object>> apply(Collection<Map<String, Object>> documents) {
        return apply(documents.stream()).toList();
    }

    /**
     * The documents asked for, one after the other as they are read: without {@code sort} a long list needs no memory.
     * Without {@code fields} they are the given ones, else new maps; none is changed.
     *
     * @param documents JSON as maps, lists, text, numbers, booleans and null; without {@code sort} their order is kept
     */
    public Stream<Map<String, Object>> apply(Stream<Map<String, Object>> documents) {
        Stream<Map<String, Object>> matching = documents.filter(selector::matches);
        Stream<Map<String, Object>> ordered = sort == null ? matching : sorted(matching);
        Stream<Map<String, Object>> page = ordered.skip(skip).limit(limit);
        return projection == null ? page : page.map(projection::of);
    }

    private record Keyed(String key, Map<String, Object> document) {}

    private Stream<Map<String, Object>> sorted(Stream<Map<String, Object>> documents) {
        Comparator<Keyed> order = Comparator.comparing(Keyed::key, Values::compareText);
        return documents
                .map(document -> new Keyed(Values.sortText(sort.value(document)), document))
                .sorted(descending ? order.reversed() : order)
                .map(Keyed::document);
    }
}
