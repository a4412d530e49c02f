// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that follow what happens, at the built server. */
class EventsIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private ServerProcess server;
    private HttpServer receiver;
    private final List<JsonObject> received = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = ServerProcess.in(folder.resolve("data"))
                .set("plugins.preinstall=yealink", "webhooks.internal=true")
                .ready();
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            try (exchange;
                    InputStream body = exchange.getRequestBody()) {
                received.add(JsonParser.parseString(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                        .getAsJsonObject());
                exchange.sendResponseHeaders(204, -1);
            }
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        server.close();
        receiver.stop(0);
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(server.endpoints().get("api").getAsString() + path))
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(server.data().resolve("secrets/admin-token"))
                                        .strip());
    }

    private JsonObject send(int status, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    /** One who reads events on a thread of its own. */
    private final class Reader {
        final List<JsonObject> events = new CopyOnWriteArrayList<>();
        volatile boolean ended;

        Reader(String query) throws IOException, InterruptedException {
            HttpResponse<InputStream> response =
                    CLIENT.send(request("/1/events" + query).build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
            Thread thread = new Thread(() -> read(response.body()), "events");
            thread.setDaemon(true);
            thread.start();
        }

        private void read(InputStream body) {
            String type = null;
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event: ")) {
                        type = line.substring(7);
                    } else if (line.startsWith("data: ")) {
                        JsonObject event = new JsonObject();
                        event.addProperty("type", type);
                        event.add("data", JsonParser.parseString(line.substring(6)));
                        events.add(event);
                    }
                }
                ended = true;
            } catch (IOException e) {
                // broken off: not ended
            }
        }

        JsonObject await(String type) {
            Waits.until(() -> find(events, type) != null);
            return find(events, type);
        }
    }

    private static JsonObject find(List<JsonObject> events, String type) {
        return events.stream()
                .filter(event -> event.get("type").getAsString().equals(type))
                .map(event -> event.getAsJsonObject("data"))
                .findFirst()
                .orElse(null);
    }

    /** The master tenant gets a webhook for what happens to devices. */
    private void hook() throws Exception {
        HttpResponse<String> tenants = CLIENT.send(request("/1/tenants").build(), HttpResponse.BodyHandlers.ofString());
        String id = JsonParser.parseString(tenants.body())
                .getAsJsonObject()
                .getAsJsonArray("items")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
        send(200, "PATCH", "/1/tenants/" + id, "{\"webhook\":{\"url\":\"" + url + "\",\"events\":[\"device\"]}}");
    }

    @Test
    void aPhonesRequestAndWhatFollowsAreSeen() throws Exception {
        Reader reader = new Reader("");
        hook();
        reader.await("tenant.update");
        try (Phone phone = Phone.yealink(server.phones(), 1, "127.0.0.1")) {
            phone.get("/" + phone.mac() + ".cfg");
            JsonObject request = reader.await("request");
            assertThat(request.get("request").getAsString()).startsWith("HTTP READ /" + phone.mac() + ".cfg from ");
            assertThat(request.getAsJsonArray("steps")).isNotEmpty();
            String device = reader.await("device.create").get("id").getAsString();
            assertThat(request.get("device").getAsString()).isEqualTo(device);

            JsonObject line = send(201, "POST", "/1/lines", """
                    {"account":{"username":"alice","password":"s3cret-1",
                    "display_name":"Alice","proxy_ip":"192.0.2.5"}}""");
            String code = line.get("code").getAsString();
            send(200, "POST", "/1/associations", "{\"code\":\"" + code + "\",\"device\":\"" + device + "\"}");
            JsonObject tied = reader.await("line.associate");
            assertThat(tied.get("id")).isEqualTo(line.get("id"));
            assertThat(tied.get("detail").getAsString()).contains(device);
            reader.await("operation");
            assertThat(phone.get("/" + phone.mac() + ".cfg").body()).contains("s3cret-1");

            Waits.until(() -> find(received, "device.associate") != null);
            assertThat(find(received, "device.create").get("id").getAsString()).isEqualTo(device);
            assertThat(find(received, "line.associate")).isNull();
        }
        assertThat(reader.events.toString()).doesNotContain("s3cret-1");
        assertThat(received.toString()).doesNotContain("s3cret-1");
        long start = System.nanoTime();
        assertThat(server.stop()).isZero();
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(5);
        Waits.until(() -> reader.ended);
    }
}
