// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.autoprov.core.service.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {

    private static final Download.Limits QUICK = new Download.Limits(2000, 300, 1500, 3, 1);

    @TempDir
    Path folder;

    private final FixedParameters parameters = new FixedParameters();
    private final Download download = new Download(new Proxies(parameters), QUICK);
    private final Web web = new Web();
    private final Operation progress = new Operation("");
    private final byte[] bytes = new byte[200_000];
    private Path to;

    @BeforeEach
    void prepare() {
        new Random(1).nextBytes(bytes);
        to = folder.resolve("to");
    }

    @AfterEach
    void close() {
        web.close();
    }

    private void fails(URI from, long size, long max, String message) {
        assertThatThrownBy(() -> download.fetch(from, to, size, max, progress))
                .isInstanceOf(Download.FailedException.class)
                .hasMessageContaining(message);
        assertThat(to).doesNotExist();
    }

    @Test
    void fetchesAFileAndTellsItsProgress() throws Exception {
        web.at("/a", bytes);

        download.fetch(web.uri("/a"), to, 0, 1 << 20, progress);

        assertThat(to).hasBinaryContent(bytes);
        assertThat(progress.text()).isEqualTo("progress;200000/200000");
    }

    @Test
    void triesAgainWhenTheServerBreaksOff() throws Exception {
        AtomicInteger count = new AtomicInteger();
        web.at("/a", exchange -> {
            if (count.incrementAndGet() < 3) {
                Web.truncated(new byte[1000], bytes.length).to(exchange);
            } else {
                Web.send(exchange, bytes);
            }
        });

        download.fetch(web.uri("/a"), to, bytes.length, bytes.length, progress);

        assertThat(to).hasBinaryContent(bytes);
    }

    @Test
    void givesUpOnAServerThatAlwaysBreaksOff() {
        web.at("/a", Web.truncated(new byte[1000], bytes.length));

        fails(web.uri("/a"), 0, 1 << 20, "/a");
        assertThat(web.asked).filteredOn(one -> one.equals("/a")).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void triesAgainOnAnErrorOfTheServerButNotWhenThereIsNoSuchFile() {
        web.at("/503", Web.status(503));
        fails(web.uri("/503"), 0, 100, "status 503");
        assertThat(web.asked).containsExactly("/503", "/503", "/503");

        web.asked.clear();
        fails(web.uri("/404"), 0, 100, "status 404");
        assertThat(web.asked).containsExactly("/404");
    }

    @Test
    void doesNotWaitForASilentServer() {
        web.at("/a", exchange -> {
            try {
                Thread.sleep(3000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        long start = System.nanoTime();
        fails(web.uri("/a"), 0, 100, "in time");
        assertThat(System.nanoTime() - start).isLessThan(2_900_000_000L);
    }

    @Test
    void doesNotFollowATrickleForEver() {
        web.at("/a", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 200; i++) {
                    out.write(i);
                    out.flush();
                    Thread.sleep(50);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Download once = new Download(new Proxies(parameters), new Download.Limits(2000, 300, 500, 1, 1));

        assertThatThrownBy(() -> once.fetch(web.uri("/a"), to, 0, 1000, progress))
                .hasMessageContaining("takes too long");
    }

    @Test
    void stopsAtTheSizeLimitWhetherItIsAnnouncedOrNot() {
        web.at("/a", bytes);
        web.at("/chunked", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(bytes);
        });

        fails(web.uri("/a"), 0, 1000, "larger than 1000 bytes");
        fails(web.uri("/chunked"), 0, 1000, "larger than 1000 bytes");
        fails(web.uri("/a"), 199_999, 1 << 20, "200000 bytes instead of 199999");
        fails(web.uri("/chunked"), 199_999, 1 << 20, "longer than 199999");
        fails(web.uri("/chunked"), 200_001, 1 << 20, "broke off");
    }

    @Test
    void followsRedirectsButNotForEverAndNotToFiles() throws Exception {
        web.at("/a", Web.redirect("/b")).at("/b", Web.redirect("c")).at("/c", bytes);
        download.fetch(web.uri("/a"), to, 0, 1 << 20, progress);
        assertThat(to).hasBinaryContent(bytes);
        Files.delete(to);

        web.at("/round", Web.redirect("/round"));
        fails(web.uri("/round"), 0, 100, "too often");
        web.at("/file", Web.redirect("file:///etc/passwd"));
        fails(web.uri("/file"), 0, 100, "scheme file");
        web.at("/odd", Web.redirect("http://["));
        fails(web.uri("/odd"), 0, 100, "no URL");
    }

    @Test
    void sendsThePasswordToItsOwnServerOnly() throws Exception {
        try (Web other = new Web()) {
            AtomicInteger leaks = new AtomicInteger();
            other.at("/b", exchange -> {
                leaks.addAndGet(exchange.getRequestHeaders().containsKey("Authorization") ? 1 : 0);
                Web.send(exchange, bytes);
            });
            AtomicInteger own = new AtomicInteger();
            web.at("/a", exchange -> {
                own.addAndGet(exchange.getRequestHeaders().containsKey("Authorization") ? 1 : 0);
                Web.redirect(other.uri("/b").toString()).to(exchange);
            });

            download.fetch(URI.create("http://user:hidden@127.0.0.1:" + web.port() + "/a"), to, 0, 1 << 20, progress);

            assertThat(own).hasValue(1);
            assertThat(leaks).hasValue(0);
        }
        fails(URI.create("http://user:hidden@127.0.0.1:" + web.port() + "/x?key=1"), 0, 10, "********@127.0.0.1");
    }

    @Test
    void goesThroughTheProxyOfTheMoment() throws Exception {
        AtomicInteger authorized = new AtomicInteger();
        web.at("/a", exchange -> {
            String header = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
            authorized.addAndGet("Basic dTpw".equals(header) ? 1 : 0);
            Web.send(exchange, bytes);
        });
        parameters.set("test", "http_proxy", "http://u:p@127.0.0.1:" + web.port());

        download.fetch(URI.create("http://vendor.invalid/a"), to, 0, 1 << 20, progress);

        assertThat(to).hasBinaryContent(bytes);
        assertThat(web.asked).containsExactly("http://vendor.invalid/a");
        assertThat(authorized).hasValue(1);
    }

    @Test
    void takesNoOtherSchemes() {
        fails(URI.create("jar:file:/x!/y"), 0, 10, "http, https or ftp");
        fails(URI.create("gopher://x/y"), 0, 10, "http, https or ftp");
        fails(URI.create("http:/y"), 0, 10, "has no host");
    }

    @Test
    void copiesAFileOfThisMachine() throws Exception {
        Path from = Files.write(folder.resolve("from file"), bytes);

        download.fetch(from.toUri(), to, bytes.length, 1 << 20, progress);

        assertThat(to).hasBinaryContent(bytes);
    }
}
