// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A call that the owner of a target may make.
 *
 * @param pattern of the route
 * @param path with a target's keys in braces
 * @param body likewise; null for none
 * @param status when it is done for the owner
 * @param of whose it is
 */
record Sample(String method, String pattern, String path, String body, int status, Of of) {

    /** Whose what a sample names is. */
    enum Of {
        /** Nothing is named. */
        NOBODY,
        /** For others it is not there. */
        TARGET,
        /** Others may name it, too, and find nothing. */
        FILTER,
        /** Its id is wanted for something new: others learn that it is taken, nothing else. */
        TAKEN,
        /** The whole server's: others than the master are told that they may not. */
        SERVER
    }

    static final List<Sample> ALL = List.of(
            get("/1", Of.NOBODY),
            get("/1/openapi.yaml", Of.NOBODY),
            get("/1/problems", Of.NOBODY),
            get("/1/problems/{type}", "/1/problems/stale", Of.NOBODY),
            get("/1/devices", Of.NOBODY),
            get("/1/devices", "/1/devices?tenant={tenant}", Of.FILTER),
            get("/1/devices", "/1/devices?mac={mac}", Of.FILTER),
            get("/1/devices", "/1/devices?q={username}", Of.FILTER),
            get("/1/devices", "/1/devices?q=mark&limit=1&secrets=true", Of.NOBODY),
            body("POST", "/1/devices", "{}", 201, Of.NOBODY),
            body("POST", "/1/devices", "{'id': 'new-one', 'tenant': '{tenant}'}", 201, Of.TARGET),
            body("POST", "/1/devices", "{'id': '{device}'}", 409, Of.TAKEN),
            body("POST", "/1/devices", "{'mac': '{mac}'}", 409, Of.TAKEN),
            body(
                    "POST",
                    "/1/lines",
                    "{'id': '{free}', 'account': {'username': 'a', 'password': 'b', 'display_name': 'c'}}",
                    409,
                    Of.TAKEN),
            body("POST", "/1/tenants", "{'id': '{tenant}', 'name': 'n'}", 409, Of.TAKEN),
            get("/1/devices/{device}", Of.TARGET),
            get("/1/devices/{device}", "/1/devices/{mac}?secrets=true", Of.TARGET),
            body("PATCH", "/1/devices/{device}", "{'description': 'x', 'shared': true}", 200, Of.TARGET),
            body("PATCH", "/1/devices/{device}", null, 200, Of.TARGET),
            no("DELETE", "/1/devices/{device}", 204, Of.TARGET),
            body("POST", "/1/devices/{device}/reset", null, 200, Of.TARGET),
            body("POST", "/1/devices/{device}/reconfigure", "{}", 200, Of.TARGET),
            body("POST", "/1/devices/{device}/resync", "{}", 202, Of.TARGET),
            get("/1/devices/{device}/parameters", Of.TARGET),
            get("/1/devices/{device}/parameters", "/1/devices/{device}/parameters?secrets=true", Of.TARGET),
            get("/1/devices/{device}/files", Of.TARGET),
            get("/1/devices/{device}/files/{file}", Of.TARGET),
            get("/1/devices/{device}/files/{file}", "/1/devices/{mac}/files/{file}?secrets=true", Of.TARGET),
            body("POST", "/1/devices/{device}/files/{file}", "{'parameters': {'X_more': 'y'}}", 200, Of.TARGET),
            get("/1/devices/{device}/positions", Of.TARGET),
            get("/1/devices/{device}/positions/{position}", "/1/devices/{device}/positions/1", Of.TARGET),
            new Sample(
                    "PUT",
                    "/1/devices/{device}/positions/{position}",
                    "/1/devices/{device}/positions/3",
                    "{'line': '{free}'}",
                    201,
                    Of.TARGET),
            new Sample(
                    "PUT",
                    "/1/devices/{device}/positions/{position}",
                    "/1/devices/{device}/positions/1",
                    "{'code': '{line_code}'}",
                    200,
                    Of.TARGET),
            new Sample(
                    "DELETE",
                    "/1/devices/{device}/positions/{position}",
                    "/1/devices/{device}/positions/1",
                    null,
                    204,
                    Of.TARGET),
            body("POST", "/1/associations", "{'code': '{free_code}', 'device': '{mac}'}", 200, Of.TARGET),
            body(
                    "POST",
                    "/1/associations",
                    "{'code': '{free_code}', 'sip_username': '{username}', 'resync': false}",
                    200,
                    Of.TARGET),
            get("/1/lines", Of.NOBODY),
            get("/1/lines", "/1/lines?tenant={tenant}&secrets=true", Of.FILTER),
            get("/1/lines", "/1/lines?code={free_code}", Of.FILTER),
            get("/1/lines", "/1/lines?username={username}", Of.FILTER),
            get("/1/lines", "/1/lines?device={device}&code={line_code}&bound=true", Of.FILTER),
            get("/1/lines", "/1/lines?q=mark&bound=false&limit=1", Of.NOBODY),
            body(
                    "POST",
                    "/1/lines",
                    "{'tenant': '{tenant}', 'account': {'username': 'a', 'password': 'b', 'display_name': 'c'}}",
                    201,
                    Of.TARGET),
            body(
                    "POST",
                    "/1/lines",
                    "{'account': {'username': 'a', 'password': 'b', 'display_name': 'c'}, 'parameters': {'X_a': [1]}}",
                    201,
                    Of.NOBODY),
            get("/1/lines/{line}", Of.TARGET),
            get("/1/lines/{line}", "/1/lines/{free}?secrets=true", Of.TARGET),
            body(
                    "PATCH",
                    "/1/lines/{line}",
                    "{'account': {'display_name': 'x'}, 'parameters': {'X_mark': null}}",
                    200,
                    Of.TARGET),
            new Sample("DELETE", "/1/lines/{line}", "/1/lines/{free}", null, 204, Of.TARGET),
            body("POST", "/1/lines/{line}/code", "{}", 200, Of.TARGET),
            no("DELETE", "/1/lines/{line}/device", 204, Of.TARGET),
            get("/1/tenants", Of.NOBODY),
            get("/1/tenants", "/1/tenants?secrets=true", Of.NOBODY),
            body(
                    "POST",
                    "/1/tenants",
                    "{'name': 'n', 'parent': '{tenant}', 'webhook': {'url': 'https://pbx.example.org/?k=v'}}",
                    201,
                    Of.TARGET),
            body("POST", "/1/tenants", "{'name': 'n', 'provisioning_key': 'key-of-the-new'}", 201, Of.NOBODY),
            get("/1/tenants/{tenant}", Of.TARGET),
            get("/1/tenants/{tenant}", "/1/tenants/{tenant}?secrets=true", Of.TARGET),
            body(
                    "PATCH",
                    "/1/tenants/{tenant}",
                    "{'name': 'x', 'webhook': {'url': 'https://pbx.example.org/', 'events': ['line']}}",
                    200,
                    Of.TARGET),
            get("/1/tokens", Of.NOBODY),
            body("POST", "/1/tokens", "{'tenant': '{tenant}', 'access': ['provd.v1.#']}", 201, Of.TARGET),
            body("POST", "/1/tokens", "{'access': ['provd.v1.#'], 'expires': '2099-01-01T00:00:00Z'}", 201, Of.NOBODY),
            get("/1/tokens/{token}", Of.TARGET),
            no("DELETE", "/1/tokens/{token}", 204, Of.TARGET),
            get("/1/operations", Of.NOBODY),
            get("/1/operations/{operation}", Of.TARGET),
            no("DELETE", "/1/operations/{operation}", 204, Of.TARGET),
            get("/1/events", "/1/events?types=device,line.update&device={device}&last_event_id=x-1", Of.FILTER),
            get("/1/usage", "/1/usage?devices=true", Of.NOBODY),
            get("/1/usage", "/1/usage?tenant={tenant}&devices=true&plugin=acme-1&model=A20", Of.TARGET),
            get("/1/devices.csv", Of.NOBODY),
            new Sample("POST", "/1/devices.csv", "/1/devices.csv", "id,description\n{device},x\n", 200, Of.TAKEN),
            new Sample(
                    "POST",
                    "/1/devices.csv",
                    "/1/devices.csv?dry_run=true",
                    "tenant,mac\n{tenant},00:11:22:33:44:aa\n",
                    200,
                    Of.TARGET),
            get("/1/lines.csv", Of.NOBODY),
            get("/1/lines.csv", "/1/lines.csv?secrets=true", Of.NOBODY),
            new Sample("POST", "/1/lines.csv", "/1/lines.csv", "id,username\n{free},{username}-free\n", 200, Of.TARGET),
            get("/1/audit", "/1/audit?id={device}&kind=device&limit=5", Of.TARGET),
            get("/1/audit", "/1/audit?id={line}", Of.TARGET),
            get("/1/audit", Of.SERVER),
            get("/1/plugins", Of.NOBODY),
            get("/1/plugins/{plugin}", "/1/plugins/acme-1", Of.NOBODY),
            server("POST", "/1/plugins/{plugin}", 202),
            server("DELETE", "/1/plugins/{plugin}", 204),
            server("POST", "/1/plugins/{plugin}/upgrade", 202),
            server("POST", "/1/plugins/{plugin}/reload", 202),
            get("/1/repository", Of.SERVER),
            server("POST", "/1/repository/update", 202),
            get("/1/plugins/{plugin}/packages", "/1/plugins/acme-1/packages", Of.NOBODY),
            server("POST", "/1/plugins/{plugin}/packages/{package}", 202),
            server("DELETE", "/1/plugins/{plugin}/packages/{package}", 204),
            new Sample(
                    "PUT",
                    "/1/plugins/{plugin}/packages/files/{file}",
                    "/1/plugins/acme-1/packages/files/fw.bin",
                    "abc",
                    201,
                    Of.SERVER),
            // Last: with it the target goes.
            new Sample("DELETE", "/1/tenants/{tenant}", "/1/tenants/{tenant}?force=true", null, 204, Of.TARGET));

