package dev.sluice.service.sms;

import dev.sluice.model.Json;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.session.Outcome;
import dev.sluice.service.session.Sessions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The life of a batch as a session: what is done about it and when. Holds references, never a number or a
/// text, so that what is shown of them is decided when it is read. Used by one thread at a time.
final class BatchLog {
    private final Sessions sessions;
    private final String id;
    private final String batchId;
    private final EventLog log;
    private final InstantSource clock;
    private @Nullable String waitsFor;

    /// @param id the session's
    BatchLog(Sessions sessions, String id, String batchId, EventLog log, InstantSource clock) {
        this.sessions = sessions;
        this.id = id;
        this.batchId = batchId;
        this.log = log;
        this.clock = clock;
    }

    String id() {
        return id;
    }

    /// Appends a step.
    void tell(String type, Map<String, ?> what) {
        log.append(type, Json.bytes(event(type, what)));
    }

    /// Appends what the batch waits for, unless it said so before.
    void waits(String reason) {
        if (!reason.equals(waitsFor)) {
            waitsFor = reason;
            tell("waiting", Map.of("reason", reason));
        }
    }

    /// Appends the last one.
    void end(String type, Map<String, ?> what, Outcome outcome) {
        sessions.ending(id, outcome);
        log.end(type, Json.bytes(event(type, what)));
    }

    private Map<String, Object> event(String type, Map<String, ?> what) {
        var event = new LinkedHashMap<String, Object>();
        event.put("type", type);
        event.put("batch_id", batchId);
        event.put("at", Instant.ofEpochMilli(clock.instant().toEpochMilli()).toString());
        event.putAll(what);
        return event;
    }
}
