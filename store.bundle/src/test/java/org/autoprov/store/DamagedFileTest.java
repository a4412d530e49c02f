// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autoprov.store.Documents.outcome;
import static org.autoprov.store.Documents.put;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.autoprov.core.store.Change;
import org.autoprov.core.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedFileTest {

    private static final int PAGE = 4096;

    @TempDir
    Path data;

    private Path database;

    @BeforeEach
    void fill() {
        database = data.resolve("autoprov.db");
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            Change[] changes = new Change[5_000];
            for (int i = 0; i < changes.length; i++) {
                changes[i] = put("device-" + i, 0);
            }
            assertThat(outcome(store, changes)).isNull();
        }
    }

    private void overwrite(long position, int length) throws Exception {
        byte[] noise = new byte[length];
        new Random(42).nextBytes(noise);
        try (FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(noise), position);
        }
    }

    /** The start fails with one line that names the file, changes nothing, and can be tried again. */
    private void isRefused() throws Exception {
        byte[] before = Files.readAllBytes(database);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> SqliteStore.open(data, StoreUrl.DEFAULT))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("the database " + database + " is damaged")
                    .message()
                    .doesNotContain("\n");
        }
        assertThat(database).hasBinaryContent(before);
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws Exception {
        Files.writeString(database, "this is no database\n".repeat(500));
        isRefused();
    }

    @Test
    void refusesADamagedHeader() throws Exception {
        overwrite(0, 100);
        isRefused();
    }

    @Test
    void refusesADamagedPageInTheMiddle() throws Exception {
        long middle = Files.size(database) / PAGE / 2 * PAGE;
        overwrite(middle, PAGE);
        isRefused();
    }

    @Test
    void refusesATruncatedFile() throws Exception {
        try (FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        isRefused();
    }

    @Test
    void refusesALogWithoutItsDatabase() throws Exception {
        Files.delete(database);
        Path log = Files.writeString(data.resolve("autoprov.db-wal"), "changes");
        assertThatThrownBy(() -> SqliteStore.open(data, StoreUrl.DEFAULT))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the database " + database + " is missing or empty, but its log");
        assertThat(log).hasContent("changes");
        assertThat(database).doesNotExist();
    }

    @Test
    void refusesAFolderInPlaceOfTheDatabase() throws Exception {
        Files.delete(database);
        Files.createDirectory(database);
        assertThatThrownBy(() -> SqliteStore.open(data, StoreUrl.DEFAULT))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the database " + database + " cannot be opened");
    }

    @Test
    void refusesAFileInPlaceOfTheDataFolder() throws Exception {
        Path file = Files.writeString(data.resolve("file"), "x");
        assertThatThrownBy(() -> SqliteStore.open(file, StoreUrl.DEFAULT))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the data folder " + file + " cannot be written: ");
    }
}
