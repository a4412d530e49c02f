// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one HTTP answer. For one thread and one answer. */
final class AnswerReader {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    private static final int MAX_HEAD = 64 << 10;
    private static final int MAX_BODY = 16 << 20;

    private final InputStream in;
    private final long start;
    private final List<String> defects = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private int headBytes;
    private boolean keeps = true;

    /** {@code start} is when the request began, as the nano time. */
    AnswerReader(InputStream in, long start) {
        this.in = in;
        this.start = start;
    }

    /** Whether another request may follow on this connection. Known after {@link #read}. */
    boolean keepsConnection() {
        return keeps;
    }

    Answer read() throws IOException {
        int status;
        do {
            status = head();
        } while (status < 200);
        byte[] body = status == 204 || status == 304 ? new byte[0] : body();
        if (headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("close")) {
            keeps = false;
        }
        if (keeps && in.available() > 0) {
            defects.add("more bytes than Content-Length says");
            keeps = false;
        }
        double millis = Requests.millis(start);
        return new Answer(
                status, Integer.toString(status), "", Map.copyOf(headers), body, List.copyOf(defects), millis);
    }

    private int head() throws IOException {
        headers.clear();
        String line = line();
        Matcher status = STATUS.matcher(line);
        if (!status.matches()) {
            throw new IOException("the answer is not HTTP/1");
        }
        if (line.startsWith("HTTP/1.0")) {
            keeps = false;
        }
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new IOException("the answer has a broken header");
            }
            String name = header.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = header.substring(colon + 1).strip();
            String before = headers.put(name, value);
            if (name.equals("content-length") && before != null && !before.equals(value)) {
                throw new IOException("the answer has two different Content-Lengths");
            }
        }
        return Integer.parseInt(status.group(1));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the answer ends within its header");
            }
            if (++headBytes > MAX_HEAD) {
                throw new IOException("the answer's header is larger than " + MAX_HEAD + " bytes");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private byte[] body() throws IOException {
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            defects.add("chunked answer");
            return chunks();
        }
        String length = headers.get("content-length");
        if (length == null) {
            defects.add("no Content-Length");
            keeps = false;
            return limited(in.readNBytes(MAX_BODY + 1));
        }
        if (!length.matches("[0-9]{1,18}")) {
            throw new IOException("Content-Length is not a number");
        }
        long bytes = Long.parseLong(length);
        if (bytes > MAX_BODY) {
            throw new IOException("larger than " + MAX_BODY + " bytes");
        }
        return exactly((int) bytes);
    }

    private byte[] exactly(int bytes) throws IOException {
        byte[] body = in.readNBytes(bytes);
        if (body.length < bytes) {
            throw new IOException("truncated: " + body.length + " of " + bytes + " bytes");
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            headBytes = 0;
            String size = line().split(";", 2)[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,7}")) {
                throw new IOException("a chunk has no size");
            }
            int bytes = Integer.parseInt(size, 16);
            if (bytes == 0) {
                while (!line().isEmpty()) {
                    continue; // trailers mean nothing to a phone
                }
                return body.toByteArray();
            }
            if (body.size() + bytes > MAX_BODY) {
                throw new IOException("larger than " + MAX_BODY + " bytes");
            }
            body.write(exactly(bytes));
            line();
        }
    }

    private static byte[] limited(byte[] body) throws IOException {
        if (body.length > MAX_BODY) {
            throw new IOException("larger than " + MAX_BODY + " bytes");
        }
        return body;
    }
}