    private static Sample get(String pattern, Of of) {
        return get(pattern, pattern, of);
    }

    private static Sample get(String pattern, String path, Of of) {
        return new Sample("GET", pattern, path, null, 200, of);
    }

    private static Sample body(String method, String pattern, String body, int status, Of of) {
        return new Sample(method, pattern, pattern, body, status, of);
    }

    private static Sample no(String method, String pattern, int status, Of of) {
        return new Sample(method, pattern, pattern, null, status, of);
    }

    private static Sample server(String method, String pattern, int status) {
        String path = pattern.replace("{plugin}", "acme-1").replace("{package}", "firmware");
        return new Sample(method, pattern, path, method.equals("POST") ? "{}" : null, status, Of.SERVER);
    }

    @Override
    public String toString() {
        return method + ' ' + path + (body == null ? "" : ' ' + body);
    }

    /** The type of its body. */
    String type() {
        return pattern.endsWith(".csv")
                ? "text/csv"
                : pattern.endsWith("/files/{file}") && method.equals("PUT")
                        ? "application/octet-stream"
                        : "application/json";
    }

    String path(Map<String, String> target) {
        return fill(path, target);
    }

    byte[] body(Map<String, String> target) {
        String filled = body == null ? "" : fill(body, target);
        return (type().endsWith("json") ? filled.replace('\'', '"') : filled).getBytes(StandardCharsets.UTF_8);
    }

    private static String fill(String text, Map<String, String> target) {
        String filled = text;
        for (Map.Entry<String, String> value : target.entrySet()) {
            filled = filled.replace('{' + value.getKey() + '}', value.getValue());
        }
        return filled;
    }

    /** Makes the call. @param token null for none @param headers names and values in turn */
    V1Harness.Answer ask(V1Harness server, String token, Map<String, String> target, String... headers) {
        byte[] body = body(target);
        String[] all = java.util.Arrays.copyOf(headers, headers.length + (body.length == 0 ? 0 : 2));
        if (body.length > 0) {
            all[headers.length] = "Content-Type";
            all[headers.length + 1] = type();
        }
        return server.callWith(token, method, path(target), body, all);
    }
}
