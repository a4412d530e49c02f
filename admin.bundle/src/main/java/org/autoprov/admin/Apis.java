// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import java.util.Map;

/** Several APIs behind one listener, told apart by the first piece of the path. */
final class Apis implements Api {

    private final Map<String, Api> byFirstPiece;
    private final Api otherwise;

    /** @param otherwise answers what belongs to none of them */
    Apis(Map<String, Api> byFirstPiece, Api otherwise) {
        this.byFirstPiece = Map.copyOf(byFirstPiece);
        this.otherwise = otherwise;
    }

    @Override
    public ApiReply answer(ApiRequest request) {
        String path = request.path();
        int end = path.indexOf('/', 1);
        String first = path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
        return byFirstPiece.getOrDefault(first, otherwise).answer(request);
    }

    @Override
    public void close() {
        byFirstPiece.values().forEach(Api::close);
        otherwise.close();
    }
}
