package dev.sluice.service.session;

import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Makes few large chunks of the many small ones that a session was stored in as it grew: a replay then reads few rows.
///
/// The session must have ended. Readers see the same events before, between and after the steps.
final class ChunkMerger {
    /// What a merged chunk holds at most, unless one event is larger.
    static final int MERGED_BYTES = 512 << 10;

    private static final int ROWS = 200;

    private final Database db;
    private final Consumer<Runnable> step;

    /// @param step runs each step that writes
    ChunkMerger(Database db, Consumer<Runnable> step) {
        this.db = db;
        this.step = step;
    }

    /// Merges a session's chunks.
    ///
    /// @return how many there are fewer
    long merge(String id) {
        long saved = 0;
        long after = 0;
        for (Group group = next(id, after); !group.isEmpty(); group = next(id, after)) {
            after = group.last();
            if (group.chunks() > 1) {
                replace(id, group);
                saved += group.chunks() - 1;
            }
        }
        return saved;
    }

    private void replace(String id, Group group) {
        byte[] marks = ChunkCodec.marks(group.entries);
        byte[] frames = ChunkCodec.frames(group.entries);
        step.accept(() -> db.write("merge chunks", sql -> {
            long there = sql.update(
                    "DELETE FROM session_chunks WHERE session_id = ? AND first_seq >= ? AND last_seq <= ?",
                    id,
                    group.first(),
                    group.last());
            if (there > 0) { // it may have been removed meanwhile
                SessionChunks.insert(sql, id, group.epoch, group.first(), group.last(), marks, frames);
            }
            return there;
        }));
    }

    /// Reads the chunks after an event that make one merged chunk.
    private Group next(String id, long after) {
        var group = new Group();
        db.read(sql -> {
            boolean more = true;
            while (more) {
                long last = group.isEmpty() ? after : group.last();
                more = SessionChunks.next(sql, id, last).map(group::take).orElse(false);
            }
            return group.chunks();
        });
        return group;
    }

    /// Chunks of one epoch that follow each other.
    private static final class Group {
        private final List<LogEntry> entries = new ArrayList<>();
        private String epoch = "";
        private int chunks;
        private long bytes;

        /// Adds a chunk if it fits.
        boolean take(SessionChunks.Stored chunk) {
            boolean fits = isEmpty()
                    || (chunk.epoch().equals(epoch)
                            && chunk.first() == last() + 1
                            && bytes + chunk.frames().length <= MERGED_BYTES
                            && chunks < ROWS);
            if (fits) {
                epoch = chunk.epoch();
                entries.addAll(chunk.entries(epoch));
                bytes += chunk.frames().length;
                chunks++;
            }
            return fits;
        }

        boolean isEmpty() {
            return chunks == 0;
        }

        int chunks() {
            return chunks;
        }

        long first() {
            return entries.getFirst().seq();
        }

        long last() {
            return entries.getLast().seq();
        }
    }
}
