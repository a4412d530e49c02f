// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.autoprov.core.device.Webhook;

/**
 * Posts one message. Follows no redirect, so that a receiver cannot send us elsewhere. What a name resolves to is looked at
 * just before; the connection takes the same answer, which Java keeps for half a minute. Thread-safe.
 */
final class WebhookSender {

    /** How one try ended. */
    enum Result {
        DELIVERED,
        /** May work later. */
        FAILED,
        /** Cannot work. */
        REFUSED,
        /** The receiver wants no more. */
        GONE
    }

    /** @param reason why it was not delivered; without the URL and without secrets */
    record Outcome(Result result, String reason) {}

    private static final int STATUS_GONE = 410;

    private final boolean internal;
    private final Duration limit;
    private final Object clientLock = new Object();
    private HttpClient client;

    /**
     * @param internal whether it may go to loopback and link-local addresses
     * @param limit how long all of it may take
     */
    WebhookSender(boolean internal, Duration limit) {
        this.internal = internal;
        this.limit = limit;
    }

    /** @param seconds since 1970, now */
    Outcome send(Webhook webhook, WebhookMessage message, long seconds) throws InterruptedException {
        HttpRequest request;
        try {
            URI uri = URI.create(webhook.url());
            String host = uri.getHost();
            if (!internal && WebhookAddress.isInternal(host.startsWith("[") ? host.replaceAll("[\\[\\]]", "") : host)) {
                return new Outcome(Result.REFUSED, "its address is internal, and webhooks.internal = false");
            }
            request = request(uri, webhook.secret(), message, seconds);
        } catch (UnknownHostException e) {
            return new Outcome(Result.FAILED, "its host is not known");
        } catch (IllegalArgumentException e) {
            return new Outcome(Result.REFUSED, "its URL or its secret is malformed");
        }
        return outcome(client().sendAsync(request, HttpResponse.BodyHandlers.discarding()));
    }

    private HttpRequest request(URI uri, String secret, WebhookMessage message, long seconds) {
        byte[] body = message.body();
        return HttpRequest.newBuilder(uri)
                .timeout(limit)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Autoprov")
                .header("webhook-id", message.id())
                .header("webhook-timestamp", Long.toString(seconds))
                .header("webhook-signature", WebhookSignature.of(secret, message.id(), seconds, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private Outcome outcome(CompletableFuture<HttpResponse<Void>> answer) throws InterruptedException {
        try {
            // The request's own limit ends with the header; a body may drip for ever.
            int status = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status >= 200 && status < 300) {
                return new Outcome(Result.DELIVERED, "");
            }
            return new Outcome(status == STATUS_GONE ? Result.GONE : Result.FAILED, "it answered " + status);
        } catch (TimeoutException e) {
            return new Outcome(Result.FAILED, "it did not answer in time");
        } catch (ExecutionException e) {
            return new Outcome(
                    Result.FAILED,
                    "the connection failed: " + e.getCause().getClass().getSimpleName());
        } finally {
            answer.cancel(true); // of no effect on one that is done
        }
    }

    /** Not made before it is needed: it has a thread. */
    private HttpClient client() {
        synchronized (clientLock) {
            if (client == null) {
                client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(limit)
                        .build();
            }
            return client;
        }
    }
}
