package dev.sluice.service.refactor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.model.sse.SseParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a job's events one by one, as far as a test wants.
final class EventStream implements AutoCloseable {
    final HttpResponse<InputStream> response;
    private final Deque<SseEvent> parsed = new ArrayDeque<>();
    private final SseParser parser = new SseParser(parsed::add);
    private final byte[] buffer = new byte[4096];

    EventStream(HttpResponse<InputStream> response) {
        this.response = response;
    }

    /// Reads so many events.
    List<SseEvent> read(int count) throws IOException {
        List<SseEvent> events = new ArrayList<>();
        while (events.size() < count) {
            SseEvent next = next();
            if (next == null) {
                throw new AssertionError("the stream ended after " + events);
            }
            events.add(next);
        }
        return events;
    }

    /// Reads to the end of the stream.
    List<SseEvent> readAll() throws IOException {
        List<SseEvent> events = new ArrayList<>();
        for (SseEvent next = next(); next != null; next = next()) {
            events.add(next);
        }
        return events;
    }

    static JsonNode json(SseEvent event) throws IOException {
        return Json.mapper().readTree(event.data());
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }

    private @Nullable SseEvent next() throws IOException {
        while (parsed.isEmpty()) {
            int n = response.body().read(buffer);
            if (n < 0) {
                return null;
            }
            parser.feed(buffer, 0, n);
        }
        return parsed.poll();
    }
}
