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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A stored session whose payloads are those that parsers get wrong.
///
/// @param path where its events are
/// @param expected what every client has to read
record NastySession(String path, List<Event> expected) {
    private static final Instant WHEN = Instant.parse("2026-01-31T08:00:00Z");
    private static final List<String> PAYLOADS = List.of(
            "  two leading spaces",
            "a trailing newline\n",
            "\n\nnewlines first, and two last\n\n",
            "",
            "{\"cr\":\"a\\r\\nb\\rc\"}",
            "{\"nul\":\"\\u0000\"}",
            "line\u2028and\u2029paragraph, next\u0085line, \u000b and \f",
            "\uFEFFa mark, \uD83D\uDEB0 and e\u0301",
            "data: x\nid: 99\nevent: forged\nretry: 1\n: comment\n\nevent: done",
            "\u00e9\u6c34 0123456789".repeat((1 << 20) / 16),
            "the end");

    NastySession {
        expected = List.copyOf(expected);
    }

    /// One event as a client saw it.
    record Event(String type, String id, String data) {}

    /// Imports it into a service, as a session of the org that is meant when none is named.
    static NastySession in(URI service, String operatorToken) throws Exception {
        var request = HttpRequest.newBuilder(service.resolve("/api/sessions/import"))
                .header("Authorization", "Bearer " + operatorToken)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(file()))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            JsonNode session = Json.mapper().readTree(answer.body());
            String path = "/api/sessions/" + session.path("id").asText() + "/events";
            return new NastySession(path, events(session.path("epoch").asText()));
        }
    }

    private static List<Event> events(String epoch) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < PAYLOADS.size(); i++) {
            events.add(new Event(type(i), epoch + ":" + (i + 1), PAYLOADS.get(i)));
        }
        return events;
    }

    private static String type(int index) {
        return index == PAYLOADS.size() - 1 ? "done" : "message";
    }

    private static byte[] file() throws Exception {
        var file = new ByteArrayOutputStream();
        String previous =
                line(file, Map.of("format", "sluice-session", "version", 1, "exported_at", WHEN, "session", session()));
        for (int i = 0; i < PAYLOADS.size(); i++) {
            boolean last = i == PAYLOADS.size() - 1;
            previous = line(
                    file,
                    Map.of(
                            "prev",
                            previous,
                            "seq",
                            i + 1,
                            "at",
                            WHEN,
                            "type",
                            type(i),
                            "data",
                            PAYLOADS.get(i),
                            "terminal",
                            last));
        }
        line(file, Map.of("prev", previous, "end", true, "events", PAYLOADS.size()));
        return file.toByteArray();
    }

    private static SessionView session() {
        @Nullable String none = null;
        return new SessionView(
                "nasty",
                "chat",
                "default",
                "ended",
                "completed",
                WHEN,
                WHEN,
                "nasty",
                PAYLOADS.size(),
                0,
                "Nasty",
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
