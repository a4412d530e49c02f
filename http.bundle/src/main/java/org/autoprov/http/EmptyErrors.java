// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What Jetty itself has to refuse, mostly requests that are not HTTP: a status and nothing else. */
final class EmptyErrors implements Request.Handler {

    private final Refusals refusals;

    EmptyErrors(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = status(response.getStatus());
        response.setStatus(status);
        if (status < 500) {
            refusals.add(request.getConnectionMetaData().getRemoteSocketAddress(), "answered with " + status);
        }
        response.getHeaders().remove(HttpHeader.CACHE_CONTROL);
        response.write(true, null, callback);
        return true;
    }

    /**
     * Jetty takes whatever is not HTTP at all for an unknown version. A 5xx would say that this server has a problem.
     * An HTTP/2 client without the upgrade it would need gets 426 from it, which says even less.
     */
    private static int status(int jetty) {
        return jetty == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505
                        || jetty == HttpStatus.UPGRADE_REQUIRED_426
                        || jetty == HttpStatus.NOT_IMPLEMENTED_501
                ? HttpStatus.BAD_REQUEST_400
                : jetty;
    }
}
