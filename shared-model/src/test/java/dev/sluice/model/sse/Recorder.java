package dev.sluice.model.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Keeps everything a parser reports, in order.
final class Recorder implements SseParser.Handler {
    final List<SseEvent> events = new ArrayList<>();
    final List<String> comments = new ArrayList<>();
    final List<Duration> retries = new ArrayList<>();
    String lastEventId = "";

    /// Parses the parts as one stream, each fed at once.
    static Recorder parse(byte[]... parts) {
        var recorder = new Recorder();
        var parser = new SseParser(recorder);
        for (byte[] part : parts) {
            parser.feed(part, 0, part.length);
        }
        recorder.lastEventId = parser.lastEventId();
        return recorder;
    }

    /// Parses a stream fed at once.
    static Recorder parse(String stream) {
        return parse(stream.getBytes(UTF_8));
    }

    @Override
    public void onEvent(SseEvent event) {
        events.add(event);
    }

    @Override
    public void onComment(String text) {
        comments.add(text);
    }

    @Override
    public void onRetry(Duration delay) {
        retries.add(delay);
    }
}
