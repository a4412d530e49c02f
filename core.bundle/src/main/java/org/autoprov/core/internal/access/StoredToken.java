// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.internal.json.Documents;
import org.autoprov.core.internal.json.Json;
import org.autoprov.core.service.Token;
import org.autoprov.core.store.StoredDocument;

/**
 * A token as it is kept: without its text, of which there is only the hash. One round of SHA-256 is enough for a text of
 * 256 random bits; nobody can guess it, as they could a password.
 *
 * @param hash SHA-256 of the text, lower-case hexadecimal digits
 * @param patterns the token's access, ready to match
 */
record StoredToken(Token token, long revision, String hash, List<AccessPattern> patterns) {

    private static final long SCHEMA = 1;

    StoredToken {
        patterns = List.copyOf(patterns);
    }

    /** @throws IllegalArgumentException for a bad pattern */
    static StoredToken of(Token token, long revision, String hash) {
        return new StoredToken(
                token,
                revision,
                hash,
                token.access().stream().map(AccessPattern::new).toList());
    }

    static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static StoredToken read(StoredDocument document) throws IOException {
        Map<String, Object> json = Documents.read(document);
        if (!(json.get("access") instanceof List<?> access)) {
            throw new IOException("access must be a list");
        }
        try {
            Object expires = json.get("expires");
            Token token = new Token(
                    document.id(),
                    text(json, "tenant_uuid"),
                    access.stream().map(String::valueOf).toList(),
                    Instant.parse(text(json, "created")),
                    expires == null ? null : Instant.parse(text(json, "expires")),
                    text(json, "description"));
            return of(token, document.revision(), text(json, "sha256"));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String text(Map<String, Object> json, String key) throws IOException {
        if (json.get(key) instanceof String value) {
            return value;
        }
        throw new IOException(key + " must be a text");
    }

    String write() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("id", token.id());
        json.put("tenant_uuid", token.tenant());
        json.put("access", token.access());
        json.put("created", token.created().toString());
        if (token.expires() != null) {
            json.put("expires", token.expires().toString());
        }
        json.put("description", token.description());
        json.put("sha256", hash);
        return Json.write(json);
    }

    /** The same token, stored once more as another tenant's. */
    StoredToken in(String tenant) {
        return new StoredToken(
                new Token(token.id(), tenant, token.access(), token.created(), token.expires(), token.description()),
                revision + 1,
                hash,
                patterns);
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return token.toString();
    }
}
