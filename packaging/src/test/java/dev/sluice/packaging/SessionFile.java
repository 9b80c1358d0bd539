package dev.sluice.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.session.SessionView;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Files of sessions as the service exports them, written by what is said of their format alone.
final class SessionFile {
    private SessionFile() {}

    /// One event; the last of a file is its session's end.
    record Event(Instant at, String type, String data) {}

    /// Returns a file.
    ///
    /// @param events at least one
    static byte[] of(String id, List<Event> events) throws Exception {
        Instant when = events.getFirst().at();
        var file = new ByteArrayOutputStream();
        Map<String, Object> head = Map.of(
                "format",
                "sluice-session",
                "version",
                1,
                "exported_at",
                when,
                "session",
                session(id, when, events.size()));
        String previous = line(file, head);
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            boolean last = i == events.size() - 1;
            previous = line(
                    file,
                    Map.of(
                            "prev",
                            previous,
                            "seq",
                            i + 1,
                            "at",
                            event.at(),
                            "type",
                            event.type(),
                            "data",
                            event.data(),
                            "terminal",
                            last));
        }
        line(file, Map.of("prev", previous, "end", true, "events", events.size()));
        return file.toByteArray();
    }

    /// Imports a file into a service, as a session of an org.
    ///
    /// @return what the service says of the session
    static JsonNode bring(byte[] file, String org, URI service, String operatorToken) throws Exception {
        var request = HttpRequest.newBuilder(service.resolve("/api/sessions/import?org=" + org))
                .header("Authorization", "Bearer " + operatorToken)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(file))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            return Json.mapper().readTree(answer.body());
        }
    }

    private static SessionView session(String id, Instant when, int events) {
        @Nullable String none = null;
        return new SessionView(
                id,
                "chat",
                "default",
                "ended",
                "completed",
                when,
                when,
                id,
                events,
                0,
                "Title",
                none,
                none,
                none,
                none,
                none,
                false,
                none);
    }

    /// Returns the line's hash, which the next one names.
    private static String line(ByteArrayOutputStream file, Object content) throws Exception {
        byte[] line = Json.text(content).getBytes(UTF_8);
        file.writeBytes(line);
        file.write('\n');
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(line));
    }
}
