// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.autoprov.zoo.phone.Target;

/**
 * A phone gone mad. It sends what no sane phone sends, one thing at a time. After each the server must have refused
 * (a 4xx, 501, 505, or the connection closed), shown nothing of its insides, and still serve a sane phone.
 */
final class Misbehaviour {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int IDLE_CONNECTIONS = 200;
    private static final int MAX_READ = 256 << 10;
    private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.[01] ([0-9]{3})");

    private final Target target;
    private final Verdicts verdicts;

    Misbehaviour(Target target, PrintStream out) {
        this.target = target;
        this.verdicts = new Verdicts(out);
    }

    /** One wrong request. {@code mustRefuse}: an answer of 2xx or 3xx is wrong as well. */
    private record Deed(String name, byte[] bytes, boolean mustRefuse) {}

    /** Tries everything; false when the server failed at something. */
    boolean run() throws InterruptedException {
        Optional<String> before = serves();
        if (before.isPresent()) {
            verdicts.tell("a sane request", before, 0);
            return false;
        }
        for (Deed deed : deeds()) {
            long start = System.nanoTime();
            Optional<String> wrong = send(deed);
            verdicts.tell(deed.name(), wrong.or(this::serves), start);
        }
        long start = System.nanoTime();
        verdicts.tell(
                "half a request, then silence", withOpen(1, "GET /half", 0).or(this::serves), start);
        start = System.nanoTime();
        verdicts.tell("a header that drips in byte by byte", withOpen(1, "GET /slow HTTP/1.1\r\nX-Drip: ", 20), start);
        start = System.nanoTime();
        verdicts.tell(
                IDLE_CONNECTIONS + " connections that say nothing",
                withOpen(IDLE_CONNECTIONS, "", 0).or(this::serves),
                start);
        return verdicts.conclude();
    }

