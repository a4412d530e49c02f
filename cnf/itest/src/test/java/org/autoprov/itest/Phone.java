// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A phone on one kept connection, from an address of loopback. Not for several threads at once. */
final class Phone implements Telephone {

    private static final int TIMEOUT_MILLIS = 15_000;

    private final URI server;
    private final String source;
    private final String userAgent;
    private final String mac;
    private Socket socket;
    private InputStream in;

    /** An answer. @param headers by lower-case name */
    record Reply(int status, Map<String, String> headers, byte[] bytes) {
        String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** The value of a {@code name=value} line as test phones and Yealink phones get it; null without one. */
        String value(String name) {
            Matcher line = Pattern.compile("(?m)^" + Pattern.quote(name) + " ?= ?(.*)$")
                    .matcher(body());
            return line.find() ? line.group(1).strip() : null;
        }
    }

    private Phone(URI server, String source, String mac, String userAgent) {
        this.server = server;
        this.source = source;
        this.mac = mac;
        this.userAgent = userAgent;
    }

    /** A phone of the test family {@code vendor}, model A10. @param number makes the MAC address */
    static Phone acme(URI server, String vendor, int number) {
        return acme(server, vendor, number, "1.0", "127.0.0.1");
    }

    static Phone acme(URI server, String vendor, int number, String firmware, String source) {
        String mac = String.format("001122%06x", number);
        return new Phone(server, source, mac, vendor + " A10 " + firmware + " " + mac);
    }

    /** A Yealink T54W. */
    static Phone yealink(URI server, int number, String source) {
        String mac = String.format("805ec0%06x", number);
        String colons = mac.replaceAll("(..)(?!$)", "$1:");
        return new Phone(server, source, mac, "Yealink SIP-T54W 96.86.0.45 " + colons);
    }

    /** Whatever calls itself so. */
    static Phone stranger(URI server, String source, String mac, String userAgent) {
        return new Phone(server, source, mac, userAgent);
    }

    @Override
    public String mac() {
        return mac;
    }

    /** The secret file of a test phone. */
    @Override
    public Reply own(String family) throws IOException {
        return get("/" + mac + "." + family);
    }

    Reply get(String path) throws IOException {
        return send("GET", path, null);
    }

    Reply send(String method, String path, byte[] body) throws IOException {
        open();
        StringBuilder request = new StringBuilder();
        request.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ");
        request.append(server.getHost()).append(':').append(server.getPort());
        request.append("\r\nUser-Agent: ").append(userAgent).append("\r\n");
        if (body != null) {
            request.append("Content-Length: ").append(body.length).append("\r\n");
        }
        byte[] head = request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head);
        if (body != null) {
            all.write(body);
        }
        try {
            socket.getOutputStream().write(all.toByteArray());
            Reply reply = read(method);
            if ("close".equalsIgnoreCase(reply.headers().get("connection"))) {
                close();
            }
            return reply;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void open() throws IOException {
        if (socket == null) {
            socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getByName(source), 0));
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        }
    }

    private Reply read(String method) throws IOException {
        String status = line();
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int code = Integer.parseInt(status.split(" ", 3)[1]);
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        boolean none = method.equals("HEAD") || code == 304 || code == 204;
        byte[] bytes = none ? new byte[0] : in.readNBytes(length);
        if (!none && bytes.length < length) {
            throw new EOFException("only " + bytes.length + " of " + length + " bytes");
        }
        return new Reply(code, headers, bytes);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // closed is closed
        }
        socket = null;
    }
}
