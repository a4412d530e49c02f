// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends exactly the bytes it is told to. Times out after ten seconds. */
final class RawPhone implements AutoCloseable {

    /** One answer; the status is 0 when the server closed without one. */
    record Reply(int status, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.get(name);
        }
    }

    final Socket socket;
    private final InputStream in;

    RawPhone(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Each character is one octet. */
    RawPhone send(String octets) throws IOException {
        return send(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawPhone send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
        return this;
    }

    RawPhone get(String target, String... fields) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nHost: phones\r\n" + lines(fields) + "\r\n");
    }

    static String lines(String... fields) {
        StringBuilder text = new StringBuilder();
        for (String field : fields) {
            text.append(field).append("\r\n");
        }
        return text.toString();
    }

    Reply reply() throws IOException {
        return reply(true);
    }

    /** @param body false for the answer to HEAD */
    Reply reply(boolean body) throws IOException {
        String start = line();
        if (start == null) {
            return new Reply(0, Map.of(), new byte[0]);
        }
        int status = Integer.parseInt(start.substring(9, 12));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (headers.put(line.substring(0, colon), line.substring(colon + 1).strip()) != null) {
                throw new IOException("sent twice: " + line);
            }
        }
        boolean none = !body || status == 304 || status < 200;
        int length = none ? 0 : Integer.parseInt(headers.getOrDefault("Content-Length", "-1"));
        if (length < 0) {
            throw new IOException("no Content-Length in " + status + " " + headers);
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("only " + bytes.length + " of " + length);
        }
        return new Reply(status, headers, bytes);
    }

    /** Whether the server has closed, having sent nothing more; waits for it. */
    boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException e) {
            return true;
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    if (line.size() == 0) {
                        return null;
                    }
                    throw new EOFException("in the middle of: " + line);
                }
                line.write(c);
            }
        } catch (java.net.SocketException e) {
            return null;
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
