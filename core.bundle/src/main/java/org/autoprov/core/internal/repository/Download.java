// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serial;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLConnection;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.autoprov.core.service.Operation;

/**
 * Fetches one file over http, https or ftp, or copies it from a {@code file:} URL: whole or not at all, within limits of
 * size and time, with further tries when the network fails. Thread-safe.
 */
final class Download {

    private static final Set<Integer> TRY_AGAIN = Set.of(408, 429, 500, 502, 503, 504);
    private static final int MAX_REDIRECTS = 5;

    private final Proxies proxies;
    private final Limits limits;

    /**
     * @param connectMillis for a connection
     * @param readMillis without a byte
     * @param totalMillis for one try
     * @param tries how often a failed one is repeated, the first one included
     * @param pauseMillis before the second try; longer before each further one
     */
    record Limits(int connectMillis, int readMillis, long totalMillis, int tries, long pauseMillis) {
        static final Limits USUAL = new Limits(15_000, 15_000, 3_600_000, 3, 1000);
    }

    /** It did not work; the message is one sentence without a password. */
    static final class FailedException extends IOException {
        @Serial
        private static final long serialVersionUID = 1;

        private final boolean again;

        FailedException(String message, boolean again) {
            super(message);
            this.again = again;
        }
    }

    Download(Proxies proxies, Limits limits) {
        this.proxies = proxies;
        this.limits = limits;
    }

    /**
     * Fetches a file.
     *
     * @param to is written anew at each try; nothing is left of it when this fails
     * @param bytes the exact size; 0 when it is not known
     * @param max largest size, bytes
     * @param progress told of bytes; its end is left to the caller
     * @throws FailedException when it did not work at last
     */
    void fetch(URI from, Path to, long bytes, long max, Operation progress) throws FailedException {
        for (int attempt = 1; ; attempt++) {
            try {
                once(from, to, bytes, max, progress);
                return;
            } catch (IOException e) {
                remove(to);
                FailedException failed =
                        e instanceof FailedException known ? known : new FailedException(reason(from, e), true);
                if (!failed.again || attempt >= limits.tries) {
                    throw failed;
                }
                pause(from, attempt);
            }
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit(); // the next try or the next start overwrites it
        }
    }

    private void pause(URI from, int attempt) throws FailedException {
        try {
            Thread.sleep(limits.pauseMillis * attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException(shown(from) + ": the server is being stopped", false);
        }
    }

    private void once(URI from, Path to, long bytes, long max, Operation progress) throws IOException {
        long deadline = System.nanoTime() + limits.totalMillis * 1_000_000;
        URLConnection connection = open(from);
        try (InputStream in = connection.getInputStream()) {
            long announced = connection.getContentLengthLong();
            long expected = bytes > 0 ? bytes : Math.max(announced, 0);
            if (bytes > 0 && announced >= 0 && announced != bytes) {
                throw new FailedException(shown(from) + " has " + announced + " bytes instead of " + bytes, false);
            }
            if (expected > max) {
                throw tooLarge(from, max);
            }
            long total = copy(from, in, to, expected, max, deadline, progress);
            if (expected > 0 && total != expected) {
                throw new FailedException(
                        shown(from) + " broke off after " + total + " of " + expected + " bytes", true);
            }
        } finally {
            if (connection instanceof HttpURLConnection http) {
                http.disconnect();
            }
        }
    }

    private static FailedException tooLarge(URI from, long max) {
        return new FailedException(shown(from) + " is larger than " + max + " bytes", false);
    }

    private static long copy(
            URI from, InputStream in, Path to, long expected, long max, long deadline, Operation progress)
            throws IOException {
        progress.progress(0, expected);
        long total = 0;
        try (OutputStream out = Files.newOutputStream(to)) {
            byte[] buffer = new byte[64 << 10];
            int read;
            while ((read = in.read(buffer)) >= 0) {
                total += read;
                if (total > max) {
                    throw tooLarge(from, max);
                }
                if (expected > 0 && total > expected) {
                    throw new FailedException(shown(from) + " is longer than " + expected + " bytes", false);
                }
                if (System.nanoTime() > deadline) {
                    throw new FailedException(shown(from) + " takes too long", true);
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new FailedException(shown(from) + ": the server is being stopped", false);
                }
                out.write(buffer, 0, read);
                progress.progress(total, expected);
            }
        }
        return total;
    }

    /** A connection that answers with the file itself; follows redirects, but never to a less safe scheme. */
    private URLConnection open(URI from) throws IOException {
        URI uri = from;
        for (int redirects = 0; ; redirects++) {
            URLConnection connection = connect(uri, uri == from || sameHost(uri, from));
            if (!(connection instanceof HttpURLConnection http)) {
                return connection;
            }
            int status = http.getResponseCode();
            if (status == 200) {
                return http;
            }
            String location = http.getHeaderField("Location");
            http.disconnect();
            if (status < 300 || status > 399 || location == null) {
                throw new FailedException(shown(from) + " answers with status " + status, TRY_AGAIN.contains(status));
            }
            if (redirects == MAX_REDIRECTS) {
                throw new FailedException(shown(from) + " is redirected too often", false);
            }
            uri = redirected(uri, location);
        }
    }

    private static URI redirected(URI from, String location) throws FailedException {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new FailedException(shown(from) + " is redirected to what is no URL", false);
        }
        String scheme = scheme(to);
        if (!scheme.equals("https") && !(scheme.equals("http") && scheme(from).equals("http"))) {
            throw new FailedException(shown(from) + " is redirected to the scheme " + scheme, false);
        }
        return to;
    }

    private static boolean sameHost(URI one, URI other) {
        return String.valueOf(one.getHost()).equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort()
                && scheme(one).equals(scheme(other));
    }

    /** @param trusted whether the user and password of the first URL may go there */
    private URLConnection connect(URI uri, boolean trusted) throws IOException {
        String scheme = scheme(uri);
        switch (scheme) {
            case "file":
                return uri.toURL().openConnection();
            case "http", "https", "ftp":
                break;
            default:
                throw new FailedException(shown(uri) + ": downloads come by http, https or ftp", false);
        }
        if (uri.getHost() == null) {
            throw new FailedException(shown(uri) + " has no host", false);
        }
        Proxies.Choice choice = proxies.of(scheme);
        URLConnection connection = uri.toURL().openConnection(choice.proxy());
        connection.setConnectTimeout(limits.connectMillis);
        connection.setReadTimeout(limits.readMillis);
        connection.setUseCaches(false);
        if (connection instanceof HttpURLConnection http) {
            http.setInstanceFollowRedirects(false);
            http.setRequestProperty("User-Agent", "Autoprov");
            if (choice.authorization() != null && !scheme.equals("https")) {
                http.setRequestProperty("Proxy-Authorization", choice.authorization());
            }
            String own = trusted ? Proxies.basic(uri.getRawUserInfo()) : null;
            if (own != null) {
                http.setRequestProperty("Authorization", own);
            }
        }
        return connection;
    }

    static String scheme(URI uri) {
        return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    }

    /** A URL for people: without user, password and query, which may be secrets. */
    static String shown(URI uri) {
        String text = ParameterRules.masked(uri.toString());
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }

    private static String reason(URI from, IOException e) {
        if (e instanceof SocketTimeoutException) {
            return shown(from) + " does not answer in time";
        }
        if (e instanceof UnknownHostException) {
            return shown(from) + ": the host is unknown";
        }
        String message = e.getMessage() == null || e.getMessage().contains("@") ? "" : ": " + e.getMessage();
        return shown(from) + ": " + e.getClass().getSimpleName() + message;
    }
}
