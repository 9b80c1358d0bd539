package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.model.EventId;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.model.sse.SseParser;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What came of an event stream that has ended.
record Received(List<SseEvent> events) {
    static Received of(HttpResponse<String> answer) {
        return of(answer.body());
    }

    static Received of(String stream) {
        List<SseEvent> events = new ArrayList<>();
        byte[] bytes = stream.getBytes(UTF_8);
        new SseParser(events::add).feed(bytes, 0, bytes.length);
        return new Received(List.copyOf(events));
    }

    /// Returns how many events follow one another from number 1 on: what comes after a missing, doubled
    /// or misplaced one is not counted.
    int unbroken() {
        int last = 0;
        for (SseEvent event : events) {
            if (event.id().isEmpty()) {
                continue; // of the request, not of the log
            }
            long seq = EventId.parse(event.id()).map(EventId::seq).orElse(0L);
            if (seq != last + 1) {
                break;
            }
            last++;
        }
        return last;
    }

    boolean endsWith(String type) {
        return !events.isEmpty() && events.getLast().type().equals(type);
    }

    /// Returns the payloads of all events of that name, in order.
    String data(String type) {
        return events.stream()
                .filter(event -> event.type().equals(type))
                .map(SseEvent::data)
                .collect(Collectors.joining("\n"));
    }
}
