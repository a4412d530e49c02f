// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the built server says of itself. */
class MetricsIT {

    /** Is there only once an operation of the list has ended. */
    private static final String LATER = "autoprov_operations_total";

    private static final Pattern ROW = Pattern.compile(
            "\\| `([a-z_]+)` \\| (counter|gauge|histogram|summary) \\| [^|]+ \\| ([^|]*) \\| [^|]+ \\|");
    private static final Pattern TYPE = Pattern.compile("# TYPE ([a-z_]+) (.+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(\\{.*})? (\\S+)");

    @TempDir
    static Path folder;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static ServerProcess server;
    private static String admin;

    @BeforeAll
    static void start() throws IOException {
        server = ServerProcess.in(folder.resolve("data"))
                .set("plugins.preinstall=yealink,cisco-sip")
                .ready();
        admin = Files.readString(server.data().resolve("secrets/admin-token")).strip();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> get(ServerProcess from, String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(from.endpoints().get("api").getAsString() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String scrape() throws Exception {
        HttpResponse<String> response = get(server, "/metrics", "Authorization", "Bearer " + admin);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static Map<String, Double> samples() throws Exception {
        Map<String, Double> samples = new TreeMap<>();
        for (String line : scrape().split("\n")) {
            Matcher sample = SAMPLE.matcher(line);
            if (!line.startsWith("#") && sample.matches()) {
                String labels = sample.group(2) == null ? "" : sample.group(2);
                samples.put(sample.group(1) + labels, Double.valueOf(sample.group(3)));
            }
        }
        return samples;
    }

    private static void bootByHttp(String mac, String source) throws IOException {
        try (Phone phone = Phone.stranger(
                server.phones(), source, mac, "Yealink SIP-T54W 96.87.0.15 " + mac.replaceAll("(..)(?=.)", "$1:"))) {
            assertThat(phone.get("/" + mac + ".cfg").status()).isEqualTo(200);
            assertThat(phone.get("/nothing-of-mine.bin").status()).isEqualTo(404);
        }
    }

    private static void bootByTftp(String mac, String source) throws IOException {
        assertThat(new TftpPhone(server.tftp(), mac, source)
                        .get("SEP" + mac.toUpperCase(java.util.Locale.ROOT) + ".cnf.xml")
                        .status())
                .isEqualTo(200);
    }

    private static double difference(Map<String, Double> before, Map<String, Double> now, String sample) {
        assertThat(now).containsKey(sample);
        return now.get(sample) - before.getOrDefault(sample, 0.0);
    }

    @Test
    void countersMoveWithPhonesThatBoot() throws Exception {
        Map<String, Double> before = samples();
        bootByHttp("805ec0000601", "127.0.6.1");
        bootByTftp("001192000601", "127.0.6.2");
        Map<String, Double> now = samples();
        String requests = "autoprov_requests_total";
        assertThat(difference(before, now, requests + "{family=\"yealink\",listener=\"http\",outcome=\"served\"}"))
                .isEqualTo(1);
        assertThat(difference(before, now, requests + "{family=\"yealink\",listener=\"http\",outcome=\"not_found\"}"))
                .isEqualTo(1);
        assertThat(difference(before, now, requests + "{family=\"cisco-sip\",listener=\"tftp\",outcome=\"served\"}"))
                .isEqualTo(1);
        assertThat(difference(before, now, "autoprov_request_duration_seconds_count{listener=\"http\"}"))
                .isEqualTo(2);
        assertThat(difference(before, now, "autoprov_render_duration_seconds_count{family=\"yealink\"}"))
                .isPositive();
        assertThat(difference(before, now, "autoprov_http_sent_bytes_total")).isPositive();
        assertThat(difference(before, now, "autoprov_tftp_transfers_ended_total{result=\"finished\"}"))
                .isEqualTo(1);
        assertThat(difference(before, now, "autoprov_store_commit_duration_seconds_count"))
                .isPositive();
        assertThat(difference(before, now, "autoprov_devices{family=\"yealink\",state=\"autoprov\"}"))
                .isEqualTo(1);
        assertThat(difference(before, now, "autoprov_devices_new")).isEqualTo(2);
        assertThat(now).containsEntry("autoprov_store_up", 1.0);
        assertThat(scrape()).doesNotContain("805ec0", "80:5e:c0", "001192", "127.0.6", admin);
    }

    @Test
    void servesWhatTheTableSaysAndNothingElse() throws Exception {
        bootByHttp("805ec0000602", "127.0.6.3");
        bootByTftp("001192000602", "127.0.6.4");
        Map<String, String> served = new TreeMap<>();
        Map<String, TreeSet<String>> labels = new TreeMap<>();
        String metric = null;
        for (String line : scrape().split("\n")) {
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                metric = type.group(1);
                served.put(metric, type.group(2));
            } else if (!line.startsWith("#") && sample.matches() && sample.group(2) != null) {
                Matcher label = Pattern.compile("([a-z]+)=\"").matcher(sample.group(2));
                while (label.find()) {
                    if (!label.group(1).equals("le")) {
                        labels.computeIfAbsent(metric, absent -> new TreeSet<>())
                                .add(label.group(1));
                    }
                }
            }
        }
        Map<String, String> documented = new TreeMap<>();
        Map<String, TreeSet<String>> documentedLabels = new TreeMap<>();
        for (String line : table()) {
            Matcher row = ROW.matcher(line);
            assertThat(row.matches()).as(line).isTrue();
            documented.put(row.group(1), row.group(2));
            for (String label : row.group(3).replaceAll(":[^;]*", "").split("[,;]")) {
                if (!label.isBlank()) {
                    documentedLabels
                            .computeIfAbsent(row.group(1), absent -> new TreeSet<>())
                            .add(label.strip());
                }
            }
        }
        if (!served.containsKey(LATER)) {
            documented.remove(LATER);
            documentedLabels.remove(LATER);
        }
        assertThat(served).isEqualTo(documented);
        assertThat(labels).isEqualTo(documentedLabels);
    }

    private static List<String> table() throws IOException {
        List<String> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Distribution.home().resolve("docs/operations.md"))) {
            inside = line.equals("<!-- metrics -->") || inside && !line.equals("<!-- end of metrics -->");
            if (inside && line.startsWith("| `")) {
                rows.add(line);
            }
        }
        assertThat(rows).isNotEmpty();
        return rows;
    }

    @Test
    void onlyWhoMayReadsThem() throws Exception {
        assertThat(get(server, "/metrics").statusCode()).isEqualTo(401);
        assertThat(get(server, "/metrics", "X-Auth-Token", admin + "x").statusCode())
                .isEqualTo(401);
        String made = server.shell("token", "add", "--access", "provd.metrics.read", "scraper")
                .ok();
        String token = made.strip().substring(made.strip().lastIndexOf('\n') + 1);
        assertThat(get(server, "/metrics", "X-Auth-Token", token).statusCode()).isEqualTo(200);
        assertThat(get(server, "/0.2/dev_mgr/devices", "X-Auth-Token", token).statusCode())
                .isEqualTo(401);
        HttpResponse<String> open =
                get(server, "/metrics", "X-Auth-Token", token, "Accept", "application/openmetrics-text; version=1.0.0");
        assertThat(open.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/openmetrics-text");
        assertThat(open.body()).endsWith("# EOF\n");
    }

    @Test
    void isReadyUntilAListenerCloses() throws Exception {
        try (ServerProcess own = ServerProcess.in(folder.resolve("closing"))
                .set("api.metrics.public=true")
                .ready()) {
            HttpResponse<String> ready = get(own, "/health/ready");
            assertThat(ready.body())
                    .isEqualTo("{\"components\":{\"api\":\"ok\",\"identity\":\"ok\",\"phonesHttp\":\"ok\","
                            + "\"store\":\"ok\",\"tftp\":\"ok\"},\"status\":\"ok\"}");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(get(own, "/metrics").statusCode()).isEqualTo(200);
            String bundles = own.shell("felix:lb -s org.autoprov.tftp").ok();
            Matcher id = Pattern.compile("(?m)^\\s*([0-9]+)\\s*\\|\\s*Active").matcher(bundles);
            assertThat(id.find()).as(bundles).isTrue();
            own.shell("felix:stop " + id.group(1)).ok();
            Waits.until(() -> get(own, "/health/ready").statusCode() == 503);
            assertThat(get(own, "/health/ready").body())
                    .contains("\"status\":\"fail\"", "\"tftp\":\"fail\"", "\"phonesHttp\":\"ok\"");
            assertThat(get(own, "/health/live").statusCode()).isEqualTo(200);
            own.shell("felix:start " + id.group(1)).ok();
            Waits.until(() -> get(own, "/health/ready").statusCode() == 200);
        }
    }
}
