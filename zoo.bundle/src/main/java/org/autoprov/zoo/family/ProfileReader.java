// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

import com.google.gson.JsonElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads one member of {@code profiles}. */
final class ProfileReader {

    private static final List<String> REQUIRED = List.of("user", "password", "server");
    private static final double MAX_SECONDS = 86_400;

    private ProfileReader() {}

    static Profile read(String name, Json json) throws FamilyException {
        json.only(
                "like",
                "userAgent",
                "headers",
                "steps",
                "wins",
                "accounts",
                "firmware",
                "provisioningUrl",
                "onNewUrl",
                "macros",
                "pace",
                "transport",
                "tftp");
        List<Step> steps = json.list("steps", ProfileReader::step);
        if (steps.isEmpty()) {
            throw new FamilyException(json.at("steps") + " is missing");
        }
        List<AccountRule> accounts = json.list("accounts", ProfileReader::account);
        if (accounts.isEmpty()) {
            throw new FamilyException(json.at("accounts") + " is missing");
        }
        return new Profile(
                name,
                json.text("userAgent"),
                json.map("headers", Json::text),
                steps,
                json.word("wins", "last", "last", "first").equals("last"),
                accounts,
                json.list("firmware", ProfileReader::field),
                json.list("provisioningUrl", ProfileReader::field),
                json.word("onNewUrl", "remember", "remember", "restart").equals("restart"),
                json.map("macros", Json::text),
                pace(json),
                transport(json).orElse(Transport.HTTP),
                TftpReader.read(json));
    }

    private static Step step(String where, JsonElement element) throws FamilyException {
        Json json = Json.of(where, element);
        json.only("get", "put", "format", "userAgent", "transport", "found", "missing");
        if (json.has("get") == json.has("put")) {
            throw new FamilyException(where + " needs one of get and put");
        }
        boolean upload = json.has("put");
        List<String> names = json.texts(upload ? "put" : "get");
        if (names.isEmpty()) {
            throw new FamilyException(where + " names no file");
        }
        return new Step(
                upload,
                names,
                json.maybe("format"),
                json.maybe("userAgent"),
                transport(json),
                then(json.word("found", "continue", "continue", "stop")),
                then(json.word("missing", "continue", "continue", "stop", "fail", "retry")));
    }

    private static Optional<Transport> transport(Json json) throws FamilyException {
        return json.has("transport")
                ? Optional.of(Transport.valueOf(
                        json.word("transport", "", "http", "tftp").toUpperCase(Locale.ROOT)))
                : Optional.empty();
    }

    private static Step.Then then(String word) {
        return Step.Then.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static AccountRule account(String where, JsonElement element) throws FamilyException {
        Json json = Json.of(where, element);
        Map<String, List<Field>> parts = new LinkedHashMap<>();
        for (String part : AccountRule.PARTS) {
            parts.put(part, json.list(part, ProfileReader::field));
        }
        json.only(
                "first",
                "last",
                "enabled",
                "on",
                "user",
                "authUser",
                "password",
                "server",
                "port",
                "transport",
                "name",
                "required");
        if (parts.get("user").isEmpty()) {
            throw new FamilyException(json.at("user") + " is missing");
        }
        List<String> required = json.has("required") ? json.texts("required") : REQUIRED;
        if (!AccountRule.PARTS.containsAll(required)) {
            throw new FamilyException(json.at("required") + " names an unknown part");
        }
        List<Field> enabled = json.list("enabled", ProfileReader::field);
        List<String> on = json.texts("on");
        if (enabled.isEmpty() != on.isEmpty()) {
            throw new FamilyException(where + " needs both or none of enabled and on");
        }
        JsonElement last = json.get("last");
        String lastText = last.isJsonPrimitive() ? last.getAsString() : "";
        if (!lastText.matches("[0-9]{1,4}|[A-Za-z_][A-Za-z0-9_]*")) {
            throw new FamilyException(json.at("last") + " is neither a number nor the name of a fact");
        }
        return new AccountRule((int) json.number("first", 1, 1, 1000), lastText, enabled, on, parts, required);
    }

    private static Field field(String where, JsonElement element) throws FamilyException {
        if (element.isJsonPrimitive()) {
            return new Field(Json.text(where, element), Optional.empty(), Map.of(), Optional.empty());
        }
        Json json = Json.of(where, element);
        json.only("setting", "pattern", "values", "default");
        return new Field(
                json.text("setting"),
                json.has("pattern") ? Optional.of(json.pattern("pattern", "value")) : Optional.empty(),
                json.map("values", Json::text),
                json.maybe("default"));
    }

    private static Pace pace(Json profile) throws FamilyException {
        if (!profile.has("pace")) {
            return new Pace(0, 0, 3, 30_000, 2);
        }
        Json json = profile.object("pace");
        json.only("startSeconds", "betweenSeconds", "attempts", "retrySeconds", "retryFactor");
        return new Pace(
                millis(json, "startSeconds", 0),
                millis(json, "betweenSeconds", 0),
                (int) json.number("attempts", 3, 1, 100),
                millis(json, "retrySeconds", 30),
                json.number("retryFactor", 2, 1, 10));
    }

    private static long millis(Json json, String key, double absent) throws FamilyException {
        return Math.round(json.number(key, absent, 0, MAX_SECONDS) * 1000);
    }
}
