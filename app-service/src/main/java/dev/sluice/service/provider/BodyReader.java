package dev.sluice.service.provider;

import dev.sluice.model.sse.SseEvent;
import dev.sluice.model.sse.SseParser;
import dev.sluice.service.provider.ProviderException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the bytes of one response on the calling thread, under a watchdog.
///
/// Not thread-safe: one response, one reader.
final class BodyReader {
    /// What a response may take to end once the stream has said that it is done. A response read to its end leaves
    /// its connection to the next call; one that is closed earlier costs the provider a reset.
    private static final Duration GOODBYE = Duration.ofMillis(200);

    private static final int BUFFER_BYTES = 16 << 10;

    private final String provider;
    private final ResponseBody body;
    private final Watchdog watchdog;
    private final UpstreamLimits limits;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private @Nullable IOException broken;

    BodyReader(String provider, ResponseBody body, Watchdog watchdog, UpstreamLimits limits) {
        this.provider = provider;
        this.body = body;
        this.watchdog = watchdog;
        this.limits = limits;
    }

    /// Reads a stream of events until the answer is done.
    ///
    /// @throws ProviderException if it is not complete, or what `answer` throws
    void events(AnswerReader answer) throws ProviderException, InterruptedException {
        List<SseEvent> events = new ArrayList<>();
        var parser = new SseParser(events::add, limits.eventBytes());
        while (!answer.done()) {
            int count = read();
            if (count == ResponseBody.END) {
                if (answer.complete()) {
                    return;
                }
                throw cut();
            }
            boolean within = feed(parser, count);
            for (SseEvent event : events) {
                answer.event(event);
            }
            events.clear();
            if (!within && !answer.done()) {
                throw tooLarge("an event", limits.eventBytes());
            }
        }
        watchdog.endWithin(GOODBYE);
        int count;
        do {
            count = read();
        } while (count != ResponseBody.END);
    }

    /// Reads the whole body.
    ///
    /// @throws ProviderException if it breaks off or exceeds `maxBytes`
    byte[] whole(int maxBytes) throws ProviderException, InterruptedException {
        var bytes = new ByteArrayOutputStream();
        for (int count = read(); count != ResponseBody.END; count = read()) {
            if (bytes.size() + count > maxBytes) {
                throw tooLarge("an answer", maxBytes);
            }
            bytes.write(buffer, 0, count);
        }
        if (broken != null || watchdog.verdict() != Watchdog.Verdict.WELL) {
            throw cut();
        }
        return bytes.toByteArray();
    }

    private boolean feed(SseParser parser, int count) {
        try {
            parser.feed(buffer, 0, count);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private int read() throws InterruptedException {
        int count;
        try {
            count = body.read(buffer);
        } catch (IOException e) {
            broken = e;
            count = ResponseBody.END;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while reading the answer");
        }
        watchdog.touch();
        return count;
    }

    private ProviderException cut() {
        var failure = switch (watchdog.verdict()) {
            case SILENT ->
                new ProviderException(
                        Kind.IDLE,
                        provider + " sent nothing for " + limits.idle().toMillis() + " ms");
            case TOO_LONG ->
                new ProviderException(
                        Kind.TIMEOUT,
                        provider + " did not finish within " + limits.call().toMillis() + " ms");
            case WELL -> new ProviderException(Kind.TRUNCATED, provider + " broke off before the answer was complete");
        };
        return broken == null ? failure : failure.withCause(broken);
    }

    private ProviderException tooLarge(String what, int bytes) {
        return new ProviderException(Kind.PROTOCOL, provider + " sent " + what + " over " + bytes + " bytes");
    }
}
