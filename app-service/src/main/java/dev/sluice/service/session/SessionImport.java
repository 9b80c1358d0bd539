package dev.sluice.service.session;

import dev.sluice.model.session.SessionView;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Stores a session that came as a file, in small steps; it can be seen when it is whole.
final class SessionImport {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,60}");
    private static final Set<String> OUTCOMES = Set.of("completed", "failed", "cancelled", "interrupted");
    private static final int MAX_TEXT = 500;

    private final Database db;

    SessionImport(Database db) {
        this.db = db;
    }

    /// Stores what a file holds.
    ///
    /// @param id the session's new id, and epoch
    /// @param org whose it will be
    /// @param now from when on it is kept
    /// @throws IllegalArgumentException saying what of the file's first line is not acceptable
    void store(SessionArchive.Contents contents, String id, String org, Instant now) {
        SessionView from = contents.session();
        check(from);
        db.write(
                "begin import",
                sql -> sql.update(
                        """
                INSERT INTO sessions (id, kind, org, epoch, outcome, created_at, title, user_id, thread_id, request_id,
                    provider, model, simulated, imported_from, imported_at)
                VALUES (?, ?, ?, ?, 'importing', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                """,
                        id,
                        from.kind(),
                        org,
                        id,
                        from.createdAt(),
                        from.title(),
                        from.userId(),
                        from.threadId(),
                        from.requestId(),
                        from.provider(),
                        from.model(),
                        from.simulated(),
                        from.id(),
                        now));
        long bytes = 0;
        for (List<LogEntry> chunk : chunks(contents.entries())) {
            byte[] marks = ChunkCodec.marks(chunk);
            byte[] frames = ChunkCodec.frames(chunk);
            bytes += frames.length;
            db.write("import events", sql -> {
                SessionChunks.insert(
                        sql, id, id, chunk.getFirst().seq(), chunk.getLast().seq(), marks, frames);
                return chunk.size();
            });
        }
        long total = bytes;
        db.write(
                "finish import",
                sql -> sql.update(
                        "UPDATE sessions SET outcome = ?, ended_at = ?, last_seq = ?, event_bytes = ? WHERE id = ?",
                        from.outcome(),
                        from.endedAt(),
                        contents.entries().size(),
                        total,
                        id));
    }

    private static void check(SessionView from) {
        require(ID.matcher(from.id()).matches(), "id");
        require(Kind.parse(from.kind()).isPresent(), "kind");
        require(from.outcome() != null && OUTCOMES.contains(from.outcome()), "outcome");
        require(from.endedAt() != null && !from.endedAt().isBefore(from.createdAt()), "ended_at");
        requireText(from.title(), "title");
        requireText(from.userId(), "user_id");
        requireText(from.threadId(), "thread_id");
        requireText(from.requestId(), "request_id");
        requireText(from.provider(), "provider");
        requireText(from.model(), "model");
    }

    private static void requireText(@Nullable String text, String field) {
        require(text == null || (text.length() <= MAX_TEXT && text.chars().noneMatch(Character::isISOControl)), field);
    }

    private static void require(boolean acceptable, String field) {
        if (!acceptable) {
            throw new IllegalArgumentException("line 1: the session's " + field + " is not acceptable");
        }
    }

    private static List<List<LogEntry>> chunks(List<LogEntry> entries) {
        var chunks = new ArrayList<List<LogEntry>>();
        var chunk = new ArrayList<LogEntry>();
        long bytes = 0;
        for (LogEntry entry : entries) {
            bytes += entry.frame().length;
            if (bytes > ChunkMerger.MERGED_BYTES && !chunk.isEmpty()) {
                chunks.add(List.copyOf(chunk));
                chunk.clear();
                bytes = entry.frame().length;
            }
            chunk.add(entry);
        }
        chunks.add(List.copyOf(chunk));
        return chunks;
    }
}
