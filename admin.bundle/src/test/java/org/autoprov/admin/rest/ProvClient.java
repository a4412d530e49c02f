// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.autoprov.admin.Json;

/** Sends what the clients of the API are known to send, and takes from the answers what they take. */
final class ProvClient {

    /** The server said no. */
    static final class RefusedCallException extends IOException {

        private static final long serialVersionUID = 1;

        final int status;

        RefusedCallException(int status, String body) {
            super(status + " " + body);
            this.status = status;
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String token;
    private final String tenant;

    ProvClient(int port, String token, String tenant) {
        base = "http://127.0.0.1:" + port + "/0.2";
        this.token = token;
        this.tenant = tenant;
    }

    /** @param typed whether the media type is sent although there may be no body */
    private HttpResponse<String> send(String method, String url, boolean typed, Object body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .header("X-Auth-Token", token)
                .header("User-agent", "test");
        if (tenant != null) {
            request.header("Wazo-Tenant", tenant);
        }
        if (typed || body != null) {
            request.header("Content-Type", "application/vnd.proformatique.provd+json");
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 400) {
                throw new RefusedCallException(response.statusCode(), response.body());
            }
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static Map<?, ?> json(HttpResponse<String> response) throws IOException {
        try {
            return (Map<?, ?>) Json.read(response.body());
        } catch (Json.InvalidJsonException e) {
            throw new IOException(e);
        }
    }

    Map<?, ?> get(String path) throws IOException {
        return json(send("GET", base + path, true, null));
    }

    Map<?, ?> create(String path, String key, Map<String, ?> document) throws IOException {
        return json(send("POST", base + path, true, Map.of(key, document)));
    }

    int put(String path, Object body) throws IOException {
        return send("PUT", base + path, true, body).statusCode();
    }

    int post(String path, Object body) throws IOException {
        return send("POST", base + path, true, body).statusCode();
    }

    int delete(String path) throws IOException {
        return send("DELETE", base + path, true, null).statusCode();
    }

    Map<?, ?> list(String path, Map<String, ?> search, String order, String direction, Boolean recurse)
            throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("q", Json.write(search));
        query.put("skip", "0");
        query.put("limit", "10");
        query.put("sort", order);
        query.put("sort_ord", direction.toUpperCase(Locale.ROOT));
        if (recurse != null) {
            query.put("recurse", recurse ? "True" : "False");
        }
        return get(path + query(query));
    }

    Map<?, ?> listOfType(String type) throws IOException {
        String selector = "{\"X_type\": \"" + type + "\"}";
        return get("/cfg_mgr/configs"
                + query(Map.of("q64", Base64.getEncoder().encodeToString(selector.getBytes(StandardCharsets.UTF_8)))));
    }

    private static String query(Map<String, String> parameters) {
        StringBuilder text = new StringBuilder();
        parameters.forEach((name, value) -> text.append(text.length() == 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }

    /** Begins an operation. @return where it is, as the client works it out of the Location */
    String begin(String path, Object body) throws IOException {
        HttpResponse<String> response = send("POST", base + path, true, body);
        String location = response.headers().firstValue("Location").orElseThrow();
        String[] pieces = location.split("/");
        StringBuilder rest = new StringBuilder('/' + pieces[2]);
        for (int i = 3; i < pieces.length; i++) {
            rest.append('/').append(pieces[i]);
        }
        return rest.toString();
    }

    String status(String operation) throws IOException {
        return (String) get(operation).get("status");
    }
}
