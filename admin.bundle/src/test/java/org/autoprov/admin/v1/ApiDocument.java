// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.Json;
import org.autoprov.admin.PathTable;
import org.yaml.snakeyaml.Yaml;

/** The OpenAPI document, and whether calls and answers are as it says. Thread-safe. */
final class ApiDocument {

    static final ApiDocument IT = new ApiDocument();

    /** Those that {@link ApiReply} may have without being described: they are the same everywhere. */
    private static final Set<String> EVERYWHERE = Set.of(
            "Cache-Control",
            "Access-Control-Allow-Methods",
            "Access-Control-Allow-Headers",
            "Access-Control-Expose-Headers",
            "Content-Disposition",
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "X-Accel-Buffering");

    private static final Set<String> OPTIONAL = Set.of("Link", "Idempotency-Replayed");

    /** One described method of a described path. @param node the operation object @param item the path item object */
    record Operation(String method, String pattern, Map<String, Object> node, Map<String, Object> item)
            implements PathTable.Entry {

        @Override
        public String toString() {
            return method + ' ' + pattern;
        }

        String access() {
            return (String) node.get("x-access");
        }
    }

    private final Map<String, Object> root;
    private final List<Operation> operations = new ArrayList<>();
    private final PathTable<Operation> table;
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    private ApiDocument() {
        try (InputStream in = IndexResources.class.getResourceAsStream("openapi.yaml")) {
            root = object(new Yaml().load(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        object(root.get("paths"))
                .forEach((path, item) -> object(item).forEach((method, node) -> {
                    if (!method.equals("parameters")) {
                        operations.add(
                                new Operation(method.toUpperCase(Locale.ROOT), path, object(node), object(item)));
                    }
                }));
        // A path without variables counts before one with (OpenAPI 3.1 section 4.8.8.2).
        table = new PathTable<>(operations.stream()
                .sorted(Comparator.comparing(
                        one -> one.pattern().chars().filter(c -> c == '{').count()))
                .toList());
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object node) {
        return node == null ? Map.of() : (Map<String, Object>) node;
    }

    Map<String, Object> root() {
        return root;
    }

    List<Operation> operations() {
        return operations;
    }

    /** What a pointer such as {@code #/components/schemas/Device} leads to. */
    Map<String, Object> at(String reference) {
        Object at = root;
        for (String piece : reference.substring(2).split("/")) {
            at = object(at).get(piece.replace("~1", "/").replace("~0", "~"));
            assertThat(at).as(reference).isNotNull();
        }
        return object(at);
    }

    /** The object itself, or what it refers to. */
    Map<String, Object> resolved(Object node) {
        Map<String, Object> object = object(node);
        return object.containsKey("$ref") ? at((String) object.get("$ref")) : object;
    }

    /** The schema as one of its own, which can refer to the components. */
    JsonSchema schema(Object node) {
        Map<String, Object> whole = new LinkedHashMap<>(object(node));
        return schemas.computeIfAbsent(Json.write(whole), text -> {
            whole.put(
                    "components",
                    Map.of("schemas", object(root.get("components")).get("schemas")));
            return factory.getSchema(
                    Json.write(whole),
                    InputFormat.JSON,
                    SchemaValidatorsConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build());
        });
    }

    /** Parameters of an operation by {@code in name}. */
    Map<String, Map<String, Object>> parameters(Operation operation) {
        Map<String, Map<String, Object>> found = new TreeMap<>();
        for (Map<String, Object> owner : List.of(operation.item(), operation.node())) {
            for (Object one : (List<?>) owner.getOrDefault("parameters", List.of())) {
                Map<String, Object> parameter = resolved(one);
                found.put(parameter.get("in") + " " + parameter.get("name"), parameter);
            }
        }
        return found;
    }

    /** The names of an operation's parameters in one place. @param in {@code query}, {@code path}, {@code header} */
    Set<String> parameters(Operation operation, String in) {
        Set<String> names = new TreeSet<>();
        parameters(operation).values().stream()
                .filter(parameter -> in.equals(parameter.get("in")))
                .forEach(parameter -> names.add((String) parameter.get("name")));
        return names;
    }

    Optional<Operation> find(String method, String path) {
        return table.find(path).map(match -> match.methods().get(method.equals("HEAD") ? "GET" : method));
    }

    /**
     * Fails unless the answer is one that the document promises.
     *
     * @param asked the names of the query that the server looked at
     * @param type what was sent, null for none; @param sent the body
     */
    void check(String method, String path, Set<String> asked, String type, byte[] sent, ApiReply reply) {
        String what =
                method + ' ' + path + " → " + reply.status() + ' ' + new String(reply.body(), StandardCharsets.UTF_8);
        Optional<Operation> operation = find(method, path);
        if (operation.isEmpty()) {
            checkUndescribed(what, method, reply);
            return;
        }
        assertThat(parameters(operation.get(), "query"))
                .as("parameters of " + what)
                .containsAll(asked);
        Map<String, Object> responses = object(operation.get().node().get("responses"));
        assertThat(responses).as("statuses of " + operation.get() + ": " + what).containsKey("" + reply.status());
        Map<String, Object> response = resolved(responses.get("" + reply.status()));
        checkHeaders(what, object(response.get("headers")), reply);
        checkContent(what, object(response.get("content")), reply.contentType(), method.equals("HEAD"), reply);
        boolean takesBody = operation.get().node().containsKey("requestBody");
        if (reply.status() < 300 && sent.length > 0 && takesBody) {
            Map<String, Object> body =
                    object(resolved(operation.get().node().get("requestBody")).get("content"));
            validate("body sent to " + what, body, type, sent);
        }
    }

    private void checkUndescribed(String what, String method, ApiReply reply) {
        if (method.equals("OPTIONS")) {
            assertThat(reply.status()).as(what).isEqualTo(204);
            return;
        }
        assertThat(reply.status()).as("not described: " + what).isIn(404, 405);
        assertThat(reply.contentType()).as(what).isEqualTo(Problem.MEDIA_TYPE);
        assertValid(what, at("#/components/schemas/Problem"), reply.body());
    }

    private static void checkHeaders(String what, Map<String, Object> described, ApiReply reply) {
        Set<String> more = new TreeSet<>(reply.headers().keySet());
        more.removeAll(EVERYWHERE);
        assertThat(described.keySet()).as("header fields of " + what).containsAll(more);
        Set<String> needed = new TreeSet<>(described.keySet());
        needed.removeAll(OPTIONAL);
        assertThat(more).as("header fields of " + what).containsAll(needed);
    }

    private void checkContent(String what, Map<String, Object> content, String type, boolean head, ApiReply reply) {
        if (content.isEmpty()) {
            assertThat(reply.body()).as(what).isEmpty();
            assertThat(reply.contentType()).as(what).isNull();
        } else if (!head && reply.stream() == null) {
            validate(what, content, type, reply.body());
        }
    }

    /** @param content media type objects by type */
    private void validate(String what, Map<String, Object> content, String type, byte[] body) {
        assertThat(type).as("type of " + what).isNotNull();
        String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        assertThat(content)
                .as("types of " + what)
                .matches(known -> known.containsKey(plain) || known.containsKey("*/*"), "has " + plain);
        if (plain.endsWith("json")) {
            assertValid(
                    what,
                    object(content.getOrDefault(plain, content.get("*/*"))).get("schema"),
                    body);
        }
    }

    /** Fails unless the JSON is valid. @param schema none is there: anything is */
    void assertValid(String what, Object schema, byte[] json) {
        if (schema != null) {
            assertThat(schema(schema).validate(new String(json, StandardCharsets.UTF_8), InputFormat.JSON))
                    .as(what)
                    .isEmpty();
        }
    }
}
