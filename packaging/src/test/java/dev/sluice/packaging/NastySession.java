package dev.sluice.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
        JsonNode session = SessionFile.bring(file(), "default", service, operatorToken);
        String path = "/api/sessions/" + session.path("id").asText() + "/events";
        return new NastySession(path, events(session.path("epoch").asText()));
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
        List<SessionFile.Event> events = new ArrayList<>();
        for (int i = 0; i < PAYLOADS.size(); i++) {
            events.add(new SessionFile.Event(WHEN, type(i), PAYLOADS.get(i)));
        }
        return SessionFile.of("nasty", events);
    }
}
