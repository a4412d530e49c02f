// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Predicate;
import org.autoprov.admin.ApiRequest;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.Masking;

/**
 * A call that was let in.
 *
 * @param caller who; null for what needs no token
 * @param variables what stands in the path for each {@code {name}} of the route, decoded
 * @param request as it came
 * @param body the JSON object or the file that was sent, read; empty when none was
 * @param bytes a CSV file that was sent; null when none was
 * @param may whether the caller has a further access; asks the identity service
 */
record Exchange(
        Caller caller,
        Map<String, String> variables,
        ApiRequest request,
        Map<String, Object> body,
        byte[] bytes,
        Predicate<String> may) {

    /** The access to see passwords, keys and the like. */
    static final String SECRETS = "provd.v1.secrets.read";

    String actor() {
        return caller.actor();
    }

    String variable(String name) {
        return variables.get(name);
    }

    /** A parameter of the URL; null when it is not there. */
    String query(String name) {
        return request.query().get(name);
    }

    /** A yes or no in the URL. */
    boolean flag(String name) throws Problem {
        String value = query(name);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true") || value.isEmpty()) {
            return true;
        }
        throw new Problem(Problem.Type.BAD_REQUEST, name + " must be true or false");
    }

    /** A whole number in the URL. */
    int number(String name, int otherwise, int least, int most) throws Problem {
        String value = query(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new Problem(Problem.Type.BAD_REQUEST, name + " must be a whole number from " + least + " to " + most);
    }

    /** Whether secrets are asked for, with {@code secrets=true}. @throws Problem FORBIDDEN when the token may not */
    boolean secrets() throws Problem {
        if (!flag("secrets")) {
            return false;
        }
        if (!may.test(SECRETS)) {
            throw new Problem(Problem.Type.FORBIDDEN, "this token may not see secrets");
        }
        return true;
    }

    /** What stands in the place of secrets in an answer: nothing is hidden when they were asked for. */
    Masking masking() throws Problem {
        return secrets() ? Masking.NONE : Masking.of(Map.of());
    }

    /** Whether the tenant is the caller's or below it. */
    boolean reaches(String tenant) {
        return tenant != null && caller.tenants().contains(tenant);
    }

    /** The revision that {@code If-Match} asks for; 0 for any. @throws Problem when it is no entity tag of ours */
    long expectedRevision() throws Problem {
        String header = request.header("If-Match");
        if (header == null || header.strip().equals("*")) {
            return 0;
        }
        String tag = header.strip();
        if (tag.matches("\"[0-9]{1,18}\"")) {
            long revision = Long.parseLong(tag.substring(1, tag.length() - 1));
            if (revision > 0) {
                return revision;
            }
        }
        throw new Problem(Problem.Type.STALE, "If-Match must be one entity tag as ETag has it");
    }

    /** @throws Problem STALE unless this revision, or any, is asked for */
    void match(long revision) throws Problem {
        long expected = expectedRevision();
        if (expected != 0 && expected != revision) {
            throw new Problem(Problem.Type.STALE, "it was changed meanwhile; its ETag is \"" + revision + '"');
        }
    }

    /** The file that is being sent. */
    InputStream file() throws IOException {
        return request.body().open();
    }
}
