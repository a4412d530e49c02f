// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autoprov.store.Documents.outcome;
import static org.autoprov.store.Documents.put;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

    @TempDir
    Path data;

    private SqliteFile file;

    @BeforeEach
    void create() throws Exception {
        file = new SqliteFile(data.resolve("autoprov.db"), false);
        file.create();
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = file.openForReading();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = file.openForWriting();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void leadsAnEmptyDatabaseToTheNewestVersion() throws Exception {
        SqliteStore.prepare(file, Migrations.shipped());
        assertThat(query("SELECT group_concat(version) FROM schema_version")).isEqualTo("1,2");
    }

    @Test
    void makesATableForEachKind() throws Exception {
        SqliteStore.prepare(file, Migrations.shipped());
        for (Kind kind : Kind.values()) {
            assertThat(query("SELECT count(*) FROM " + kind.name().toLowerCase(Locale.ROOT)))
                    .isEqualTo("0");
        }
    }

    @Test
    void appliesOnlyWhatIsMissing() throws Exception {
        SqliteStore.prepare(file, new Migrations(List.of("CREATE TABLE a (x); INSERT INTO a VALUES (1)")));
        Migrations more =
                new Migrations(List.of("fails when applied again", "UPDATE a SET x = x + 1", "CREATE TABLE b (y)"));
        SqliteStore.prepare(file, more);
        SqliteStore.prepare(file, more);
        assertThat(query("SELECT x FROM a")).isEqualTo("2");
        assertThat(query("SELECT group_concat(version) FROM schema_version")).isEqualTo("1,2,3");
    }

    @Test
    void leavesTheVersionBeforeAFailedMigration() throws Exception {
        Migrations broken =
                new Migrations(List.of("CREATE TABLE a (x)", "INSERT INTO a VALUES (1); INSERT INTO nowhere"));
        assertThatThrownBy(() -> SqliteStore.prepare(file, broken)).isInstanceOf(SQLException.class);
        assertThat(query("SELECT group_concat(version) FROM schema_version")).isEqualTo("1");
        assertThat(query("SELECT count(*) FROM a")).isEqualTo("0");
    }

    @Test
    void refusesADatabaseOfANewerServerAndLeavesItAlone() throws Exception {
        SqliteStore.prepare(file, Migrations.shipped());
        execute("INSERT INTO schema_version VALUES (99, 0)");
        byte[] before = Files.readAllBytes(file.path());
        assertThatThrownBy(() -> SqliteStore.open(data, StoreUrl.DEFAULT))
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "the database " + file.path() + " was written by a newer Autoprov (schema 99, this one knows "
                                + Migrations.shipped().scripts().size() + ")");
        assertThat(file.path()).hasBinaryContent(before);
    }

    @Test
    void refusesADatabaseOfAnotherProgramAndLeavesItAlone() throws Exception {
        execute("CREATE TABLE device (name)");
        byte[] before = Files.readAllBytes(file.path());
        assertThatThrownBy(() -> SqliteStore.open(data, StoreUrl.DEFAULT))
                .isInstanceOf(StoreException.class)
                .hasMessage("the database " + file.path() + " belongs to another program");
        assertThat(file.path()).hasBinaryContent(before);
    }

    @Test
    void takesAnEmptyFileForANewDatabase() {
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            assertThat(outcome(store, put("a", 0))).isNull();
        }
    }
}
