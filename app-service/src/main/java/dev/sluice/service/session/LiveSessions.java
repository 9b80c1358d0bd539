package dev.sluice.service.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.sluice.model.session.SessionView;
import dev.sluice.service.replay.Chunk;
import dev.sluice.service.replay.EventLog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The sessions that are in memory: those under way, and for a while those that ended. Thread-safe.
final class LiveSessions implements SessionChunks.Heads {
    /// So few chunks are as soon read as one: merging them would cost every short session a commit.
    static final int FEW_CHUNKS = 3;

    private final ConcurrentHashMap<String, Live> running = new ConcurrentHashMap<>();
    private final Cache<String, EventLog> ended;
    private final Consumer<String> scattered;

    /// @param buffer how long a session stays in memory after its end
    /// @param scattered told of each session that has ended and is stored in more than [#FEW_CHUNKS]
    LiveSessions(Supplier<Duration> buffer, long maxBytes, Consumer<String> scattered) {
        this.scattered = scattered;
        ended = Caffeine.newBuilder()
                .executor(Runnable::run)
                .expireAfter(Expiry.creating((String id, EventLog log) -> buffer.get()))
                .maximumWeight(maxBytes)
                .weigher((String id, EventLog log) -> (int) Math.min(Integer.MAX_VALUE, 1_000 + log.keptBytes()))
                .build();
    }

    /// @param head its row if that is stored with its first event, else null
    void begin(String id, EventLog log, @Nullable NewSession head) {
        add(id, new Live(log, head, null, 0));
    }

    /// Adds a session that an earlier process began; how many chunks it has is not known.
    void goOn(String id, EventLog log) {
        add(id, new Live(log, null, null, FEW_CHUNKS));
    }

    private void add(String id, Live session) {
        if (running.putIfAbsent(id, session) != null) {
            throw new IllegalStateException("session " + id + " is running already");
        }
    }

    /// Notes how a session ends, before its terminal event is appended.
    void ending(String id, Outcome outcome) {
        running.computeIfPresent(id, (_, live) -> new Live(live.log, live.head, outcome, live.chunks));
    }

    /// Finds a session's log if it is in memory.
    Optional<EventLog> find(String id) {
        Live live = running.get(id);
        return live != null ? Optional.of(live.log) : Optional.ofNullable(ended.getIfPresent(id));
    }

    /// Finds a session whose row is not stored yet.
    Optional<Sessions.Found> begun(String id) {
        return Optional.ofNullable(running.get(id)).flatMap(Live::begun);
    }

    /// Returns the sessions whose rows are not stored yet.
    Stream<SessionView> begun() {
        return running.values().stream().flatMap(live -> live.begun().stream()).map(Sessions.Found::view);
    }

    int size() {
        return running.size();
    }

    /// Drops a session from memory, under way or not.
    void forget(String id) {
        running.remove(id);
        ended.invalidate(id);
    }

    @Override
    public @Nullable NewSession of(String log) {
        Live live = running.get(log);
        return live == null ? null : live.head;
    }

    @Override
    public Outcome outcome(Chunk ending) {
        Live live = running.get(ending.log());
        if (live != null && live.outcome != null) {
            return live.outcome;
        }
        return ending.entries().getLast().type().equals("error") ? Outcome.FAILED : Outcome.COMPLETED;
    }

    @Override
    public void abandoned(String log) {
        running.remove(log);
    }

    @Override
    public void stored(Chunk chunk) {
        String id = chunk.log();
        if (!chunk.ends()) {
            running.computeIfPresent(id, (_, live) -> new Live(live.log, null, live.outcome, live.chunks + 1));
            return;
        }
        Live last = running.get(id); // chunks are counted here alone, one commit after the other
        running.computeIfPresent(id, (_, live) -> {
            ended.put(id, live.log); // found in one of both at any time
            return null;
        });
        if (last == null || last.chunks >= FEW_CHUNKS) {
            scattered.accept(id);
        }
    }

    /// @param head its row while that may not be stored yet
    /// @param outcome how it ends, once that is known
    /// @param chunks how many are stored
    private record Live(
            EventLog log,
            @Nullable NewSession head,
            @Nullable Outcome outcome,
            int chunks) {
        Optional<Sessions.Found> begun() {
            return Optional.ofNullable(head).map(row -> new Sessions.Found(row.view(log.last()), log));
        }
    }
}
