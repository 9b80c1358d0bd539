package dev.sluice.service.refactor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.provider.CallsStoppedException;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.session.Kind;
import dev.sluice.service.session.NewSession;
import dev.sluice.service.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// The refactoring jobs: begun, found, ended in time. A job belongs to nobody's connection. Thread-safe.
public final class RefactorService implements AutoCloseable {
    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);
    /// How long the decisions of a job that ended are remembered; what it came to is stored.
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 1_000;
    private static final Duration FULL_RETRY = Duration.ofSeconds(30);

    private final Sessions sessions;
    private final Pipeline pipeline;
    private final BooleanSupplier callsAllowed;
    private final Clock clock;
    private final IntSupplier random;
    private final Limits limits;
    private final ConcurrentHashMap<String, RefactorJob> running = new ConcurrentHashMap<>();
    private final Cache<String, RefactorJob> ended;
    private final AtomicLong outboundChanges = new AtomicLong();
    private final AtomicBoolean callsWereAllowed = new AtomicBoolean(true);
    private volatile boolean stopping;

    /// @param callsAllowed whether the operator lets providers be called
    /// @param random any number, for ids
    public RefactorService(
            Sessions sessions,
            Pipeline pipeline,
            BooleanSupplier callsAllowed,
            Clock clock,
            IntSupplier random,
            Limits limits) {
        this.sessions = sessions;
        this.pipeline = pipeline;
        this.callsAllowed = callsAllowed;
        this.clock = clock;
        this.random = random;
        this.limits = limits;
        this.ended = Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(clock::nanoTime)
                .expireAfterWrite(REMEMBERED)
                .maximumSize(MOST_REMEMBERED)
                .build();
    }

    /// Begins a job; small talk is answered at once.
    ///
    /// @return its session
    /// @throws ApiException 400, 429 or 503 if it cannot be done now; nothing was begun then
    NewSession begin(RefactorRequest request) {
        Optional<String> answer = SmallTalk.answer(request.prompt());
        if (answer.isPresent()) {
            NewSession session = session(request, null);
            job(session, request).answer(answer.get());
            return session;
        }
        requireRoom(request.org());
        Pipeline.Run run = pipeline.admit(request);
        RefactorJob job;
        NewSession session = session(request, run);
        try {
            job = job(session, request);
        } catch (RuntimeException notBegun) {
            run.ended();
            throw notBegun;
        }
        clock.after(request.timeout(), () -> timeOut(session.id()));
        Thread.ofVirtual().name("refactor-" + session.id()).start(() -> job.run(run));
        return session;
    }

    /// Finds a job's session, whoever's it is.
    Optional<Sessions.Found> find(String id) {
        return sessions.find(id).filter(found -> found.view().kind().equals(Kind.REFACTOR.wireName()));
    }

    /// Describes a job that was found.
    RefactorView view(Sessions.Found found) {
        return job(found.view().id()).map(RefactorJob::view).orElseGet(() -> StoredJob.view(found, clock.now()));
    }

    /// Returns a job that is under way or ended a short while ago.
    Optional<RefactorJob> job(String id) {
        RefactorJob job = running.get(id);
        return job != null ? Optional.of(job) : Optional.ofNullable(ended.getIfPresent(id));
    }

    /// Returns how many jobs are under way.
    public int running() {
        return running.size();
    }

    /// To be called after each change of the operator's switch for calls: what waits for a provider's turn
    /// ends at once, what is being answered after the grace, unless calls are allowed again before. Jobs
    /// that wait for people go on.
    public void outboundChanged() {
        boolean allowed = callsAllowed.getAsBoolean();
        if (callsWereAllowed.getAndSet(allowed) == allowed) {
            return;
        }
        long change = outboundChanges.incrementAndGet();
        if (allowed) {
            return;
        }
        running.values().forEach(job -> job.stopAsking(true, CallsStoppedException.MESSAGE));
        clock.after(limits.stopGrace(), () -> {
            if (outboundChanges.get() == change && !callsAllowed.getAsBoolean()) {
                running.values().forEach(job -> job.stopAsking(false, CallsStoppedException.MESSAGE));
            }
        });
    }

    /// Refuses new jobs and ends those under way in an `error` that says why: they may wait for people for
    /// an hour.
    @Override
    public void close() {
        stopping = true;
        running.values().forEach(RefactorJob::interrupt);
    }

    private void timeOut(String id) {
        RefactorJob job = running.get(id);
        if (job != null) {
            job.timeOut();
        }
    }

    private void requireRoom(String org) {
        if (stopping) {
            throw ApiException.unavailable("The service is stopping.", FULL_RETRY);
        }
        if (running.size() >= limits.running()) {
            throw ApiException.unavailable("Too many refactoring jobs are under way.", FULL_RETRY);
        }
        long own =
                running.values().stream().filter(job -> job.org().equals(org)).count();
        if (own >= limits.perOrg()) {
            throw ApiException.tooManyRequests(
                    "This organisation has " + limits.perOrg() + " refactoring jobs under way.", FULL_RETRY);
        }
    }

    private RefactorJob job(NewSession session, RefactorRequest request) {
        EventLog log = sessions.begin(session);
        String id = session.id();
        var job = new RefactorJob(id, request, log, clock, (over, ending) -> {
            sessions.ending(id, ending.outcome());
            ended.put(id, over); // before it leaves the map: nobody falls between
            running.remove(id);
        });
        running.put(id, job);
        if (stopping) {
            job.interrupt(); // close may not have seen it
        }
        return job;
    }

    private NewSession session(RefactorRequest request, Pipeline.@Nullable Run run) {
        Instant now = clock.now();
        return new NewSession(
                freeId(now),
                Kind.REFACTOR,
                request.org(),
                now,
                run == null ? "Small talk" : "Refactoring, " + request.mode().wireName(),
                request.userId(),
                null,
                request.requestId(),
                run == null ? null : run.provider(),
                run == null ? null : run.model(),
                run != null && run.simulated());
    }

    private String freeId(Instant now) {
        String id;
        do {
            id = "session_" + ID_TIME.format(now) + "_" + "%08x".formatted(random.getAsInt());
        } while (sessions.find(id).isPresent());
        return id;
    }

    /// How much may go on at once.
    ///
    /// @param running jobs of all orgs
    /// @param perOrg jobs of one org
    /// @param stopGrace how long calls already being answered go on once an operator stops them
    public record Limits(int running, int perOrg, Duration stopGrace) {
        /// 500 jobs, 50 of one org.
        public static Limits withGrace(Duration stopGrace) {
            return new Limits(500, 50, stopGrace);
        }
    }
}
