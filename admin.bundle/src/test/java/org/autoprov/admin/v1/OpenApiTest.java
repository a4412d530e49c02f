// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.Json;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What is described is what is served. {@link V1Harness} compares all answers of all tests with it besides. */
final class OpenApiTest {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    private final ApiDocument document = ApiDocument.IT;

    @TempDir
    Path folder;

    private V1Harness server;

    @BeforeEach
    void start() throws RefusedException {
        server = new V1Harness(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void describesEachRouteWithItsAccessAndNoOther() {
        Map<String, String> described = new TreeMap<>();
        document.operations().forEach(one -> described.put(one.toString(), one.access()));
        Map<String, String> served = new TreeMap<>();
        server.api.routes().forEach(route -> served.put(route.method() + ' ' + route.pattern(), route.access()));
        assertThat(described).isEqualTo(served);
    }

    /** The schema is that of the OpenAPI Initiative for 3.1, unchanged (Apache-2.0). */
    @Test
    void isOpenApi() throws IOException {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("openapi-3.1-schema.json")) {
            JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
            assertThat(schema.validate(Json.write(document.root()), InputFormat.JSON))
                    .isEmpty();
            assertThat(schema.validate("{\"openapi\": \"3.1.0\", \"info\": {}}", InputFormat.JSON))
                    .isNotEmpty();
        }
    }

    @Test
    void itsSchemasAreJsonSchemasWhoseExamplesAreValid() {
        JsonSchema meta = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of(SchemaId.V202012));
        List<String> checked = new ArrayList<>();
        walk(document.root(), (key, node) -> {
            if (key.equals("schema")) {
                assertThat(meta.validate(Json.write(node), InputFormat.JSON)).isEmpty();
            }
            if (node instanceof Map<?, ?> media && media.containsKey("schema") && media.containsKey("example")) {
                byte[] example = Json.write(media.get("example")).getBytes(StandardCharsets.UTF_8);
                document.assertValid("example " + media.get("example"), media.get("schema"), example);
                checked.add(key);
            }
        });
        ApiDocument.object(document.at("#/components").get("schemas"))
                .forEach((name, schema) -> assertThat(meta.validate(Json.write(schema), InputFormat.JSON))
                        .as(name)
                        .isEmpty());
        assertThat(checked).hasSizeGreaterThan(5);
    }

    @Test
    void refersOnlyToWhatItDefinesAndDefinesNothingElse() {
        TreeSet<String> used = new TreeSet<>();
        walk(document.root(), (key, node) -> {
            if (key.equals("$ref")) {
                document.at((String) node);
                used.add((String) node);
            }
        });
        TreeSet<String> defined = new TreeSet<>();
        ApiDocument.object(document.root().get("components")).forEach((kind, all) -> {
            if (!kind.equals("securitySchemes")) {
                ApiDocument.object(all).keySet().forEach(name -> defined.add("#/components/" + kind + '/' + name));
            }
        });
        assertThat(used).isEqualTo(defined);
    }

    @Test
    void eachOperationHasItsOwnNameTagsAndThePathsVariables() {
        List<String> ids = new ArrayList<>();
        List<Object> tags = new ArrayList<>();
        ((List<?>) document.root().get("tags")).forEach(tag -> tags.add(((Map<?, ?>) tag).get("name")));
        for (ApiDocument.Operation operation : document.operations()) {
            ids.add((String) operation.node().get("operationId"));
            assertThat(tags).containsAll((List<?>) operation.node().get("tags"));
            TreeSet<String> variables = new TreeSet<>();
            for (Matcher matcher = VARIABLE.matcher(operation.pattern()); matcher.find(); ) {
                variables.add(matcher.group(1));
            }
            assertThat(document.parameters(operation, "path"))
                    .as("" + operation)
                    .isEqualTo(variables);
        }
        assertThat(ids).doesNotHaveDuplicates();
    }

    /** So that nobody has to guess what a client must be ready for. */
    @Test
    void tellsTheRefusalsThatEveryRouteOfItsKindHas() {
        for (Route route : server.api.routes()) {
            ApiDocument.Operation operation =
                    document.find(route.method(), route.pattern()).orElseThrow();
            TreeSet<String> needed = new TreeSet<>(List.of("500"));
            if (route.access() != null) {
                needed.addAll(List.of("401", "403", "503"));
            }
            if (route.body() == Route.Body.JSON || route.body() == Route.Body.CSV) {
                needed.addAll(List.of("400", "413", "415"));
            }
            if (route.pattern().contains("{")) {
                needed.addAll(List.of("400", "404"));
            }
            assertThat(ApiDocument.object(operation.node().get("responses")).keySet())
                    .as("" + operation)
                    .containsAll(needed);
            assertThat(operation.node().containsKey("security"))
                    .as("" + operation)
                    .isEqualTo(route.access() == null);
            assertThat(document.parameters(operation, "header").contains("Idempotency-Key"))
                    .as("" + operation)
                    .isEqualTo(route.method().equals("POST") && route.body() != Route.Body.FILE);
            assertThat(operation.node().containsKey("requestBody"))
                    .as("" + operation)
                    .isEqualTo(route.body() != Route.Body.NONE);
        }
    }

