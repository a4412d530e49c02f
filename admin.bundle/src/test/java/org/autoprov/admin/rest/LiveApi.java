// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.autoprov.admin.ApiServer;
import org.autoprov.admin.Json;

/** The API on a free port of loopback with a fake core. Sends what it is told, however wrong. */
final class LiveApi extends FakeApi implements AutoCloseable {

    static final int BODY_MAX = 700_000;

    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    /** What came back. @param headers by lower-case name */
    record Answer(int status, Map<String, String> headers, String body) {
        Object json() throws Json.InvalidJsonException {
            return Json.read(body);
        }
    }

    private final ApiServer server;

    LiveApi() throws IOException {
        JETTY.setLevel(Level.SEVERE);
        server = ApiServer.open("127.0.0.1", 0, 8, BODY_MAX, api);
    }

    int port() {
        return server.port();
    }

    /** With the media type of the API if there is a body. @param token null for none; @param body null for none */
    Answer call(String method, String path, String token, String body) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (token != null) {
            headers.put("X-Auth-Token", token);
        }
        if (body != null) {
            headers.put("Content-Type", Reply.JSON);
        }
        return send(method, path, headers, body);
    }

    Answer send(String method, String path, Map<String, String> headers, String body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head =
                new StringBuilder(method + ' ' + path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body != null) {
            head.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        return exchange(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1), bytes);
    }

    Answer exchange(byte[] head, byte[] body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(head);
            out.write(body);
            out.flush();
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = text.indexOf("\r\n\r\n");
            String[] lines = text.substring(0, end).split("\r\n");
            Map<String, String> headers = new LinkedHashMap<>();
            for (int i = 1; i < lines.length; i++) {
                String[] field = lines[i].split(":", 2);
                headers.put(field[0].toLowerCase(Locale.ROOT), field[1].trim());
            }
            return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, text.substring(end + 4));
        }
    }

    @Override
    public void close() {
        server.shutDown(0);
    }
}
