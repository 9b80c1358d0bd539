package dev.sluice.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.service.store.StoreUnavailableException.Reason;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SickDiskTest {
    @TempDir
    Path directory;

    private final AtomicBoolean commitFails = new AtomicBoolean();
    private final CountDownLatch recovered = new CountDownLatch(1);

    private Database db;

    @BeforeEach
    void open() {
        db = Database.open(
                directory.resolve("test.db"),
                DatabaseOptions.defaults()
                        .withBusyTimeout(Duration.ofMillis(100))
                        .withBeforeCommit(this::beforeCommit));
        db.write("create table", sql -> sql.update("CREATE TABLE items (id TEXT PRIMARY KEY, content TEXT)"));
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    @DisplayName("D4 a full disk refuses without acknowledgement and recovers by itself")
    void fullDisk() {
        long pages = db.read(sql -> sql.list("PRAGMA page_count", row -> row.number("page_count")))
                .getFirst();
        limitPages(pages + 2);

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> insert("big", "x".repeat(100_000)))
                .matches(e -> e.reason() == Reason.DISK_FULL);
        assertThat(db.healthy()).isFalse();
        assertThat(db.lastFailure())
                .hasValueSatisfying(failure -> assertThat(failure.reason()).isEqualTo(Reason.DISK_FULL));
        assertThat(count()).isZero();

        limitPages(1_000_000);
        insert("big", "x".repeat(100_000));
        assertThat(db.healthy()).isTrue();
        assertThat(count()).isEqualTo(1);
    }

    @Test
    @DisplayName("D4 a locked database refuses the whole group once and recovers by itself")
    void lockedDatabase() throws Exception {
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("test.db"));
                var statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            var refused = new ArrayList<CompletableFuture<Long>>();
            for (int i = 0; i < 50; i++) {
                var id = "refused" + i;
                refused.add(db.writeAsync("insert", sql -> sql.update("INSERT INTO items VALUES (?, '')", id)));
            }

            // 50 units share few busy timeouts of 100 ms
            assertThat(refused)
                    .allSatisfy(unit -> assertThat(unit)
                            .failsWithin(Duration.ofSeconds(2))
                            .withThrowableThat()
                            .havingCause()
                            .isInstanceOfSatisfying(
                                    StoreUnavailableException.class,
                                    e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED)));
            assertThat(count()).isZero();
            statement.execute("ROLLBACK");
        }

        insert("after", "");
        assertThat(db.healthy()).isTrue();
        assertThat(count()).isEqualTo(1);
    }

    @Test
    @DisplayName("D4 a failed commit acknowledges nothing, and the next write works")
    void failedCommit() {
        commitFails.set(true);

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> insert("lost", ""))
                .matches(e -> e.reason() == Reason.COMMIT_FAILED);
        assertThat(count()).isZero();
        assertThat(db.stats().failedUnits()).isEqualTo(1);

        commitFails.set(false);
        insert("kept", "");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    @DisplayName("D4 health returns without a write: the writer asks the disk itself")
    void healthReturnsByItself() throws Exception {
        commitFails.set(true);
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> insert("lost", ""));
        assertThat(db.healthy()).isFalse();

        commitFails.set(false);

        assertThat(recovered.await(10, TimeUnit.SECONDS)).isTrue();
        insert("after the probe", "");
        assertThat(db.healthy()).isTrue();
        assertThat(db.lastFailure()).isPresent();
    }

    private void beforeCommit() {
        if (commitFails.get()) {
            throw new IllegalStateException("the disk is sick");
        }
        if (db != null && !db.healthy()) {
            recovered.countDown();
        }
    }

    // a limit of the writer's connection, hence set through the writer
    private void limitPages(long most) {
        db.write("limit", sql -> sql.list("PRAGMA max_page_count = " + most, row -> row.number("max_page_count")));
    }

    private void insert(String id, String content) {
        db.write("insert", sql -> sql.update("INSERT INTO items VALUES (?, ?)", id, content));
    }

    private long count() {
        return db.read(sql -> sql.number("SELECT COUNT(*) AS n FROM items"));
    }
}
