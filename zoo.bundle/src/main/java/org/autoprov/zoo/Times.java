// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import com.google.gson.JsonObject;
import java.util.Arrays;

/** Many durations, in milliseconds, for quantiles. Not safe for use by many threads. */
final class Times {

    private float[] millis = new float[64];
    private int count;

    void add(double duration) {
        if (count == millis.length) {
            millis = Arrays.copyOf(millis, count * 2);
        }
        millis[count++] = (float) duration;
    }

    int count() {
        return count;
    }

    /** The duration that the given share did not exceed, nearest rank; 0 where there is none. */
    double at(double share) {
        float[] sorted = Arrays.copyOf(millis, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * count) - 1)];
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("p50", Report.round(at(0.5)));
        json.addProperty("p99", Report.round(at(0.99)));
        json.addProperty("max", Report.round(at(1)));
        return json;
    }
}
