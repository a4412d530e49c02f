// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of a document that a client wants to see: some keys, those of dotted paths inside their objects. */
final class Projection {

    private final Node wanted = new Node();

    /** Where a node has no children, the whole value is wanted. */
    private static final class Node {
        private final Map<String, Node> children = new LinkedHashMap<>();
        private boolean whole;
    }

    /** @param fields keys or dotted paths with commas between them; {@code id} is always one of them */
    Projection(String fields) {
        add("id");
        for (String field : fields.split(",")) {
            add(field.strip());
        }
    }

    private void add(String field) {
        List<String> pieces = new KeyPath(field).pieces();
        if (field.isEmpty() || pieces.size() > Values.MAX_DEPTH) {
            return; // no stored document is that deep
        }
        Node at = wanted;
        for (String piece : pieces) {
            at = at.children.computeIfAbsent(piece, key -> new Node());
        }
        at.whole = true;
    }

    /** A new map; keys that the document does not have are left out. */
    Map<String, Object> of(Map<String, Object> document) {
        return part(wanted, document);
    }

    private static Map<String, Object> part(Node node, Map<?, ?> object) {
        Map<String, Object> part = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : node.children.entrySet()) {
            String key = entry.getKey();
            Object value = object.get(key);
            if (entry.getValue().whole) {
                if (value != null || object.containsKey(key)) {
                    part.put(key, value);
                }
            } else if (value instanceof Map<?, ?> inner) {
                Map<String, Object> innerPart = part(entry.getValue(), inner);
                if (!innerPart.isEmpty()) {
                    part.put(key, innerPart);
                }
            }
        }
        return part;
    }
}
