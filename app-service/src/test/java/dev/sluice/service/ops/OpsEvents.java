package dev.sluice.service.ops;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.model.sse.SseParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;

/// Reads the operators' stream event by event.
final class OpsEvents implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final Deque<SseEvent> parsed = new ArrayDeque<>();
    private final SseParser parser = new SseParser(parsed::add);
    private final byte[] buffer = new byte[4096];

    OpsEvents(HttpResponse<InputStream> response) {
        this.response = response;
    }

    /// Reads the next event; waits for it.
    SseEvent next() throws IOException {
        while (parsed.isEmpty()) {
            int n = response.body().read(buffer);
            if (n < 0) {
                throw new AssertionError("the stream ended");
            }
            parser.feed(buffer, 0, n);
        }
        return parsed.remove();
    }

    static JsonNode json(SseEvent event) throws IOException {
        return Json.mapper().readTree(event.data());
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
