package dev.sluice.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
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
    void writtenIsRead() {
        insert("a", 1);

        assertThat(count()).isEqualTo(1);
    }

    @Test
    void everyTypeComesBackAsItWent() {
        var at = Instant.parse("2026-03-04T05:06:07.123456Z");
        var before1970 = Instant.parse("1969-12-31T23:59:59.999999Z");
        db.write("table", sql -> sql.update("CREATE TABLE kinds (t TEXT, n INTEGER, d REAL, f INTEGER, i, j, b BLOB)"));
        db.write(
                "all kinds",
                sql -> sql.update(
                        "INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?, ?)",
                        "gr\u00fc\u00df \ud83d\ude00",
                        Long.MAX_VALUE,
                        0.1,
                        true,
                        at,
                        before1970,
                        new byte[] {0, -1}));

        db.<@Nullable Void>read(sql -> {
            sql.first("SELECT * FROM kinds", row -> {
                assertThat(row.text("t")).isEqualTo("gr\u00fc\u00df \ud83d\ude00");
                assertThat(row.number("n")).isEqualTo(Long.MAX_VALUE);
                assertThat(row.decimal("d")).isEqualTo(0.1);
                assertThat(row.flag("f")).isTrue();
                assertThat(row.instant("i")).isEqualTo(at);
                assertThat(row.instant("j")).isEqualTo(before1970);
                assertThat(row.bytes("b")).containsExactly(0, -1);
                return row;
            });
            return null;
        });
    }

    @Test
    void nullIsBoundAndRead() {
        insert("a", null);

        var sizes = db.read(sql -> sql.list(
                "SELECT * FROM items WHERE id <> ?",
                row -> row.text("id") + row.numberOrNull("size") + row.instantOrNull("size") + row.textOrNull("size"),
                "x"));

        assertThat(sizes).containsExactly("anullnullnull");
        assertThatExceptionOfType(StatementFailedException.class)
                .isThrownBy(() -> db.read(sql -> sql.list("SELECT * FROM items", row -> row.number("size"))));
        assertThatExceptionOfType(StatementFailedException.class)
                .isThrownBy(() -> db.read(sql -> sql.list("SELECT * FROM items", row -> row.text("colour"))));
    }

    @Test
    void parameterOfAnEarlierUseIsNeverTakenForOneThatIsMissing() {
        insert("a", 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> db.write("short", sql -> sql.update("INSERT INTO items VALUES (?, ?)", "b")))
                .withMessage("1 parameters given for 2");
        insert("c", null);

        assertThat(ids()).containsExactly("a", "c");
        assertThat(db.<List<String>>read(sql ->
                        sql.list("SELECT size FROM items WHERE id = ?", row -> "" + row.numberOrNull("size"), "c")))
                .containsExactly("null");
    }

    @Test
    void statementMayRunInsideItself() {
        insert("a", 1);
        insert("b", 2);
        String query = "SELECT id FROM items WHERE id >= ? ORDER BY id";

        List<String> nested = db.read(sql -> sql.list(
                query, row -> row.text("id") + sql.list(query, inner -> inner.text("id"), "b") + row.text("id"), "a"));

        assertThat(nested).containsExactly("a[b]a", "b[b]b");
        assertThat(db.<List<String>>read(sql -> sql.list(query, row -> row.text("id"), "b")))
                .containsExactly("b");
    }

    @Test
    void statementThatFailedWorksTheNextTime() {
        insert("a", 1);

        assertThatExceptionOfType(StatementFailedException.class).isThrownBy(() -> insert("a", 2));
        insert("b", 2);

        assertThat(ids()).containsExactly("a", "b");
    }

    @Test
    void moreStatementsThanAreKeptAllWork() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i <= Statements.MOST; i++) {
                int wanted = i;
                assertThat(db.<Long>read(sql -> sql.number("SELECT " + wanted + " AS n")))
                        .isEqualTo(i);
            }
        }
    }

    @Test
    @DisplayName("D1 a failing unit fails only its caller")
    void failingUnitFailsOnlyItsCaller() throws Exception {
        var writer = new HeldWriter(db);
        var good = db.writeAsync("good", sql -> sql.update("INSERT INTO items VALUES ('good', 1)"));
        var bad = db.writeAsync("bad", sql -> {
            sql.update("INSERT INTO items VALUES ('bad', 1)");
            throw new IllegalArgumentException("my own fault");
        });
        var duplicate = db.writeAsync("duplicate", sql -> sql.update("INSERT INTO items VALUES ('good', 2)"));
        var after = db.writeAsync("after", sql -> sql.update("INSERT INTO items VALUES ('after', 1)"));
        long groups = db.stats().groups();
        writer.release();

        assertThat(good.get(5, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(after.get(5, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(bad)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCause(new IllegalArgumentException("my own fault"));
        assertThat(duplicate)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        StatementFailedException.class,
                        refused -> assertThat(refused.constraint()).isTrue());
        assertThat(ids()).containsExactly("after", "good");
        assertThat(db.stats().groups() - groups).isEqualTo(2); // the holder's own and the one of all four
        assertThat(db.healthy()).isTrue();
    }

    @Test
    @DisplayName("D1 concurrent units share commits, each with its own result")
    void concurrentUnitsShareCommits() throws Exception {
        var before = db.stats();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<Long>>();
            for (int i = 0; i < 64; i++) {
                int caller = i;
                results.add(callers.submit(() -> {
                    long rows = 0;
                    for (int j = 0; j < 20; j++) {
                        rows += insert(caller + "-" + j, j);
                    }
                    return rows;
                }));
            }
            for (var result : results) {
                assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo(20);
            }
        }

        var after = db.stats();
        assertThat(count()).isEqualTo(64 * 20);
        assertThat(after.committedUnits() - before.committedUnits()).isEqualTo(64 * 20);
        assertThat(after.groups() - before.groups()).isLessThan(64 * 20 / 2);
        assertThat(after.lastCommitMicros()).isPositive();
        assertThat(after.queueDepth()).isZero();
    }

    @Test
    @DisplayName("D2 a read's transaction ends with the call, and holds up no writer")
    void readHoldsUpNoWriter() {
        insert("a", 1);
        long seen = db.read(sql -> {
            long before = sql.number("SELECT COUNT(*) AS n FROM items");
            var written = CompletableFuture.supplyAsync(() -> insert("b", 1)).join();
            assertThat(written).isEqualTo(1);
            // one snapshot for the whole unit
            assertThat(sql.number("SELECT COUNT(*) AS n FROM items")).isEqualTo(before);
            return before;
        });

        assertThat(seen).isEqualTo(1);
        IntStream.range(0, 10).forEach(i -> assertThat(count()).isEqualTo(2));
    }

    @Test
    @DisplayName("D2 nothing that reads on leaves a unit")
    void sqlIsNotValidAfterItsUnit() {
        var kept = new AtomicReference<@Nullable Sql>();
        db.read(sql -> {
            kept.set(sql);
            return sql.number("SELECT COUNT(*) AS n FROM items");
        });

        var leaked = Objects.requireNonNull(kept.get());
        assertThatIllegalStateException().isThrownBy(() -> leaked.number("SELECT 1 AS n"));
    }

    @Test
    void readersCannotWrite() {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> db.read(sql -> sql.update("DELETE FROM items")));
        assertThat(count()).isZero();
    }

    @Test
    void unitMayNotCallBackIntoItsDatabase() {
        assertThatIllegalStateException().isThrownBy(() -> db.write("outer", sql -> insert("a", 1)));
        assertThatIllegalStateException().isThrownBy(() -> db.read(sql -> count()));
        assertThat(count()).isZero();
    }

    @Test
    void interruptedCallerIsToldThatTheOutcomeIsUnknown() throws Exception {
        var writer = new HeldWriter(db);
        var told = new CompletableFuture<Throwable>();
        var caller = Thread.ofVirtual().start(() -> {
            try {
                insert("late", 1);
            } catch (OutcomeUnknownException e) {
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                told.complete(e);
            }
        });
        caller.interrupt();

        assertThat(told.get(5, TimeUnit.SECONDS)).hasMessageContaining("outcome unknown");
        writer.release();
        insert("after", 1);
        assertThat(ids()).contains("after");
    }

    private Database open(DatabaseOptions options) {
        return Database.open(directory.resolve("test.db"), options);
    }

    private long insert(String id, @Nullable Integer size) {
        return db.write("insert", sql -> sql.update("INSERT INTO items VALUES (?, ?)", id, size));
    }

    private long count() {
        return db.read(sql -> sql.number("SELECT COUNT(*) AS n FROM items"));
    }

    private List<String> ids() {
        return db.read(sql -> sql.list("SELECT id FROM items ORDER BY id", row -> row.text("id")));
    }
}
