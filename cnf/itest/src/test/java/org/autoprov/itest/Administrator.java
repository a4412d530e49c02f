// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** A program with the first start's token at the REST API 0.2 of a server, also after a restart. */
final class Administrator {

    private static final String TYPE = "application/vnd.proformatique.provd+json";

    /** An installation of many files on a busy machine. */
    private static final Duration LONG = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ServerProcess server;

    Administrator(ServerProcess server) {
        this.server = server;
    }

    private HttpRequest request(String method, String path, String body) throws IOException {
        String token = Files.readString(server.data().resolve("secrets/admin-token"));
        return HttpRequest.newBuilder(URI.create(server.endpoints().get("api").getAsString() + path))
                .header("X-Auth-Token", token.strip())
                .header("Content-Type", TYPE)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        return client.send(request(method, path, body), HttpResponse.BodyHandlers.ofString());
    }

    /** Does not wait for the answer. */
    CompletableFuture<HttpResponse<String>> begin(String method, String path, String body) throws IOException {
        return client.sendAsync(request(method, path, body), HttpResponse.BodyHandlers.ofString());
    }

    JsonObject get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send("GET", path, null);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    /** Starts an operation. @return where it is */
    String start(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = send("POST", path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return response.headers().firstValue("Location").orElseThrow();
    }

    /** Starts an operation and waits until it has succeeded. */
    void complete(String path, String body) throws IOException, InterruptedException {
        String operation = start(path, body);
        Awaitility.await().atMost(LONG).until(() -> {
            String status = get(operation).get("status").getAsString();
            assertThat(status.split("\\|")[1]).isNotEqualTo("fail");
            return status.split("\\|")[1].startsWith("success");
        });
    }
}
