package dev.sluice.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseLifecycleTest {
    @TempDir
    Path directory;

    private Database db;

    @BeforeEach
    void open() {
        db = open(DatabaseOptions.defaults());
        db.write("create table", sql -> sql.update("CREATE TABLE items (id TEXT PRIMARY KEY, size INTEGER)"));
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void fullQueueRefusesInsteadOfGrowing() throws Exception {
        try (var small = Database.open(
                directory.resolve("small.db"), DatabaseOptions.defaults().withQueueCapacity(2))) {
            var writer = new HeldWriter(small);
            var first = small.writeAsync("first", sql -> 1);
            var second = small.writeAsync("second", sql -> 2);

            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> small.write("third", sql -> 3))
                    .matches(e -> e.reason() == StoreUnavailableException.Reason.OVERLOADED);
            writer.release();
            assertThat(first.get(5, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo(2);
        }
    }

    @Test
    void closeFinishesWhatIsQueuedAndRefusesTheRest() throws Exception {
        var writer = new HeldWriter(db);
        var queued = db.writeAsync("queued", sql -> sql.update("INSERT INTO items VALUES ('queued', 1)"));
        var closing = Thread.ofVirtual().start(db::close);
        writer.release();
        closing.join();

        assertThat(queued).isCompletedWithValue(1L);
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> insert("x", 1))
                .matches(e -> e.reason() == StoreUnavailableException.Reason.CLOSED);
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this::count);
        assertThat(directory.resolve("test.db-wal")).doesNotExist();
        db = open(DatabaseOptions.defaults());
        assertThat(ids()).containsExactly("queued");
    }

    @Test
    void filesArePrivate() throws Exception {
        insert("a", 1);

        for (var name : new String[] {"test.db", "test.db-wal", "test.db-shm"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    @DisplayName("X5 a newer database is refused with a clear message")
    void newerDatabaseIsRefused() {
        db.write("upgrade", sql -> sql.update("INSERT INTO schema_version VALUES (999, 'V999__future.sql', 0)"));
        db.close();

        assertThatExceptionOfType(NewerDatabaseException.class)
                .isThrownBy(() -> open(DatabaseOptions.defaults()))
                .withMessageContaining("schema version 999")
                .withMessageContaining("test.db");
    }

    @Test
    @DisplayName("X5 a database of this release opens again, with what it holds")
    void reopensWithWhatItHolds() {
        insert("a", 1);
        db.close();
        db = open(DatabaseOptions.defaults());

        assertThat(ids()).containsExactly("a");
    }

    private Database open(DatabaseOptions options) {
        return Database.open(directory.resolve("test.db"), options);
    }

    private long insert(String id, int size) {
        return db.write("insert", sql -> sql.update("INSERT INTO items VALUES (?, ?)", id, size));
    }

    private long count() {
        return db.read(sql -> sql.number("SELECT COUNT(*) AS n FROM items"));
    }

    private List<String> ids() {
        return db.read(sql -> sql.list("SELECT id FROM items ORDER BY id", row -> row.text("id")));
    }
}