    @Test
    void isServedToAnyoneAsItIs() throws IOException {
        V1Harness.Answer answer = server.callWith(null, "GET", "/1/openapi.yaml", null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.reply().contentType()).isEqualTo("application/yaml");
        Map<String, Object> served = ApiDocument.object(new Yaml().load(answer.text()));
        assertThat(served).isEqualTo(document.root());
        assertThat(ApiDocument.object(served.get("info"))).containsEntry("version", IndexResources.VERSION);
    }

    @Test
    void theIndexLinksToAllThatNeedsNoId() {
        V1Harness.Answer answer = server.callWith(null, "GET", "/1", null);
        assertThat(answer.at("version")).isEqualTo(IndexResources.VERSION);
        TreeSet<Object> places = new TreeSet<>();
        server.api.routes().stream()
                .filter(route ->
                        route.method().equals("GET") && !route.pattern().contains("{"))
                .forEach(route -> places.add(route.pattern()));
        places.remove("/1");
        assertThat(ApiDocument.object(answer.json().get("links")).values()).containsExactlyInAnyOrderElementsOf(places);
    }

    @Test
    void everyTypeOfProblemLeadsToItsMeaning() {
        for (Problem.Type type : Problem.Type.values()) {
            V1Harness.Answer answer = server.callWith(null, "GET", type.uri(), null);
            assertThat(answer.status()).as(type.uri()).isEqualTo(200);
            assertThat(answer.json()).containsEntry("type", type.uri()).containsEntry("status", (long) type.status());
            assertThat((String) answer.at("advice")).as(type.uri()).isNotEmpty();
        }
        assertThat(server.callWith(null, "GET", "/1/problems", null).items()).hasSize(Problem.Type.values().length);
        for (String unknown : Arrays.asList("nope", "STALE", "..", "%2e%2e", "stale%2f")) {
            assertThat(server.callWith(null, "GET", "/1/problems/" + unknown, null)
                            .status())
                    .isEqualTo(404);
        }
    }

    /** What all tests rely on. */
    @Test
    void whatIsNotDescribedIsFound() throws RefusedException {
        server.call(server.east, "POST", "/1/devices", Map.of("id", "d1"));
        ApiReply good = server.call(server.east, "GET", "/1/devices/d1", null).reply();
        String body = new String(good.body(), StandardCharsets.UTF_8);
        List<ApiReply> bad = List.of(
                new ApiReply(202, good.contentType(), good.body(), good.headers()),
                new ApiReply(200, "text/plain", good.body(), good.headers()),
                new ApiReply(200, good.contentType(), good.body(), Map.of()),
                good.with("X-More", "1"),
                with(good, body.replaceFirst("\\{", "{\"more\":1,")),
                with(good, body.replace("\"revision\":1", "\"revision\":\"1\"")),
                with(good, body.replace("\"shared\":false,", "")),
                with(good, ""));
        byte[] none = {};
        document.check("GET", "/1/devices/d1", Set.of("secrets"), null, none, good);
        for (ApiReply reply : bad) {
            assertThatThrownBy(() -> document.check("GET", "/1/devices/d1", Set.of(), null, none, reply))
                    .isInstanceOf(AssertionError.class);
        }
        assertThatThrownBy(() -> document.check("GET", "/1/devices/d1", Set.of("nope"), null, none, good))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> document.check("GET", "/1/nothing", Set.of(), null, none, good))
                .isInstanceOf(AssertionError.class);
        byte[] sent = "{\"more\":1}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() ->
                        document.check("PATCH", "/1/devices/d1", Set.of(), "application/merge-patch+json", sent, good))
                .isInstanceOf(AssertionError.class);
    }

    private static ApiReply with(ApiReply reply, String body) {
        return new ApiReply(
                reply.status(), reply.contentType(), body.getBytes(StandardCharsets.UTF_8), reply.headers());
    }

    private static void walk(Object node, BiConsumer<String, Object> visitor) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                visitor.accept((String) key, value);
                walk(value, visitor);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(value -> walk(value, visitor));
        }
    }
}
