package dev.sluice.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CheckpointsTest {
    private static final int PAGE = 4096;

    @TempDir
    Path directory;

    @Test
    @DisplayName("what was committed comes from the log into the database while it is open")
    void copied() throws Exception {
        try (var db = open(32_768, Duration.ofMillis(1))) {
            db.write("insert", sql -> sql.update("INSERT INTO items VALUES ('a marker nobody else writes')"));
            assertThat(inTheLog()).contains("a marker nobody else writes");
            while (!inTheDatabase().contains("a marker nobody else writes")) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    @DisplayName("the log does not grow without end, though somebody writes all the time")
    void bounded() throws Exception {
        long longest = 0;
        try (var db = open(50, Duration.ofMillis(1))) {
            for (int i = 0; i < 3_000; i++) {
                String text = i + "x".repeat(PAGE);
                db.write("insert", sql -> sql.update("INSERT INTO items VALUES (?)", text));
                longest = Math.max(longest, Files.size(log()));
            }
            long stored = db.read(sql -> sql.number("SELECT COUNT(*) AS n FROM items"));
            assertThat(stored).isEqualTo(3_000);
        }
        // 3 000 commits of two pages and more; a commit may come after the last look
        assertThat(longest).isPositive().isLessThan(400L * PAGE);
    }

    private Database open(int pages, Duration after) {
        var db = Database.open(
                directory.resolve("test.db"), DatabaseOptions.defaults().withCheckpoints(pages, after));
        db.write("create", sql -> sql.update("CREATE TABLE items (text TEXT)"));
        return db;
    }

    private Path log() {
        return directory.resolve("test.db-wal");
    }

    private String inTheLog() throws IOException {
        return Files.readString(log(), StandardCharsets.ISO_8859_1);
    }

    private String inTheDatabase() throws IOException {
        return Files.readString(directory.resolve("test.db"), StandardCharsets.ISO_8859_1);
    }
}