    private List<Deed> deeds() {
        List<Deed> deeds = new ArrayList<>();
        for (String path : List.of(
                "/../../../../etc/passwd",
                "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                "/..%2f..%2f..%2fetc/passwd",
                "/..\\..\\..\\etc\\passwd",
                "//etc/passwd",
                "/./../autoprov.db",
                "/%00",
                "/%zz",
                "/a;/../../etc/passwd",
                "/\u00ff\u00fe.cfg")) {
            deeds.add(new Deed("GET " + Report.printable(path), get(path, ""), true));
        }
        deeds.add(new Deed("PUT /../../owned", put("/../../owned", "Content-Length: 2", "hi"), true));
        deeds.add(new Deed(
                "PUT of a gigabyte to an unknown name", put("/unknown.bin", "Content-Length: 1073741824", ""), true));
        deeds.add(new Deed("a name of 100,000 characters", get("/" + "a".repeat(100_000), ""), true));
        deeds.add(new Deed(
                "a header of 100,000 characters", get("/x.cfg", "X-Long: " + "b".repeat(100_000) + "\r\n"), true));
        deeds.add(new Deed("20,000 headers", get("/x.cfg", "X-Many: 1\r\n".repeat(20_000)), true));
        deeds.add(new Deed(
                "a User-Agent of control characters",
                get("/x.cfg", "User-Agent: \u0001\u0002\u001b[31m\u0007\r\n"),
                true));
        deeds.add(new Deed(
                "two different Content-Lengths",
                put("/x.cfg", "Content-Length: 1\r\nContent-Length: 5", "hello"),
                true));
        deeds.add(new Deed("a negative Content-Length", put("/x.cfg", "Content-Length: -1", ""), true));
        deeds.add(new Deed(
                "Content-Length together with chunks",
                put("/x.cfg", "Content-Length: 4\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
                true));
        deeds.add(new Deed("a broken chunk", put("/x.cfg", "Transfer-Encoding: chunked", "zz\r\n"), true));
        deeds.add(new Deed("the method TRACE", raw("TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), true));
        deeds.add(new Deed(
                "the method DELETE", raw("DELETE /x.cfg HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), true));
        deeds.add(new Deed("HTTP/9.9", raw("GET / HTTP/9.9\r\nHost: x\r\n\r\n"), true));
        deeds.add(new Deed("no Host", raw("GET / HTTP/1.1\r\n\r\n"), false));
        deeds.add(new Deed(
                "an absolute address elsewhere",
                raw("GET http://192.0.2.1/x.cfg HTTP/1.1\r\nHost: 192.0.2.1\r\nConnection: close\r\n\r\n"),
                false));
        byte[] noise = new byte[4096];
        new java.util.Random(1).nextBytes(noise);
        deeds.add(new Deed("noise", noise, true));
        deeds.add(
                new Deed("a TLS greeting", new byte[] {0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0, '\r', '\n', '\r', '\n'}, true));
        deeds.add(new Deed("nothing but line breaks", raw("\r\n".repeat(5000)), false));
        return deeds;
    }

    private byte[] get(String path, String headers) {
        return raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private byte[] put(String path, String headers, String body) {
        return raw("PUT " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n\r\n" + body);
    }

    private static byte[] raw(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Sends it; what was wrong with the reaction, or empty. */
    private Optional<String> send(Deed deed) {
        try (Socket socket = connect()) {
            try {
                socket.getOutputStream().write(deed.bytes());
                socket.getOutputStream().flush();
                socket.shutdownOutput();
            } catch (IOException e) {
                // the server may close while we still write; what it said first counts
            }
            return judge(answer(socket), deed.mustRefuse());
        } catch (SocketTimeoutException e) {
            return Optional.of("neither an answer nor an end within " + TIMEOUT_MILLIS / 1000 + " s");
        } catch (IOException | UnsupportedOperationException e) {
            return e.getMessage() != null && e.getMessage().startsWith("Connection refused")
                    ? Optional.of("the server is gone")
                    : Optional.empty();
        }
    }

    private static String answer(Socket socket) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            long end = System.nanoTime() + TIMEOUT_MILLIS * 1_000_000L;
            for (int n = in.read(buffer); n >= 0 && answer.size() < MAX_READ; n = in.read(buffer)) {
                answer.write(buffer, 0, n);
                if (System.nanoTime() > end) {
                    throw new SocketTimeoutException();
                }
            }
        } catch (SocketTimeoutException e) {
            if (answer.size() == 0) {
                throw e;
            }
        } catch (IOException e) {
            // a reset is an end as well
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    private static Optional<String> judge(String answer, boolean mustRefuse) {
        Matcher status = STATUS.matcher(answer);
        if (!status.find()) {
            return answer.isBlank() ? Optional.empty() : Optional.of("an answer that is not HTTP");
        }
        int code = Integer.parseInt(status.group(1));
        if (code >= 500 && code != 501 && code != 505) {
            return Optional.of("status " + code);
        }
        if (mustRefuse && code < 400) {
            return Optional.of("accepted with status " + code);
        }
        return Verdicts.insides(answer);
    }

    /** What is wrong with the answer to a sane request; any answer short of a server's failure is right. */
    private Optional<String> serves() {
        String path = target.path().endsWith("/") ? target.path() + "no-such-file.cfg" : target.path();
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + target.host() + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = connect()) {
            socket.getOutputStream().write(raw(request));
            String answer = answer(socket);
            return answer.isEmpty() ? Optional.of("a sane request got no answer") : judge(answer, false);
        } catch (IOException e) {
            return Optional.of("a sane request failed: " + e.getMessage());
        }
    }

    /** Holds connections open, drips bytes into the first, and asks sanely meanwhile. */
    private Optional<String> withOpen(int count, String beginning, int drips) throws InterruptedException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                Socket socket = connect();
                open.add(socket);
                socket.getOutputStream().write(raw(beginning));
            }
            for (int i = 0; i < drips; i++) {
                open.get(0).getOutputStream().write('x');
                Thread.sleep(50);
            }
            return serves();
        } catch (IOException e) {
            return serves(); // it may refuse or close such connections, if only it serves others
        } finally {
            for (Socket socket : open) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // closed by the server already
                }
            }
        }
    }

    private Socket connect() throws IOException {
        Socket socket = target.secure() ? SSLSocketFactory.getDefault().createSocket() : new Socket();
        socket.connect(new InetSocketAddress(target.host(), target.port()), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }
}
