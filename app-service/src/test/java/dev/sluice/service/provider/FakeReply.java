package dev.sluice.service.provider;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How [FakeOpenAi] answers one call. Immutable; start from a factory and change it with the `with` methods.
///
/// @param status the HTTP status
/// @param headers additional response headers
/// @param latency time before the status line
/// @param gap time between chunks
/// @param chunks the answer's pieces of text; ignored if there is a `body`
/// @param ending how a stream ends
/// @param usage whether a stream reports its usage (if it was asked to)
/// @param body the whole body, sent with a Content-Length instead of a stream; null streams
/// @param hold nothing is sent after `holdAfter` chunks until it is released; null never holds
/// @param holdAfter how many chunks are sent before the hold; negative holds even the status line
public record FakeReply(
        int status,
        Map<String, String> headers,
        Duration latency,
        Duration gap,
        List<String> chunks,
        Ending ending,
        boolean usage,
        @Nullable String body,
        @Nullable CountDownLatch hold,
        int holdAfter) {
    /// How a stream ends after its chunks.
    public enum Ending {
        /// finish_reason, usage if asked for, `[DONE]`.
        DONE,
        /// finish_reason, then the response ends without `[DONE]`.
        NO_DONE,
        /// The response ends well as HTTP, but neither finish_reason nor `[DONE]` was sent.
        EOF,
        /// The connection is closed in the middle of the response.
        CUT,
        /// Nothing more is sent, until the client leaves.
        STALL,
        /// Nothing more than comment lines is sent, one per gap, until the client leaves.
        HEARTBEATS,
        /// A data line that is not JSON.
        MALFORMED,
        /// An error object, then the response ends.
        ERROR_OBJECT,
        /// One data line without end.
        HUGE_LINE
    }

    /// Copies the collections.
    public FakeReply {
        headers = Map.copyOf(headers);
        chunks = List.copyOf(chunks);
    }

    /// Returns a stream of `chunks` that ends well, at once.
    public static FakeReply streaming(String... chunks) {
        return new FakeReply(
                200, Map.of(), Duration.ZERO, Duration.ZERO, List.of(chunks), Ending.DONE, true, null, null, 0);
    }

    /// Returns a stream of `count` chunks "w0 ", "w1 " ... that ends well, at once.
    public static FakeReply words(int count) {
        return streaming(IntStream.range(0, count).mapToObj(i -> "w" + i + " ").toArray(String[]::new));
    }

    /// Returns a JSON body with any status.
    public static FakeReply json(int status, String body) {
        return streaming().withStatus(status).withBody(body).withHeader("content-type", "application/json");
    }

    /// Returns an error as OpenAI words it.
    public static FakeReply error(int status, String code, String message) {
        return json(
                status,
                "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"code\":\"%s\"}}".formatted(message, code, code));
    }

    /// Returns a copy with another status.
    public FakeReply withStatus(int value) {
        return new FakeReply(value, headers, latency, gap, chunks, ending, usage, body, hold, holdAfter);
    }

    /// Returns a copy with one more response header.
    public FakeReply withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new FakeReply(status, more, latency, gap, chunks, ending, usage, body, hold, holdAfter);
    }

    /// Returns a copy that waits before the status line.
    public FakeReply withLatency(Duration value) {
        return new FakeReply(status, headers, value, gap, chunks, ending, usage, body, hold, holdAfter);
    }

    /// Returns a copy that waits between chunks.
    public FakeReply withGap(Duration value) {
        return new FakeReply(status, headers, latency, value, chunks, ending, usage, body, hold, holdAfter);
    }

    /// Returns a copy that ends otherwise.
    public FakeReply ending(Ending value) {
        return new FakeReply(status, headers, latency, gap, chunks, value, usage, body, hold, holdAfter);
    }

    /// Returns a copy that never reports its usage.
    public FakeReply withoutUsage() {
        return new FakeReply(status, headers, latency, gap, chunks, ending, false, body, hold, holdAfter);
    }

    /// Returns a copy that sends this body instead of a stream.
    public FakeReply withBody(String value) {
        return new FakeReply(status, headers, latency, gap, chunks, ending, usage, value, hold, holdAfter);
    }

    /// Returns a copy that sends nothing at all until `latch` is released.
    public FakeReply heldBy(CountDownLatch latch) {
        return new FakeReply(status, headers, latency, gap, chunks, ending, usage, body, latch, -1);
    }

    /// Returns a copy that stops after some chunks until `latch` is released.
    public FakeReply heldAfter(int chunkCount, CountDownLatch latch) {
        return new FakeReply(status, headers, latency, gap, chunks, ending, usage, body, latch, chunkCount);
    }
}
