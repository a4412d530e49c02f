// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.autoprov.admin.Api;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.ApiRequest;
import org.autoprov.core.service.AccessException;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.IdentityService;

/** {@code GET /metrics}: the text format of Prometheus, or OpenMetrics for whoever prefers it. Thread-safe. */
final class MetricsApi implements Api {

    private static final String ACCESS = "provd.metrics.read";
    private static final String BEARER = "Bearer ";

    private final ExpositionFormats formats = ExpositionFormats.init();
    private final Supplier<IdentityService> identity;
    private final Supplier<String> master;
    private final boolean open;
    private final Consumer<Exposition> sources;

    /**
     * @param identity gives null while there is none
     * @param master gives the id of the master tenant; what is measured is the whole server's, so only its callers may
     *     read it
     * @param open whether anybody may read them
     * @param sources writes all metrics down
     */
    MetricsApi(
            Supplier<IdentityService> identity, Supplier<String> master, boolean open, Consumer<Exposition> sources) {
        this.identity = identity;
        this.master = master;
        this.open = open;
        this.sources = sources;
    }

    @Override
    public ApiReply answer(ApiRequest request) {
        switch (request.method()) {
            case "OPTIONS" -> {
                return ApiReply.empty(200);
            }
            case "GET", "HEAD" -> {}
            default -> {
                return ApiReply.text(405, "Method Not Allowed").with("Allow", "GET, HEAD, OPTIONS");
            }
        }
        if (!request.path().equals("/metrics")) {
            return ApiReply.text(404, "Not Found");
        }
        if (!open) {
            ApiReply refusal = refuse(request);
            if (refusal != null) {
                return refusal;
            }
        }
        ExpositionFormatWriter writer = writer(request.header("Accept"));
        Exposition exposition = new Exposition();
        sources.accept(exposition);
        return new ApiReply(
                200, writer.getContentType(), exposition.write(writer), Map.of("Cache-Control", "no-store"));
    }

    /** Not as the library would choose: it takes Prometheus' binary format when asked, which is not there. */
    private ExpositionFormatWriter writer(String accept) {
        return accept != null && formats.getOpenMetricsTextFormatWriter().accepts(accept)
                ? formats.getOpenMetricsTextFormatWriter()
                : formats.getPrometheusTextFormatWriter();
    }

    /** @return null when the caller may read them */
    private ApiReply refuse(ApiRequest request) {
        IdentityService now = identity.get();
        try {
            if (now == null) {
                return ApiReply.text(503, "There is no identity service");
            }
            Caller caller = now.authorize(token(request), null, ACCESS);
            return caller.tenants().contains(master.get()) ? null : unauthorized();
        } catch (AccessException e) {
            return e.reason() == AccessException.Reason.UNAVAILABLE
                    ? ApiReply.text(503, "The identity service cannot be reached")
                    : unauthorized();
        }
    }

    private static ApiReply unauthorized() {
        return ApiReply.text(401, "Unauthorized").with("WWW-Authenticate", "Bearer");
    }

    private static String token(ApiRequest request) {
        String own = request.header("X-Auth-Token");
        String standard = request.header("Authorization");
        boolean bearer = standard != null && standard.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return own != null || !bearer
                ? own
                : standard.substring(BEARER.length()).strip();
    }
}
