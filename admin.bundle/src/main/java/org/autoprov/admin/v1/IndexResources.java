// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.autoprov.admin.ApiReply;

/** Where to begin: what there is, and the OpenAPI document that describes it. Nothing of it needs a token. */
final class IndexResources {

    /** Of this API, as the document says; changes with it, not with the server. */
    static final String VERSION = "1.0.0";

    private static final String ROOT = "/1";
    private static final String DOCUMENT = ROOT + "/openapi.yaml";

    private final byte[] document;
    private final Supplier<List<Route>> all;

    /** @param all every route; asked when a call comes */
    IndexResources(Supplier<List<Route>> all) {
        this.all = all;
        try (InputStream in = IndexResources.class.getResourceAsStream("openapi.yaml")) {
            document = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Route> routes() {
        return List.of(Route.get(ROOT, null, exchange -> index()), Route.get(DOCUMENT, null, exchange -> describe()));
    }

    private ApiReply index() {
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("version", VERSION);
        index.put("links", links());
        return Answers.json(index);
    }

    /** Whatever a GET without an id answers. */
    private Map<String, Object> links() {
        Map<String, Object> links = new TreeMap<>();
        for (Route route : all.get()) {
            String name = route.pattern().substring(Math.min(route.pattern().length(), ROOT.length() + 1));
            if (route.method().equals("GET") && !name.isEmpty() && !name.contains("{")) {
                links.put(name, route.pattern());
            }
        }
        return links;
    }

    private ApiReply describe() {
        return new ApiReply(200, "application/yaml", document, Map.of("Cache-Control", "no-cache"));
    }
}
