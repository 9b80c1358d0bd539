package dev.sluice.service.http;

import dev.sluice.model.Json;
import dev.sluice.model.sse.SseFrames;
import dev.sluice.service.auth.Caller;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one event stream. Used by one thread at a time; `gone` by any.
///
/// Never throws because of the client: after it left, the write deadline passed or the service is
/// stopping, `gone` is true and writing does nothing.
public final class SseWriter {
    private static final System.Logger LOG = System.getLogger(SseWriter.class.getName());
    private static final byte[] HEARTBEAT = SseFrames.comment("");

    private final Exchange exchange;
    private final OutputStream out;
    private final @Nullable Departure departure;
    private volatile boolean broken;
    private volatile boolean stopping;
    private volatile boolean revoked;

    private SseWriter(Exchange exchange, OutputStream out, @Nullable Departure departure) {
        this.exchange = exchange;
        this.out = out;
        this.departure = departure;
    }

    /// Sends the head and the opening comment, and watches for the client to leave.
    static SseWriter open(Exchange exchange, ServerResponse response, Streams streams) {
        describe(response);
        response.status(Status.OK_200);
        var stream = new SseWriter(exchange, response.outputStream(), exchange.departure());
        exchange.streaming(stream);
        streams.opened(stream);
        stream.frame(SseFrames.opening(streams.retry()));
        return stream;
    }

    /// A stream that nobody reads: the answer to HEAD.
    static SseWriter silent(Exchange exchange) {
        var stream = new SseWriter(exchange, OutputStream.nullOutputStream(), null);
        stream.broken = true;
        return stream;
    }

    static void describe(ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream")
                .header(HeaderNames.CACHE_CONTROL, "no-store, no-transform")
                .header(HeaderNames.create("X-Accel-Buffering"), "no")
                .header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
    }

    /// Writes one encoded frame and flushes.
    public void frame(byte[] bytes) {
        if (!broken) {
            try {
                out.write(bytes);
                out.flush();
            } catch (IOException | RuntimeException lost) {
                lost(lost);
            }
        }
    }

    /// Writes encoded frames at once.
    public void frames(List<byte[]> frames) {
        if (frames.size() == 1) {
            frame(frames.getFirst());
        } else if (!frames.isEmpty()) {
            frame(joined(frames));
        }
    }

    private static byte[] joined(List<byte[]> frames) {
        int length = 0;
        for (byte[] bytes : frames) {
            length += bytes.length;
        }
        var all = ByteBuffer.allocate(length);
        frames.forEach(all::put);
        return all.array();
    }

    /// Writes one event.
    ///
    /// @param id the event's id, or null if it must not move the client's cursor
    public void event(@Nullable String id, String type, Object json) {
        frame(SseFrames.event(id, type, Json.bytes(json)));
    }

    /// Writes a comment, which keeps proxies awake and finds dead clients.
    public void heartbeat() {
        frame(HEARTBEAT);
    }

    /// Tells whether to stop: the client left, the write deadline passed, or the service is stopping.
    public boolean gone() {
        return broken || stopping || (departure != null && departure.gone());
    }

    /// Returns who reads it.
    Caller caller() {
        return exchange.caller();
    }

    /// Tells the handler to end the stream, and the connection with it: its caller is not let in any more.
    void revoke() {
        revoked = true;
        stop();
    }

    boolean revoked() {
        return revoked;
    }

    /// Tells the handler to end the stream.
    void stop() {
        stopping = true;
        if (departure != null) {
            departure.fire();
        }
    }

    /// Returns whether the connection can no longer be used.
    boolean broken() {
        return broken;
    }

    /// The client's leaving is no error of ours: noted, and seen by the handler through `gone`.
    private void lost(Exception why) {
        broken = true;
        exchange.closeAfter();
        LOG.log(Level.DEBUG, "event=stream_lost request_id=" + exchange.requestId(), why);
    }
}
