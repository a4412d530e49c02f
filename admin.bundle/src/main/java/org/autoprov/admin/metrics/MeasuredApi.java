// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.autoprov.admin.Api;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.ApiRequest;
import org.autoprov.core.service.Histogram;
import org.autoprov.core.service.MetricSource;
import org.autoprov.core.service.Metrics;

/**
 * Counts requests to the API by the first two pieces of their paths: {@code 0.2/dev_mgr}. Only paths that were once
 * answered with success count under their own name, so nobody can make up names. Thread-safe.
 */
final class MeasuredApi implements Api, MetricSource {

    private static final int MOST_GROUPS = 64;
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,24}(/[a-z0-9._-]{1,24})?");
    private static final int CLASSES = 5;

    private static final class Group {
        private final LongAdder[] answers = new LongAdder[CLASSES];
        private final Histogram duration =
                Histogram.ofSeconds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10);

        Group() {
            for (int i = 0; i < CLASSES; i++) {
                answers[i] = new LongAdder();
            }
        }
    }

    private final Api api;
    private final Map<String, Group> groups = new ConcurrentHashMap<>();
    private final Group others = new Group();

    MeasuredApi(Api api) {
        this.api = api;
    }

    @Override
    public ApiReply answer(ApiRequest request) {
        long start = System.nanoTime();
        int status = 500;
        try {
            ApiReply reply = api.answer(request);
            status = reply.status();
            return reply;
        } finally {
            Group group = group(request, status);
            group.answers[Math.min(CLASSES, Math.max(1, status / 100)) - 1].increment();
            group.duration.record(Math.max(0, System.nanoTime() - start));
        }
    }

    @Override
    public void close() {
        api.close();
    }

    private Group group(ApiRequest request, int status) {
        String name = name(request.path());
        Group known = groups.get(name);
        if (known != null) {
            return known;
        }
        boolean exists = status < 400 && !request.method().equals("OPTIONS");
        return exists && groups.size() < MOST_GROUPS && NAME.matcher(name).matches()
                ? groups.computeIfAbsent(name, absent -> new Group())
                : others;
    }

    private static String name(String path) {
        int from = path.startsWith("/") ? 1 : 0;
        int slash = path.indexOf('/', from);
        int end = slash < 0 ? -1 : path.indexOf('/', slash + 1);
        return path.substring(from, end < 0 ? path.length() : end);
    }

    @Override
    public void measure(Metrics metrics) {
        groups.forEach((name, group) -> measure(metrics, name, group));
        measure(metrics, "other", others);
    }

    private static void measure(Metrics metrics, String name, Group group) {
        for (int i = 0; i < CLASSES; i++) {
            long count = group.answers[i].sum();
            if (count > 0) {
                metrics.counter(
                        "autoprov_api_requests_total",
                        "Requests to the API for administrators.",
                        count,
                        "route",
                        name,
                        "status",
                        i + 1 + "xx");
            }
        }
        metrics.histogram(
                "autoprov_api_request_duration_seconds",
                "From a request to the API to its answer.",
                group.duration,
                "route",
                name);
    }
}
