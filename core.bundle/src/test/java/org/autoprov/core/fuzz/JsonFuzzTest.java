// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.autoprov.core.internal.json.Documents;
import org.autoprov.core.internal.json.Json;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StoredDocument;

/** JSON from administrators, files and the store: read and written again as itself, or an IOException. */
final class JsonFuzzTest {

    private static final List<Layout> LAYOUTS = List.of(
            new Layout(Kind.DEVICE, document -> Documents.write(Documents.device(document))),
            new Layout(Kind.CONFIG, document -> Documents.write(Documents.config(document))),
            new Layout(Kind.LINE, document -> Documents.write(Documents.line(document))),
            new Layout(Kind.TENANT, document -> Documents.write(Documents.tenant(document))));

    @FuzzTest
    void objectIsReadAsItself(byte[] octets) throws IOException {
        Map<String, Object> object;
        try {
            object = Json.readObject(new String(octets, StandardCharsets.UTF_8));
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(Json.readObject(Json.write(object))).isEqualTo(object);
        assertThat(Json.readObject(Json.writePretty(object))).isEqualTo(object);
    }

    /** Reading and writing once puts a document in order; after that it stays as it is. */
    @FuzzTest
    void storedDocumentStaysAsItIs(byte[] octets) throws IOException {
        String json = new String(octets, StandardCharsets.UTF_8);
        for (Layout layout : LAYOUTS) {
            String first;
            try {
                first = layout.rewriting.apply(new StoredDocument(layout.kind, "id", 1, json));
            } catch (IOException e) {
                continue;
            }
            String second = layout.rewriting.apply(new StoredDocument(layout.kind, "id", 1, first));
            assertThat(Json.readObject(second)).isEqualTo(Json.readObject(first));
        }
    }

    private record Layout(Kind kind, Rewriting rewriting) {}

    private interface Rewriting {
        String apply(StoredDocument document) throws IOException;
    }
}
