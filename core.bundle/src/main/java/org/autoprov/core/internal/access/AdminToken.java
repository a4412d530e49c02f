// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.autoprov.core.internal.server.DataFolder;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.TokenService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that {@code secrets/admin-token} holds a token that opens everything. Who deletes the file gets a new one with
 * the next start, and the old one is worthless; so is one that the store does not know.
 */
@Component(service = AdminToken.class, immediate = true)
public final class AdminToken {

    private static final Logger LOG = LoggerFactory.getLogger(AdminToken.class);
    /** More than any token of ours has: nobody means a bigger file. */
    private static final int MAX_BYTES = 1024;

    @Activate
    public AdminToken(BundleContext context, @Reference Tokens tokens) {
        Path file = DataFolder.of(context).root().resolve("secrets").resolve("admin-token");
        try {
            if (!holds(file, tokens)) {
                DataFolder.writeSecret(file, tokens.issueAdmin().text() + "\n");
                LOG.info("{} holds a new token of the administrators' API", file);
            }
        } catch (IOException | RefusedException e) {
            LOG.error("no token of the administrators' API in {}: {}", file, e.toString());
        }
    }

    private static boolean holds(Path file, Tokens tokens) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            return false;
        }
        StoredToken known = tokens.byText(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip());
        return known != null && known.token().id().equals(TokenService.ADMIN);
    }
}
