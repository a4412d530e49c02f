// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.autoprov.zoo.format.FileFormat;
import org.autoprov.zoo.format.FileSyntax;
import org.autoprov.zoo.format.LineSyntax;
import org.autoprov.zoo.format.NoSyntax;
import org.autoprov.zoo.format.XmlSyntax;

/** Reads one member of {@code formats}. */
final class FormatReader {

    private static final int MAX_BYTES = 4 << 20;
    private static final List<String> COMMON = List.of("type", "clears", "repeats", "maxBytes", "follow");

    private FormatReader() {}

    static FileFormat read(String where, JsonElement element) throws FamilyException {
        Json json = Json.of(where, element);
        FileSyntax syntax = switch (json.word("type", "", "key-value", "lines", "xml", "none")) {
            case "xml" -> xml(json);
            case "none" -> none(json);
            default -> lines(json);
        };
        List<FileFormat.Follow> follow = json.list("follow", FormatReader::follow);
        return new FileFormat(
                where.substring(where.lastIndexOf('.') + 1),
                syntax,
                json.maybe("clears"),
                json.word("repeats", "allowed", "allowed", "rejected").equals("rejected"),
                (int) json.number("maxBytes", MAX_BYTES, 1, MAX_BYTES),
                follow);
    }

    private static void only(Json json, String... keys) throws FamilyException {
        List<String> all = new ArrayList<>(COMMON);
        all.addAll(List.of(keys));
        json.only(all.toArray(String[]::new));
    }

    private static FileSyntax none(Json json) throws FamilyException {
        only(json);
        return new NoSyntax();
    }

    private static FileSyntax lines(Json json) throws FamilyException {
        only(json, "header", "comment", "lines", "others", "maxLine");
        List<LineSyntax.Rule> rules = new ArrayList<>(json.list("lines", FormatReader::line));
        if (json.text("type").equals("key-value")) {
            rules.add(LineSyntax.KEY_VALUE);
        } else if (rules.isEmpty()) {
            throw new FamilyException(json.at("lines") + " is missing");
        }
        return new LineSyntax(
                json.maybe("header"),
                json.text("comment", ""),
                List.copyOf(rules),
                json.word("others", "ignored", "ignored", "rejected").equals("rejected"),
                (int) json.number("maxLine", 8192, 16, 65536));
    }

    private static LineSyntax.Rule line(String where, JsonElement element) throws FamilyException {
        Json json = Json.of(where, element);
        json.only("pattern", "name");
        String[] groups = json.has("name") ? new String[] {"value"} : new String[] {"name", "value"};
        return new LineSyntax.Rule(json.pattern("pattern", groups), json.maybe("name"));
    }

    private static FileSyntax xml(Json json) throws FamilyException {
        only(json, "roots", "settings");
        List<XmlSyntax.Rule> rules = json.list("settings", FormatReader::place);
        if (rules.isEmpty()) {
            throw new FamilyException(json.at("settings") + " is missing");
        }
        return new XmlSyntax(Set.copyOf(json.texts("roots")), rules);
    }

    private static XmlSyntax.Rule place(String where, JsonElement element) throws FamilyException {
        Json json = Json.of(where, element);
        json.only("path", "name", "index", "value", "attributes");
        return new XmlSyntax.Rule(
                List.of(json.text("path").split("/")),
                json.text("name", "{element}"),
                json.maybe("index"),
                json.maybe("value"),
                json.flag("attributes"));
    }

    private static FileFormat.Follow follow(String where, JsonElement element) throws FamilyException {
        Json json = Json.of(where, element);
        json.only("setting", "separator", "format", "missing");
        return new FileFormat.Follow(
                json.text("setting"),
                json.text("separator", ""),
                json.text("format"),
                json.word("missing", "continue", "continue", "fail").equals("fail"));
    }
}
