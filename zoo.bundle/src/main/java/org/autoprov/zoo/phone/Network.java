// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.autoprov.zoo.tftp.Result;
import org.autoprov.zoo.tftp.TftpClient;
import org.autoprov.zoo.tftp.Wishes;

/** A phone's way out: the client that a target needs. For one thread. */
final class Network implements AutoCloseable {

    /** Access violation, disk full, file exists: the server does not want the file, and will not in a minute. */
    private static final Set<Integer> NOT_WANTED = Set.of(2, 3, 6);

    private final PhoneClient http;
    private final TftpClient tftp;

    Network(Surroundings surroundings, Wishes wishes) {
        http = new PhoneClient(surroundings.source(), surroundings.timeoutMillis());
        tftp = new TftpClient(surroundings.source(), surroundings.timeoutMillis(), wishes, surroundings.loss());
    }

    /** Sends a request and takes the whole answer; throws where a phone gets none. */
    Answer exchange(boolean upload, Target target, Map<String, String> headers, byte[] body) throws IOException {
        if (target.protocol() != Protocol.TFTP) {
            return http.exchange(target.protocol().method(upload), target, headers, body);
        }
        Result result = upload
                ? tftp.put(target.host(), target.port(), target.path(), body)
                : tftp.get(target.host(), target.port(), target.path());
        if (result.error().isEmpty()) {
            return new Answer(200, "ok", "", Map.of(), result.body(), result.defects(), result.millis());
        }
        int code = result.error().getAsInt();
        int status = result.missing() ? 404 : upload && NOT_WANTED.contains(code) ? 403 : 500;
        return new Answer(
                status, "error " + code, result.message(), Map.of(), result.body(), result.defects(), result.millis());
    }

    @Override
    public void close() {
        http.close();
    }
}
