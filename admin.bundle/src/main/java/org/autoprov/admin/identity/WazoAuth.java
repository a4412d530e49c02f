// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.identity;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * The calls of the wazo-auth 0.1 API that we need, each by a deadline. After one that got no answer, all fail at once for
 * a second, so that callers do not queue up behind a service that hangs. Thread-safe.
 */
final class WazoAuth {

    /** Whose a token is. @param tenant null when it has none */
    record Owner(String name, String tenant) {}

    /** A tenant as it is listed. @param name may be null @param parent may be null */
    record Listed(String id, String name, String parent) {}

    /** @param seconds how long it is good */
    record ServiceToken(String text, String tenant, long seconds) {}

    static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration REST = Duration.ofSeconds(1);
    private static final Pattern ODD = Pattern.compile("[^A-Za-z0-9._@-]");
    /** A listing of a hundred thousand tenants has some 20 MB. */
    private static final int MAX_BODY = 64 << 20;

    private static final int MAX_NAME = 64;
    private static final int SERVICE_TOKEN_SECONDS = 7200;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final String base;
    private volatile long awayUntil = System.nanoTime();

    /** @param url its root, without {@code /0.1} @throws IllegalArgumentException when it is no http or https URL */
    WazoAuth(String url) {
        URI uri = URI.create(url.strip());
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || uri.getHost() == null) {
            throw new IllegalArgumentException("not an http or https URL");
        }
        base = uri.toString().replaceFirst("/+$", "") + "/0.1";
    }

    /**
     * Whether the token may do this on behalf of the tenant.
     *
     * @param access null: anything
     * @param tenant null: its own
     */
    boolean allows(String token, String access, String tenant, Deadline deadline) throws AwayException {
        StringBuilder query = new StringBuilder();
        if (access != null) {
            query.append("?scope=").append(encoded(access));
        }
        if (tenant != null) {
            query.append(query.isEmpty() ? '?' : '&').append("tenant=").append(encoded(tenant));
        }
        int status = send(request("/token/" + token + query).method("HEAD", BodyPublishers.noBody()), deadline)
                .statusCode();
        return switch (status) {
            case 200, 204 -> true;
            case 400, 401, 403, 404 -> false;
            default -> throw odd("HEAD /token", status);
        };
    }

    /** Whose token this is; empty when it is unknown or has expired. */
    Optional<Owner> owner(String token, Deadline deadline) throws AwayException {
        HttpResponse<byte[]> answer = send(request("/token/" + token), deadline);
        return switch (answer.statusCode()) {
            case 200 -> Optional.of(owner(data(answer)));
            case 400, 401, 403, 404 -> Optional.empty();
            default -> throw odd("GET /token", answer.statusCode());
        };
    }

    private static Owner owner(JsonObject data) throws AwayException {
        JsonObject metadata = object(data, "metadata");
        String name = Optional.ofNullable(text(metadata, "uuid"))
                .or(() -> Optional.ofNullable(text(data, "auth_id")))
                .orElse("without a name");
        String plain = ODD.matcher(name).replaceAll(" ");
        return new Owner(plain.substring(0, Math.min(MAX_NAME, plain.length())), uuid(text(metadata, "tenant_uuid")));
    }

    /** A tenant and all below it, as this token sees them; empty when it may not list them. */
    Optional<List<Listed>> tenants(String token, String tenant, Deadline deadline) throws AwayException {
        HttpResponse<byte[]> answer =
                send(request("/tenants").header("X-Auth-Token", token).header("Wazo-Tenant", tenant), deadline);
        if (answer.statusCode() == 401 || answer.statusCode() == 403) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw odd("GET /tenants", answer.statusCode());
        }
        JsonObject body = body(answer);
        if (!(body.get("items") instanceof JsonArray items)) {
            throw new AwayException("the identity service lists tenants without items");
        }
        List<Listed> tenants = new ArrayList<>();
        for (JsonElement item : items) {
            if (item instanceof JsonObject one && uuid(text(one, "uuid")) != null) {
                tenants.add(new Listed(uuid(text(one, "uuid")), text(one, "name"), uuid(text(one, "parent_uuid"))));
            } else {
                throw new AwayException("the identity service lists a tenant without a UUID");
            }
        }
        return Optional.of(tenants);
    }

    /** A new token of the service account; empty when it does not accept the account. */
    Optional<ServiceToken> login(String username, String password, Deadline deadline) throws AwayException {
        byte[] account = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> answer = send(
                request("/token")
                        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(account))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"expiration\":" + SERVICE_TOKEN_SECONDS + "}")),
                deadline);
        if (answer.statusCode() == 401 || answer.statusCode() == 403) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200 && answer.statusCode() != 201) {
            throw odd("POST /token", answer.statusCode());
        }
        JsonObject data = data(answer);
        String token = text(data, "token");
        String tenant = uuid(text(object(data, "metadata"), "tenant_uuid"));
        if (token == null || !RemoteIdentity.TOKEN.matcher(token).matches() || tenant == null) {
            throw new AwayException("the identity service gives the service account no token, or one without tenant");
        }
        return Optional.of(new ServiceToken(token, tenant, SERVICE_TOKEN_SECONDS));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "application/json");
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, Deadline deadline) throws AwayException {
        if (awayUntil - System.nanoTime() > 0) {
            throw new AwayException("the identity service did not answer a moment ago");
        }
        CompletableFuture<HttpResponse<byte[]>> call =
                client.sendAsync(request.build(), head -> new LimitedBody(MAX_BODY));
        try {
            return call.get(deadline.left(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            // Only its kind: the message of an exception may quote the URL, and in it the token.
            throw away(e.getCause().getClass().getSimpleName());
        } catch (TimeoutException e) {
            call.cancel(true);
            throw away("no answer in time");
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new AwayException("interrupted");
        }
    }

    private AwayException away(String why) {
        awayUntil = System.nanoTime() + REST.toNanos();
        return new AwayException("the identity service cannot be asked: " + why);
    }

    private static AwayException odd(String call, int status) {
        return new AwayException("the identity service answers " + call + " with " + status);
    }

    private static JsonObject data(HttpResponse<byte[]> answer) throws AwayException {
        return object(body(answer), "data");
    }

    private static JsonObject body(HttpResponse<byte[]> answer) throws AwayException {
        try {
            JsonElement json = JsonParser.parseString(new String(answer.body(), StandardCharsets.UTF_8));
            if (json instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException e) {
            // said below; the text itself may hold secrets
        }
        throw new AwayException("the identity service answers with something that is no JSON object");
    }

    private static JsonObject object(JsonObject json, String key) throws AwayException {
        if (json.get(key) instanceof JsonObject object) {
            return object;
        }
        throw new AwayException("the identity service answers without " + key);
    }

    private static String text(JsonObject json, String key) {
        JsonElement value = json.get(key);
        return value != null
                        && value.isJsonPrimitive()
                        && value.getAsJsonPrimitive().isString()
                ? value.getAsString()
                : null;
    }

    /** In lower case; null when it is none. */
    private static String uuid(String text) {
        String lower = text == null ? "" : text.toLowerCase(Locale.ROOT);
        return UUID.matcher(lower).matches() ? lower : null;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
