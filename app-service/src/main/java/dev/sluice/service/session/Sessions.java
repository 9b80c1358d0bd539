package dev.sluice.service.session;

import dev.sluice.model.Json;
import dev.sluice.model.session.SessionView;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.Journal;
import dev.sluice.service.replay.Refusal;
import dev.sluice.service.replay.Retention;
import dev.sluice.service.replay.Wakeups;
import dev.sluice.service.store.Database;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All sessions: those under way, in memory and on disk as they grow, and those that ended, on disk.
///
/// Thread-safe.
public final class Sessions implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sessions.class.getName());
    /// What a session may take in all; then it fails.
    public static final long MAX_BYTES = 8L << 20;
    private static final Duration COMMIT_SPACING = Duration.ofMillis(5);
    private static final long MAX_BUFFERED_BYTES = 64L << 20;
    private static final String INTERRUPTED = "The service ended while this was going on; what follows was never done.";

    private final SessionRepository repository;
    private final LiveSessions live;
    private final Journal journal;
    private final Wakeups wakeups;
    private final InstantSource clock;
    private final Retention inMemory;

    private Sessions(Database db, Wakeups wakeups, InstantSource clock, Buffer buffer) {
        this.repository = new SessionRepository(db);
        this.live = new LiveSessions(buffer.kept(), MAX_BUFFERED_BYTES);
        this.journal = Journal.start(new SessionChunks(db, live), COMMIT_SPACING);
        this.wakeups = wakeups;
        this.clock = clock;
        this.inMemory = new Retention(buffer.events(), buffer.bytes(), MAX_BYTES);
    }

    /// Opens the sessions of a database. Those that the process before left unfinished end in an `error` in a new
    /// life, so that nobody waits for them for ever.
    public static Sessions open(Database db, Wakeups wakeups, InstantSource clock, Buffer buffer) {
        var sessions = new Sessions(db, wakeups, clock, buffer);
        try {
            sessions.repository.running().forEach(sessions::interrupted);
        } catch (RuntimeException failed) {
            sessions.close();
            throw failed;
        }
        return sessions;
    }

    /// Begins a session that is found from now on, after a crash too.
    ///
    /// @return its log, still empty
    public EventLog begin(NewSession session) {
        repository.insert(session);
        EventLog log = log(session.id(), inMemory, Refusal.END);
        live.add(session.id(), log, null);
        return log;
    }

    /// Begins a session whose truth is kept elsewhere: its row is stored with its first event, and it goes on when the
    /// store is sick.
    ///
    /// @return its log, still empty
    public EventLog beginBeside(NewSession session, Retention retention) {
        EventLog log = log(session.id(), retention, Refusal.GO_ON);
        live.add(session.id(), log, session);
        return log;
    }

    /// Notes how a session ends; to be called before its terminal event is appended. Without it, `error` means failed
    /// and every other terminal event completed.
    public void ending(String id, Outcome outcome) {
        live.ending(id, outcome);
    }

    /// Finds a session and its log, whether its row is stored yet or not.
    public Optional<Found> find(String id) {
        return repository.find(id).map(view -> new Found(view, open(view))).or(() -> live.begun(id));
    }

    /// Finds the session whose log has, or had, that epoch: a first life is named as the session, later ones are
    /// numbered.
    public Optional<Found> ofEpoch(String epoch) {
        int dash = epoch.lastIndexOf('-');
        boolean numbered = dash > 0 && epoch.substring(dash + 1).matches("[0-9]{1,4}");
        return find(epoch).or(() -> numbered ? find(epoch.substring(0, dash)) : Optional.empty());
    }

    /// Returns what a search found, newest first.
    public List<SessionView> list(SessionFilter filter) {
        return repository.list(filter);
    }

    /// Returns how many sessions are under way.
    public int running() {
        return live.size();
    }

    /// Returns what stores the logs, for its numbers.
    public Journal journal() {
        return journal;
    }

    @Override
    public void close() {
        journal.close();
    }

    private EventLog open(SessionView view) {
        return live.find(view.id())
                .orElseGet(() -> EventLog.ended(view.id(), view.epoch(), view.events(), wakeups, journal));
    }

    private EventLog log(String id, Retention retention, Refusal refusal) {
        return EventLog.stored(id, id, retention, wakeups, clock, journal, refusal);
    }

    private void interrupted(SessionView session) {
        String epoch = repository.revive(session.id());
        EventLog log = EventLog.continued(session.id(), epoch, session.events(), inMemory, wakeups, clock, journal);
        live.add(session.id(), log, null);
        live.ending(session.id(), Outcome.INTERRUPTED);
        log.end("error", Json.bytes(Map.of("type", "error", "session_id", session.id(), "error", INTERRUPTED)));
        LOG.log(Level.WARNING, "event=session_interrupted session=" + session.id() + " kind=" + session.kind());
    }

    /// A session and its log.
    public record Found(SessionView view, EventLog log) {}

    /// How much of a session stays in memory.
    ///
    /// @param kept how long after its end
    /// @param events the newest events of one that is under way
    /// @param bytes the newest bytes of it
    public record Buffer(Duration kept, int events, long bytes) {
        /// The defaults of SESSION_BUFFER_TTL and SESSION_BUFFER_EVENTS.
        public static final Buffer DEFAULT = new Buffer(Duration.ofMinutes(5), 100, 256 << 10);
    }
}
