package dev.sluice.service.session;

import dev.sluice.service.replay.Chunk;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.LogStore;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The events of sessions, stored in chunks of wire bytes: what a session took in since the commit before.
///
/// A row per event stored 10 000 events a second, chunks 170 000 and more. Thread-safe.
final class SessionChunks implements LogStore {
    private final Database db;
    private final Heads heads;

    SessionChunks(Database db, Heads heads) {
        this.db = db;
        this.heads = heads;
    }

    @Override
    public CompletableFuture<?> append(List<Chunk> chunks) {
        return db.writeAsync("append to sessions", sql -> {
                    chunks.forEach(chunk -> append(sql, chunk));
                    return chunks.size();
                })
                .thenAccept(_ -> chunks.forEach(heads::stored));
    }

    @Override
    public void abandoned(String log) {
        heads.abandoned(log);
    }

    @Override
    public List<LogEntry> read(String log, String epoch, long after, int maxBytes) {
        return db.read(sql -> {
            var entries = new ArrayList<LogEntry>();
            long bytes = 0;
            long last = after;
            while (bytes < maxBytes) {
                List<LogEntry> chunk = next(sql, log, epoch, last);
                if (chunk.isEmpty() || (!entries.isEmpty() && chunk.getFirst().seq() != last + 1)) {
                    break;
                }
                entries.addAll(chunk);
                bytes += chunk.stream().mapToLong(entry -> entry.frame().length).sum();
                last = chunk.getLast().seq();
            }
            return entries;
        });
    }

    private static List<LogEntry> next(Sql sql, String log, String epoch, long after) {
        return next(sql, log, after).map(chunk -> chunk.entries(epoch)).orElse(List.of()).stream()
                .filter(entry -> entry.seq() > after)
                .toList();
    }

    /// Returns the chunk that holds the first event after `after`.
    static Optional<Stored> next(Sql sql, String log, long after) {
        return sql.first(
                """
                SELECT * FROM session_chunks WHERE session_id = ? AND last_seq > ? ORDER BY last_seq LIMIT 1\
                """,
                row -> new Stored(row.number("first_seq"), row.text("epoch"), row.bytes("marks"), row.bytes("frames")),
                log,
                after);
    }

    /// Stores a chunk.
    static void insert(Sql sql, String log, String epoch, long first, long last, byte[] marks, byte[] frames) {
        sql.update(
                "INSERT INTO session_chunks (session_id, first_seq, last_seq, epoch, marks, frames)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                log,
                first,
                last,
                epoch,
                marks,
                frames);
    }

    private void append(Sql sql, Chunk chunk) {
        NewSession head = heads.of(chunk.log());
        if (head != null) {
            SessionRepository.insert(sql, head);
        }
        byte[] frames = ChunkCodec.frames(chunk.entries());
        insert(
                sql,
                chunk.log(),
                chunk.epoch(),
                chunk.entries().getFirst().seq(),
                chunk.last(),
                ChunkCodec.marks(chunk.entries()),
                frames);
        sql.update(
                """
                UPDATE sessions SET last_seq = ?, event_bytes = event_bytes + ?, outcome = COALESCE(?, outcome),
                    ended_at = COALESCE(?, ended_at)
                WHERE id = ?\
                """,
                chunk.last(),
                frames.length,
                chunk.ends() ? heads.outcome(chunk).wireName() : null,
                chunk.ends() ? chunk.entries().getLast().at() : null,
                chunk.log());
    }

    /// A chunk as it is stored. Nobody may change its arrays.
    record Stored(long first, String epoch, byte[] marks, byte[] frames) {
        /// Returns its events.
        ///
        /// @param shown the epoch that their frames are to name
        List<LogEntry> entries(String shown) {
            return ChunkCodec.entries(first, marks, frames, epoch, shown);
        }
    }

    /// What is known of live sessions apart from their events.
    interface Heads {
        /// Returns the row of a session that may not be stored yet; null if it is.
        @Nullable
        NewSession of(String log);

        /// Returns how the session of a terminal event ended.
        Outcome outcome(Chunk ending);

        /// Notes that nothing more of a session will be stored.
        void abandoned(String log);

        /// Notes that a chunk is durable.
        void stored(Chunk chunk);
    }
}
