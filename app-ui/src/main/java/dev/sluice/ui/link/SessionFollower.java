package dev.sluice.ui.link;

import dev.sluice.model.session.EventPage;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.model.sse.SseParser;
import dev.sluice.ui.store.Following;
import dev.sluice.ui.store.SessionLog;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Fills a [SessionLog] and keeps it filled while the session runs: one thread that reads what is recorded,
/// follows what happens, and connects again where it left off.
///
/// The stream only tells that something happened; the events are then read as a page. So each event comes
/// by one way and with the time the service recorded, which the stream does not tell and a replay needs.
public final class SessionFollower implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SessionFollower.class.getName());
    /// Two of the service's heartbeats, and some grace.
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(35);
    /// The least time between two pages: a chatty session costs at most twenty requests a second.
    private static final Duration SPACING = Duration.ofMillis(50);

    private final SessionClient sessions;
    private final String id;
    private final SessionLog log;
    private final ReconnectPolicy policy;
    private final Thread reader;
    private volatile boolean closed;
    private volatile long heardNanos;
    private boolean rung;

    /// Creates a follower; nothing happens before [#start].
    public SessionFollower(SessionClient sessions, String id, SessionLog log, ReconnectPolicy policy) {
        this.sessions = sessions;
        this.id = id;
        this.log = log;
        this.policy = policy;
        this.reader = Thread.ofVirtual().name("session-" + id).unstarted(this::run);
    }

    /// Begins to read.
    public void start() {
        reader.start();
    }

    /// Ceases to read; what was read stays in the log.
    @Override
    public void close() {
        closed = true;
        reader.interrupt();
    }

    private void run() {
        int attempt = 0;
        try {
            while (!closed) {
                long begun = System.nanoTime();
                var reason = readAndFollow();
                if (closed || reason.isEmpty()) {
                    return;
                }
                attempt = policy.next(attempt, Duration.ofNanos(System.nanoTime() - begun));
                log.following(new Following.Broken(reason));
                Thread.sleep(policy.delay(attempt));
            }
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "session-follower closed");
        }
    }

    /// Reads to the end; returns why that was not possible, or nothing if there is nothing more to read.
    private String readAndFollow() throws InterruptedException {
        try {
            while (!catchUp()) {
                var response = sessions.stream(id, log.cursor());
                try (var body = response.body()) {
                    if (response.statusCode() == 204) {
                        return catchUp() ? ended() : "The service ended the stream";
                    }
                    if (response.statusCode() != 200) {
                        throw ServiceLine.refusal(response.statusCode(), body.readNBytes(1 << 16));
                    }
                    var reason = follow(body);
                    if (!reason.isEmpty()) {
                        return reason;
                    }
                }
            }
            return ended();
        } catch (LinkException.Refused refused) {
            if (refused.status() >= 500 || refused.status() == 429) {
                return refused.told();
            }
            log.following(new Following.Refused(refused.told()));
            return "";
        } catch (LinkException.NoAnswer silence) {
            return silence.told();
        } catch (IOException e) {
            return "The connection broke";
        }
    }

    private String ended() {
        log.following(new Following.Ended());
        return "";
    }

    /// Reads pages until the newest event; true if the session has ended with it.
    private boolean catchUp() {
        EventPage page;
        do {
            page = sessions.events(id, log.cursor());
            log.add(page);
        } while (!closed && !page.ended() && page.events().size() + lost(page) > 0);
        return page.ended() || closed;
    }

    private static long lost(EventPage page) {
        var gap = page.gap();
        return gap == null ? 0 : gap.lost();
    }

    /// Reads on whenever the stream says that something happened. Returns why it broke; nothing if the
    /// service ended it because the session has ended.
    private String follow(InputStream body) throws InterruptedException {
        heard();
        if (!closed) {
            log.following(new Following.Live());
        }
        var parser = new SseParser(new Bell());
        var buffer = new byte[1 << 15];
        try (var watch = new SilenceWatch(this::silence, LONGEST_SILENCE, body)) {
            try {
                for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                    heard();
                    parser.feed(buffer, 0, n);
                    if (rung) {
                        rung = false;
                        if (catchUp()) {
                            return "";
                        }
                        Thread.sleep(SPACING);
                    }
                }
                return catchUp() ? "" : "The service ended the stream";
            } catch (IOException e) {
                return watch.fired()
                        ? "The service was silent for " + LONGEST_SILENCE.toSeconds() + " s"
                        : "The connection broke";
            } catch (IllegalStateException e) {
                return "The service sent too large an event";
            }
        }
    }

    private void heard() {
        heardNanos = System.nanoTime();
    }

    private Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardNanos);
    }

    private final class Bell implements SseParser.Handler {
        @Override
        public void onEvent(SseEvent event) {
            rung = true;
        }
    }
}
