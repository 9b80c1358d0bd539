package dev.sluice.service.thread;

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

/// Reads an event stream event by event, as far as a test wants.
final class EventReader implements AutoCloseable {
    final HttpResponse<InputStream> response;
    private final Deque<SseEvent> parsed = new ArrayDeque<>();
    private final SseParser parser = new SseParser(parsed::add);
    private final byte[] buffer = new byte[4096];

    EventReader(HttpResponse<InputStream> response) {
        this.response = response;
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return ChatServer.header(response, name);
    }

    /// Reads up to the first event of that type, which comes last.
    List<SseEvent> readTo(String type) throws IOException {
        List<SseEvent> events = new ArrayList<>();
        while (events.isEmpty() || !events.getLast().type().equals(type)) {
            SseEvent next = next();
            if (next == null) {
                throw new AssertionError("the stream ended without " + type + ", after " + events);
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

    static List<String> types(List<SseEvent> events) {
        return events.stream().map(SseEvent::type).toList();
    }

    static JsonNode json(SseEvent event) throws IOException {
        return Json.mapper().readTree(event.data());
    }

    /// Returns what the deltas say.
    static String text(List<SseEvent> events) throws IOException {
        var text = new StringBuilder();
        for (SseEvent event : events) {
            if (event.type().equals("delta")) {
                text.append(json(event).path("delta").asText());
            }
        }
        return text.toString();
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
