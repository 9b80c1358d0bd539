package dev.sluice.service.session;

import dev.sluice.model.Json;
import dev.sluice.model.session.SessionView;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.Journal;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.Refusal;
import dev.sluice.service.replay.Retention;
import dev.sluice.service.replay.Wakeups;
import dev.sluice.service.store.Database;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// All sessions: those under way, in memory and on disk as they grow, and those that ended, on disk.
///
/// Thread-safe.
public final class Sessions implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sessions.class.getName());
    /// What a session may take in all; then it fails.
    public static final long MAX_BYTES = 8L << 20;
    private static final Duration COMMIT_SPACING = Duration.ofMillis(5);
    private static final long MAX_BUFFERED_BYTES = 64L << 20;
    private static final long BUFFER_BYTES = 256 << 10;
    private static final int EXPORT_BYTES = 1 << 20;
    private static final String INTERRUPTED = "The service ended while this was going on; what follows was never done.";

    private final SessionRepository repository;
    private final SessionImport imports;
    private final LiveSessions live;
    private final Journal journal;
    private final Wakeups wakeups;
    private final InstantSource clock;
    private final SessionPolicy policy;
    private final SessionUpkeep upkeep;

    private Sessions(Database db, Wakeups wakeups, InstantSource clock, SessionPolicy policy) {
        this.repository = new SessionRepository(db);
        this.imports = new SessionImport(db);
        this.upkeep = new SessionUpkeep(db, clock, policy::retention, this::forgotten);
        this.live = new LiveSessions(policy::bufferTtl, MAX_BUFFERED_BYTES, upkeep::scattered);
        this.journal = Journal.start(new SessionChunks(db, live), COMMIT_SPACING);
        this.wakeups = wakeups;
        this.clock = clock;
        this.policy = policy;
    }

    /// Opens the sessions of a database. Those that the process before left unfinished end in an `error`
    /// in a new life, so that nobody waits for them for ever.
    public static Sessions open(Database db, Wakeups wakeups, InstantSource clock, SessionPolicy policy) {
        var sessions = new Sessions(db, wakeups, clock, policy);
        try {
            sessions.repository.running().forEach(sessions::interrupted);
            sessions.upkeep.start();
            return sessions;
        } catch (RuntimeException failed) {
            sessions.close();
            throw failed;
        }
    }

    /// Begins a session that is found from now on, after a crash too.
    ///
    /// @return its log, still empty
    public EventLog begin(NewSession session) {
        repository.insert(session);
        EventLog log = log(session.id(), inMemory(), Refusal.END);
        live.begin(session.id(), log, null);
        return log;
    }

    /// Begins a session whose truth is kept elsewhere: its row is stored with its first event, and it
    /// goes on when the store is sick.
    ///
    /// @return its log, still empty
    public EventLog beginBeside(NewSession session, Retention retention) {
        EventLog log = log(session.id(), retention, Refusal.GO_ON);
        live.begin(session.id(), log, session);
        return log;
    }

    /// Notes how a session ends; to be called before its terminal event is appended. Without it, `error`
    /// means failed and every other terminal event completed.
    public void ending(String id, Outcome outcome) {
        live.ending(id, outcome);
    }

    /// Finds a session and its log, whether its row is stored yet or not.
    public Optional<Found> find(String id) {
        // memory first: what is stored in between is found in the store, and not missed in both
        return live.begun(id).or(() -> repository.find(id).map(view -> new Found(view, open(view))));
    }

    /// Finds the session whose log has, or had, that epoch: a first life is named as the session, later
    /// ones are numbered.
    public Optional<Found> ofEpoch(String epoch) {
        int dash = epoch.lastIndexOf('-');
        boolean numbered = dash > 0 && epoch.substring(dash + 1).matches("[0-9]{1,4}");
        return find(epoch).or(() -> numbered ? find(epoch.substring(0, dash)) : Optional.empty());
    }

    /// Returns what a search found, newest first, whether stored yet or not.
    public List<SessionView> list(SessionFilter filter) {
        // looked at before the store: what is stored in between is found twice, not missed
        List<SessionView> begun = live.begun().filter(filter::admits).toList();
        List<SessionView> stored = repository.list(filter);
        if (begun.isEmpty()) {
            return stored;
        }
        Map<String, SessionView> found = new HashMap<>();
        begun.forEach(session -> found.put(session.id(), session));
        stored.forEach(session -> found.put(session.id(), session));
        return found.values().stream()
                .sorted(SessionFilter.ORDER)
                .limit(filter.limit())
                .toList();
    }

    /// Writes a session that has ended as a file.
    byte[] export(Found found) {
        var entries = new ArrayList<LogEntry>();
        try (Cursor cursor = found.log().cursorAfter(0)) {
            while (!cursor.finished()) {
                entries.addAll(cursor.read(EXPORT_BYTES).entries());
            }
        }
        return SessionArchive.write(found.view(), entries, clock.instant());
    }

    /// Stores a session from a file under a new id.
    ///
    /// @throws SessionArchive.BrokenException if the file is not what was exported
    /// @throws IllegalArgumentException saying what of it is not acceptable
    SessionView bringIn(byte[] file, String org) throws SessionArchive.BrokenException {
        String id = "import_" + UUID.randomUUID().toString().replace("-", "");
        imports.store(SessionArchive.read(file, id), id, org, clock.instant());
        return repository.find(id).orElseThrow();
    }

    /// Tells whether a tenant, or any if it is null, had a session of that id which is gone: too old, or
    /// forgotten.
    public boolean gone(String id, @Nullable String org) {
        return repository.gone(id, org);
    }

    /// Has what is marked as to be forgotten removed soon; nobody is shown it any more.
    public void sweepSoon() {
        upkeep.sweepSoon();
    }

    /// Returns what was done so far.
    public SessionStats stats() {
        return new SessionStats(
                live.size(),
                journal.events(),
                journal.commits(),
                journal.refusals(),
                journal.refusing(),
                journal.backlog(),
                journal.abandoned(),
                upkeep.merged(),
                upkeep.removed(),
                upkeep.longestStep());
    }

    @Override
    public void close() {
        journal.close();
        upkeep.close();
    }

    SessionUpkeep upkeep() {
        return upkeep;
    }

    private Retention inMemory() {
        return new Retention(policy.bufferEvents(), BUFFER_BYTES, MAX_BYTES);
    }

    private void forgotten(String id) {
        live.forget(id);
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
        EventLog log = EventLog.continued(session.id(), epoch, session.events(), inMemory(), wakeups, clock, journal);
        live.goOn(session.id(), log);
        live.ending(session.id(), Outcome.INTERRUPTED);
        log.end("error", Json.bytes(Map.of("type", "error", "session_id", session.id(), "error", INTERRUPTED)));
        LOG.log(Level.WARNING, "event=session_interrupted session=" + session.id() + " kind=" + session.kind());
    }

    /// A session and its log.
    public record Found(SessionView view, EventLog log) {}
}
