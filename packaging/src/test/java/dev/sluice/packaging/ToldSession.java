package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.model.sse.SseParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// What one client saw of one session before its service was killed.
///
/// Written by the client's thread, checked after it ended.
final class ToldSession {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, String> AS_PAGE = Map.of("x-org-id", OldClient.ORG, "Accept", "application/json");

    private final String id;
    private final List<SseEvent> seen = new ArrayList<>();

    /// @param id the flight whose stream it is
    ToldSession(String id) {
        this.id = id;
    }

    /// Reads a stream to its end; what was read before it broke is kept.
    void read(InputStream body) throws IOException {
        var parser = new SseParser(event -> {
            if (!event.id().isEmpty()) {
                seen.add(event);
            }
        });
        var buffer = new byte[4096];
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            parser.feed(buffer, 0, n);
        }
    }

    /// Tells whether the clean end was seen.
    boolean done() {
        return !seen.isEmpty() && seen.getLast().type().equals("done");
    }

    /// Returns what the answer said.
    String text() throws IOException {
        var text = new StringBuilder();
        for (SseEvent event : seen) {
            text.append(Json.mapper().readTree(event.data()).path("delta").asText());
        }
        return text.toString();
    }

    /// Checks that the session has ended, and that nothing else is under the ids that were seen.
    void check(OldClient client) throws IOException, InterruptedException {
        JsonNode page = ended(client);
        if (page.isMissingNode()) {
            assertThat(done())
                    .as("session %s is gone, though its end was seen", id)
                    .isFalse();
            return;
        }
        List<String> stored = new ArrayList<>();
        page.path("events").forEach(event -> stored.add(event.path("data").asText()));
        List<String> told = seen.stream().map(SseEvent::data).toList();
        String last = page.path("events").path(stored.size() - 1).path("event").asText();
        if (page.path("epoch").asText().equals(id)) {
            assertThat(stored).as("session %s", id).startsWith(told.toArray(String[]::new));
            assertThat(last).isIn("done", "error");
        } else {
            assertThat(done())
                    .as("session %s has another epoch, though its end was seen", id)
                    .isFalse();
            assertThat(last).isEqualTo("error");
            int both = Math.min(stored.size() - 1, told.size());
            assertThat(stored.subList(0, both)).isEqualTo(told.subList(0, both));
        }
    }

    /// Returns the events once the session has ended; missing if there is no such session.
    private JsonNode ended(OldClient client) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            HttpResponse<String> answer = client.send("GET", "/api/sessions/" + id + "/events?limit=1000", "", AS_PAGE);
            if (answer.statusCode() == 404) {
                return Json.mapper().missingNode();
            }
            JsonNode page = OldClient.json(answer);
            if (page.path("ended").asBoolean()) {
                return page;
            }
            assertThat(System.nanoTime()).as("session %s never ends", id).isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
