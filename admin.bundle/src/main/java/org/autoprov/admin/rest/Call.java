// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.List;
import java.util.Map;
import org.autoprov.core.service.Caller;

/**
 * A call that was let in.
 *
 * @param caller who; null for what needs no token
 * @param path the path as it was sent
 * @param variables what stands in the path for each {@code {name}} of the route, decoded
 * @param query parameters of the URL
 * @param body the JSON value that was sent; null when none was
 */
record Call(Caller caller, String path, Map<String, String> variables, Map<String, String> query, Object body) {

    String variable(String name) {
        return variables.get(name);
    }

    /** The object under this key of the body. */
    Map<String, Object> wrapped(String key) throws ApiException {
        if (body instanceof Map<?, ?> map && map.get(key) instanceof Map<?, ?> inner) {
            return texts(inner);
        }
        throw ApiException.badRequest("Wrong information in entity: an object \"" + key + "\" is missing");
    }

    /** The value under the body's key {@code id}. */
    Object id() throws ApiException {
        if (body instanceof Map<?, ?> map && map.containsKey("id")) {
            return map.get("id");
        }
        throw ApiException.badRequest("Missing \"id\" key");
    }

    /** As {@link #id}, where only a text can be one. */
    String textId() throws ApiException {
        Object id = id();
        if (id instanceof String text) {
            return text;
        }
        throw ApiException.badRequest("Invalid \"id\" key: a text is needed");
    }

    @SuppressWarnings("unchecked") // JSON objects have text keys by construction
    static Map<String, Object> texts(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    /** The links of an index: the request's path and each child's name. @param children rel and name in turn */
    static Map<String, Object> links(String path, List<String> children) {
        List<Object> links = new java.util.ArrayList<>();
        for (int i = 0; i < children.size(); i += 2) {
            Map<String, Object> link = new java.util.LinkedHashMap<>();
            link.put("rel", children.get(i));
            link.put("href", path + '/' + children.get(i + 1));
            links.add(link);
        }
        return Map.of("links", links);
    }
}
