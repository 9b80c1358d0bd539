package dev.sluice.ui.link;

import dev.sluice.model.sse.SseParser;
import dev.sluice.ui.store.Connection;
import dev.sluice.ui.store.OpsStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Keeps the store fed: one thread that connects, reads, and connects again where it left off, without end.
public final class EventStream implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EventStream.class.getName());
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(8);

    private final HttpClient http;
    private final ServiceSource source;
    private final OpsStore store;
    private final ReconnectPolicy policy;
    private final Duration longestSilence;
    private final OpsFeed feed;
    private final Semaphore impatient = new Semaphore(0);
    private final Thread reader;
    private volatile @Nullable Endpoint endpoint;
    private volatile boolean closed;

    /// Creates a stream; nothing happens before [#start].
    ///
    /// @param longestSilence after so long without a byte the connection is given up
    public EventStream(
            HttpClient http, ServiceSource source, OpsStore store, ReconnectPolicy policy, Duration longestSilence) {
        this.http = http;
        this.source = source;
        this.store = store;
        this.policy = policy;
        this.longestSilence = longestSilence;
        this.feed = new OpsFeed(store);
        this.reader = Thread.ofPlatform().name("ops-stream").daemon(true).unstarted(this::run);
    }

    /// Begins to connect.
    public void start() {
        reader.start();
    }

    /// Returns the service last found; empty before the first one.
    public Optional<Endpoint> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /// Ends a wait between two attempts.
    public void retryNow() {
        impatient.release();
    }

    /// Ends the stream and its thread.
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
                var reason = connectAndRead(attempt);
                if (closed) {
                    return;
                }
                attempt = policy.next(attempt, Duration.ofNanos(System.nanoTime() - begun));
                var delay = policy.delay(attempt);
                LOG.log(System.Logger.Level.INFO, "ops-stream lost attempt={0} reason=\"{1}\"", attempt, reason);
                store.connection(
                        new Connection.Broken(reason, attempt, store.now().plus(delay)));
                impatient.drainPermits();
                var _ = impatient.tryAcquire(delay.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "ops-stream closed");
        }
    }

    /// Runs one connection to its end and returns why it ended.
    private String connectAndRead(int attempt) throws InterruptedException {
        if (attempt == 0) {
            store.connection(new Connection.Connecting(source.doing()));
        }
        try {
            var found = source.locate();
            endpoint = found;
            var response = http.send(request(found), HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                if (response.statusCode() != 200) {
                    throw ServiceLine.refusal(response.statusCode(), body.readNBytes(1 << 16));
                }
                store.heard();
                store.connection(new Connection.Live());
                return read(body);
            }
        } catch (IOException e) {
            return "The service cannot be reached: " + ServiceLine.reason(e);
        } catch (LinkException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private HttpRequest request(Endpoint found) {
        var request = found.request("/api/ops/stream")
                .header("Accept", "text/event-stream")
                .timeout(CONNECT_PATIENCE);
        var cursor = feed.cursor();
        if (cursor != null) {
            request.header("Last-Event-ID", cursor.toString());
        }
        return request.GET().build();
    }

    private String read(InputStream body) throws InterruptedException {
        var parser = new SseParser(feed);
        var buffer = new byte[1 << 15];
        try (var watch = new SilenceWatch(store::silence, longestSilence, body)) {
            try {
                for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                    store.heard();
                    parser.feed(buffer, 0, n);
                }
                return "The service ended the stream";
            } catch (IOException e) {
                if (closed) {
                    throw new InterruptedException("closed");
                }
                return watch.fired()
                        ? "The service was silent for " + longestSilence.toSeconds() + " s"
                        : "The connection broke";
            } catch (IllegalStateException e) {
                return "The service sent too large an event";
            }
        }
    }
}
