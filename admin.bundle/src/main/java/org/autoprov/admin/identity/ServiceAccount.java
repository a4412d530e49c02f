// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.identity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.autoprov.admin.identity.WazoAuth.Listed;
import org.autoprov.admin.identity.WazoAuth.ServiceToken;

/** The server's own account at the identity service, and its token, which is renewed in good time. Thread-safe. */
final class ServiceAccount {

    static final Duration LIMIT = Duration.ofSeconds(5);

    private final WazoAuth auth;
    private final String username;
    private final String password;
    private ServiceToken token;
    private long renewAt;

    ServiceAccount(WazoAuth auth, String username, String password) {
        this.auth = auth;
        this.username = username;
        this.password = password;
    }

    /** Whether there is an account at all. */
    boolean isSet() {
        return !username.isBlank();
    }

    /** The tenant of its token, which is the master tenant. */
    String tenant(Deadline deadline) throws AwayException {
        return token(deadline).tenant();
    }

    /** All tenants that there are. */
    List<Listed> tenants() throws AwayException {
        Optional<List<Listed>> listed = ask();
        if (listed.isEmpty()) {
            forget(); // the identity service may have lost it, as it does when it starts anew
            listed = ask();
        }
        return listed.orElseThrow(
                () -> new AwayException("the identity service does not let the service account list tenants"));
    }

    private Optional<List<Listed>> ask() throws AwayException {
        Deadline deadline = Deadline.in(LIMIT);
        ServiceToken now = token(deadline);
        return auth.tenants(now.text(), now.tenant(), deadline);
    }

    private synchronized void forget() {
        token = null;
    }

    private synchronized ServiceToken token(Deadline deadline) throws AwayException {
        if (token == null || System.nanoTime() - renewAt >= 0) {
            token = auth.login(username, password, deadline)
                    .orElseThrow(() -> new AwayException(
                            "the identity service does not accept the account of auth.username and auth.password"));
            renewAt = System.nanoTime()
                    + Duration.ofSeconds(token.seconds() * 3 / 4).toNanos();
        }
        return token;
    }
}
