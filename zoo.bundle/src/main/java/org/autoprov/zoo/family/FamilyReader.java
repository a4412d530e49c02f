// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.autoprov.zoo.format.FileFormat;

/** Reads {@code AUTOPROV-INF/zoo.json}. Strict: an unknown key, name or placeholder is an error and named. */
public final class FamilyReader {

    private static final int SCHEMA = 1;
    private static final Set<String> MODEL_KEYS = Set.of("profile", "oui", "firmware");

    private FamilyReader() {}

    /**
     * Reads a description.
     *
     * @param text the JSON text
     * @return the family
     * @throws FamilyException when it cannot be used
     */
    public static Family read(String text) throws FamilyException {
        JsonElement element;
        try {
            element = JsonParser.parseString(text);
        } catch (JsonParseException | StackOverflowError e) {
            throw new FamilyException("not JSON");
        }
        if (!element.isJsonObject()) {
            throw new FamilyException("not a JSON object");
        }
        Json json = new Json("", element.getAsJsonObject());
        json.only("schema", "family", "sources", "ouis", "formats", "profiles", "models");
        if (json.number("schema", 0, 0, 1_000_000) != SCHEMA) {
            throw new FamilyException("schema is not " + SCHEMA);
        }
        json.map("sources", Json::text);
        List<String> ouis = json.list("ouis", FamilyReader::oui);
        Map<String, FileFormat> formats = json.map("formats", FormatReader::read);
        Map<String, Profile> profiles = new LinkedHashMap<>();
        Map<String, Json> written = json.map("profiles", Json::of);
        for (String name : written.keySet()) {
            profiles.put(name, ProfileReader.read(name, resolve(name, written, new HashSet<>())));
        }
        Map<String, Model> models = new LinkedHashMap<>();
        for (Map.Entry<String, Json> entry : json.map("models", Json::of).entrySet()) {
            models.put(entry.getKey(), model(entry.getKey(), entry.getValue(), ouis));
        }
        Family family = new Family(json.text("family"), formats, profiles, models);
        check(family);
        return family;
    }

    /** A profile that is like another one has that one's keys, except those that it states itself. */
    private static Json resolve(String name, Map<String, Json> written, Set<String> seen) throws FamilyException {
        Json own = written.get(name);
        Optional<String> like = own.maybe("like");
        if (like.isEmpty()) {
            return own;
        }
        if (!written.containsKey(like.get()) || !seen.add(name)) {
            throw new FamilyException(own.at("like") + " is no other profile: " + like.get());
        }
        JsonObject merged = resolve(like.get(), written, seen).object().deepCopy();
        own.object().entrySet().forEach(entry -> merged.add(entry.getKey(), entry.getValue()));
        return new Json(own.where(), merged);
    }

    private static String oui(String where, JsonElement element) throws FamilyException {
        String oui = Json.text(where, element);
        if (!oui.matches("[0-9a-f]{6}")) {
            throw new FamilyException(where + " is not six lower-case hex digits");
        }
        return oui;
    }

    private static Model model(String name, Json json, List<String> ouis) throws FamilyException {
        Map<String, String> facts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> entry : json.object().entrySet()) {
            if (!MODEL_KEYS.contains(entry.getKey())) {
                if (!entry.getValue().isJsonPrimitive() || Placeholders.BUILT_IN.contains(entry.getKey())) {
                    throw new FamilyException(json.at(entry.getKey()) + " is not a fact");
                }
                facts.put(entry.getKey(), entry.getValue().getAsString());
            }
        }
        if (!json.has("oui") && ouis.isEmpty()) {
            throw new FamilyException(json.at("oui") + " is missing");
        }
        String oui = json.has("oui") ? oui(json.at("oui"), json.get("oui")) : ouis.get(0);
        return new Model(name, json.text("profile"), oui, json.text("firmware"), facts);
    }

    private static void check(Family family) throws FamilyException {
        Set<String> placeholders = new HashSet<>(Placeholders.BUILT_IN);
        for (Model model : family.models().values()) {
            placeholders.addAll(model.facts().keySet());
            if (!family.profiles().containsKey(model.profile())) {
                throw new FamilyException("models." + model.name() + ".profile is no profile: " + model.profile());
            }
        }
        for (FileFormat format : family.formats().values()) {
            for (FileFormat.Follow follow : format.follow()) {
                known("formats." + format.name() + ".follow", follow.format(), family);
            }
        }
        for (Profile profile : family.profiles().values()) {
            String where = "profiles." + profile.name();
            filled(where + ".userAgent", profile.userAgent(), placeholders);
            for (String value : profile.headers().values()) {
                filled(where + ".headers", value, placeholders);
            }
            for (String value : profile.macros().values()) {
                filled(where + ".macros", value, placeholders);
            }
            for (Step step : profile.steps()) {
                if (step.format().isPresent()) {
                    known(where + ".steps", step.format().get(), family);
                }
                for (String name : step.names()) {
                    filled(where + ".steps", name, placeholders);
                }
                filled(where + ".steps", step.userAgent().orElse(""), placeholders);
            }
            checkAccounts(where, profile, family);
        }
    }

    private static void checkAccounts(String where, Profile profile, Family family) throws FamilyException {
        for (AccountRule rule : profile.accounts()) {
            for (Model model : family.models().values()) {
                if (family.profile(model).equals(profile) && !isCount(rule, model)) {
                    throw new FamilyException(
                            where + ".accounts.last is not a number from 0 to 1000 for " + model.name());
                }
            }
        }
    }

    private static boolean isCount(AccountRule rule, Model model) {
        try {
            int last = rule.last(model);
            return last >= 0 && last <= 1000;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void known(String where, String format, Family family) throws FamilyException {
        if (!family.formats().containsKey(format)) {
            throw new FamilyException(where + " names an unknown format: " + format);
        }
    }

    private static void filled(String where, String template, Set<String> placeholders) throws FamilyException {
        for (String name : Placeholders.in(template)) {
            if (!placeholders.contains(name)) {
                throw new FamilyException(where + " has an unknown placeholder: {" + name + "}");
            }
        }
    }
}
