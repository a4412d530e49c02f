// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.metrics;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus' text format 0.0.4 strictly, as its documentation has it: what is not exactly so is an error. */
final class ExpositionText {

    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-z_][a-z0-9_]*) (.+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_][a-z0-9_]*)(\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_][a-z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\",?");

    /** By metric. */
    final Map<String, String> types = new LinkedHashMap<>();

    /** By name and labels as they stand: {@code autoprov_lines{state="free"}}. */
    final Map<String, Double> samples = new LinkedHashMap<>();

    /** Values of each label by its name. */
    final Map<String, Set<String>> labels = new LinkedHashMap<>();

    ExpositionText(String text) {
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line does not end");
        }
        String metric = null;
        for (String line : text.split("\n")) {
            Matcher comment = COMMENT.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (comment.matches()) {
                metric = comment.group(2);
                if (comment.group(1).equals("TYPE") && types.put(metric, comment.group(3)) != null) {
                    throw new AssertionError("two groups of " + metric);
                }
            } else if (sample.matches()) {
                sample(metric, sample);
            } else {
                throw new AssertionError("neither comment nor sample: " + line);
            }
        }
        types.forEach((name, type) -> {
            if (type.equals("histogram")) {
                checkHistogram(name);
            }
        });
    }

    private void sample(String metric, Matcher sample) {
        String name = sample.group(1);
        String type = types.get(metric);
        boolean belongs = switch (String.valueOf(type)) {
            case "counter", "gauge" -> name.equals(metric);
            case "summary" -> name.matches(metric + "(_sum|_count)");
            case "histogram" -> name.matches(metric + "(_bucket|_sum|_count)");
            default -> false;
        };
        if (!belongs || type.equals("counter") != name.endsWith("_total")) {
            throw new AssertionError(name + " stands below " + metric + ", a " + type);
        }
        if (sample.group(3) != null) {
            Matcher label = LABEL.matcher(sample.group(3));
            int end = 0;
            while (label.find() && label.start() == end) {
                labels.computeIfAbsent(label.group(1), absent -> new LinkedHashSet<>())
                        .add(label.group(2));
                end = label.end();
            }
            if (end != sample.group(3).length()) {
                throw new AssertionError("labels: " + sample.group(3));
            }
        }
        String key = name + (sample.group(2) == null ? "" : sample.group(2));
        double value = sample.group(4).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(sample.group(4));
        if (samples.put(key, value) != null) {
            throw new AssertionError("twice: " + key);
        }
    }

    /** Each class counts those below it, and the last one all. */
    private void checkHistogram(String name) {
        Map<String, Double> last = new LinkedHashMap<>();
        samples.forEach((key, value) -> {
            if (key.startsWith(name + "_bucket{")) {
                String series =
                        key.replaceAll("\\{le=\"[^\"]*\"}|,?le=\"[^\"]*\"", "").replace("_bucket", "_count");
                if (last.getOrDefault(series, 0.0) > value) {
                    throw new AssertionError("falls: " + key);
                }
                last.put(series, value);
            }
        });
        last.forEach((series, value) -> {
            if (!value.equals(samples.get(series))) {
                throw new AssertionError(series + " is not what the last class says");
            }
        });
    }

    double get(String sample) {
        return samples.getOrDefault(sample, Double.NaN);
    }
}
