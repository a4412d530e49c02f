// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.autoprov.core.device.MacAddress;
import org.autoprov.zoo.phone.Account;
import org.autoprov.zoo.phone.BootResult;
import org.autoprov.zoo.phone.Exchange;
import org.autoprov.zoo.phone.Protocol;

/** Tells what the phones did: line by line, or as one JSON document at the end. Safe for use by many threads. */
final class Report {

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private final PrintStream out;
    private final String model;
    private final boolean json;
    private final boolean each;
    private final boolean secrets;
    private final long start = System.nanoTime();
    private final Times requests = new Times();
    private final Times boots = new Times();
    private final Map<Protocol, Integer> byProtocol = new EnumMap<>(Protocol.class);
    private final JsonArray phones = new JsonArray();
    private int usable;
    private int failed;
    private int warnings;
    private long bytes;

    /**
     * @param out where to
     * @param model of all phones
     * @param json one document instead of lines
     * @param each whether to tell of every phone; else of failed ones only
     * @param secrets whether to show passwords
     */
    Report(PrintStream out, String model, boolean json, boolean each, boolean secrets) {
        this.out = out;
        this.model = model;
        this.json = json;
        this.each = each;
        this.secrets = secrets;
    }

    synchronized void exchange(MacAddress mac, Exchange exchange) {
        requests.add(exchange.millis());
        byProtocol.merge(exchange.protocol(), 1, Integer::sum);
        bytes += exchange.bytes();
        if (each && !json) {
            out.println(line(mac, exchange));
        }
    }

    static String line(MacAddress mac, Exchange exchange) {
        String request = exchange.protocol() == Protocol.TFTP ? "TFTP " + exchange.method() : exchange.method();
        return mac + "  " + request + " " + printable(exchange.path()) + "  "
                + (exchange.status() == 0 ? "---" : exchange.outcome() + "  " + size(exchange.bytes())) + "  "
                + time(exchange.millis()) + (exchange.note().isEmpty() ? "" : "  (" + printable(exchange.note()) + ")");
    }

    synchronized void result(MacAddress mac, BootResult result) {
        boots.add(result.millis());
        warnings += result.warnings().size();
        if (result.usable()) {
            usable++;
        } else {
            failed++;
        }
        if (!each && result.usable()) {
            return;
        }
        if (json) {
            phones.add(phone(mac, result));
            return;
        }
        for (Account account : result.accounts()) {
            out.println(mac + "  account " + describe(account, secrets));
        }
        result.firmware().filter(url -> each).ifPresent(url -> out.println(mac + "  firmware " + printable(url)));
        if (each) {
            result.warnings().forEach(warning -> out.println(mac + "  warning: " + printable(warning)));
        }
        result.failure().ifPresent(reason -> out.println(mac + "  FAILED: " + printable(reason)));
    }

    static String describe(Account account, boolean secrets) {
        String password = secrets ? account.password() : account.password().isEmpty() ? "none" : "****";
        String auth = account.authUser().equals(account.user()) ? "" : "  auth " + account.authUser();
        return printable(account.number() + ": " + account.user() + "  at " + account.server() + ":" + account.port()
                + "  " + account.transport() + (account.name().isEmpty() ? "" : "  \"" + account.name() + "\"") + auth
                + "  password " + password);
    }

    private JsonObject phone(MacAddress mac, BootResult result) {
        JsonObject phone = new JsonObject();
        phone.addProperty("mac", mac.toString());
        phone.addProperty("model", model);
        phone.addProperty("usable", result.usable());
        result.failure().ifPresent(reason -> phone.addProperty("failure", reason));
        phone.addProperty("millis", round(result.millis()));
        JsonArray steps = new JsonArray();
        for (Exchange exchange : result.exchanges()) {
            JsonObject step = new JsonObject();
            step.addProperty("protocol", exchange.protocol().scheme());
            step.addProperty("method", exchange.method());
            step.addProperty("path", exchange.path());
            step.addProperty("status", exchange.status());
            if (exchange.protocol() == Protocol.TFTP && exchange.status() != 0) {
                step.addProperty("outcome", exchange.outcome());
            }
            step.addProperty("bytes", exchange.bytes());
            step.addProperty("millis", round(exchange.millis()));
            if (!exchange.note().isEmpty()) {
                step.addProperty("note", exchange.note());
            }
            steps.add(step);
        }
        phone.add("requests", steps);
        JsonArray accounts = new JsonArray();
        for (Account account : result.accounts()) {
            JsonObject one = GSON.toJsonTree(account).getAsJsonObject();
            if (!secrets) {
                one.addProperty("password", account.password().isEmpty() ? "" : "****");
            }
            accounts.add(one);
        }
        phone.add("accounts", accounts);
        phone.add("warnings", GSON.toJsonTree(result.warnings()));
        result.firmware().ifPresent(url -> phone.addProperty("firmware", url));
        if (secrets) { // the URL may hold a key
            result.provisioningUrl().ifPresent(url -> phone.addProperty("provisioningUrl", url));
        }
        return phone;
    }

    synchronized void summary() {
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!json) {
            out.printf(
                    Locale.ROOT,
                    "%d phones: %d ok, %d failed, %d warnings; %d requests%s, %s, %.1f s%n",
                    phones(),
                    usable,
                    failed,
                    warnings,
                    requests.count(),
                    protocols(),
                    size(bytes),
                    seconds);
            out.println("request p50 " + time(requests.at(0.5)) + "  p99 " + time(requests.at(0.99)) + "  max "
                    + time(requests.at(1)) + "; boot p50 " + time(boots.at(0.5)) + "  p99 " + time(boots.at(0.99))
                    + "  max " + time(boots.at(1)));
            return;
        }
        JsonObject summary = new JsonObject();
        summary.addProperty("phones", phones());
        summary.addProperty("ok", usable);
        summary.addProperty("failed", failed);
        summary.addProperty("warnings", warnings);
        summary.addProperty("requests", requests.count());
        JsonObject protocols = new JsonObject();
        byProtocol.forEach((protocol, count) -> protocols.addProperty(protocol.scheme(), count));
        summary.add("requestsByProtocol", protocols);
        summary.addProperty("bytes", bytes);
        summary.addProperty("seconds", round(seconds));
        summary.add("requestMillis", requests.json());
        summary.add("bootMillis", boots.json());
        JsonObject document = new JsonObject();
        document.add("phones", phones);
        document.add("summary", summary);
        out.println(GSON.toJson(document));
    }

    private String protocols() {
        return byProtocol.isEmpty()
                ? ""
                : byProtocol.entrySet().stream()
                        .map(entry -> entry.getKey().scheme() + " " + entry.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    synchronized int failures() {
        return failed;
    }

    synchronized int phones() {
        return usable + failed;
    }

    /** Text from the network: no control characters reach the terminal. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    static double round(double number) {
        return Math.round(number * 1000) / 1000.0;
    }

    static String size(long bytes) {
        return bytes < 1024
                ? bytes + " B"
                : bytes < 1 << 20
                        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
                        : String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }

    static String time(double millis) {
        return millis < 10
                ? String.format(Locale.ROOT, "%.1f ms", millis)
                : millis < 10_000 ? Math.round(millis) + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000);
    }
}
