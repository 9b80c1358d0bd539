package dev.sluice.service.refactor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.session.SessionView;
import dev.sluice.model.sse.SseFrames;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.session.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Describes a job that is no longer in memory, from the last events of its session.
final class StoredJob {
    private static final int READ_BYTES = 1 << 20;

    private StoredJob() {}

    static RefactorView view(Sessions.Found found, Instant now) {
        JsonNode last = Json.mapper().createObjectNode();
        String type = "";
        JsonNode step = last;
        for (LogEntry entry : lastTwo(found)) {
            last = json(entry);
            type = entry.type();
            if (type.equals("progress")) {
                step = last;
            }
        }
        return type.equals("complete")
                ? completed(found.view(), last, now)
                : broken(found.view(), type, last, step, now);
    }

    private static RefactorView completed(SessionView session, JsonNode end, Instant now) {
        return new RefactorView(
                session.id(),
                session.userId(),
                end.path("stage").asText(),
                end.path("status").asText(),
                end.path("progress").asDouble(),
                end.path("message").asText(),
                end.path("elapsed_time_ms").asLong(elapsed(session, now)),
                texts(end.path("errors")),
                texts(end.path("warnings")),
                end.path("retry_count").asInt(),
                false,
                null,
                present(end.path("result")));
    }

    /// It ended in an `error`, its own or that of a service that found it unfinished; or that is being
    /// written.
    private static RefactorView broken(SessionView session, String type, JsonNode end, JsonNode step, Instant now) {
        String error = type.equals("error")
                ? end.path("error").asText()
                : "The service ended while this was going on; what follows was never done.";
        return new RefactorView(
                session.id(),
                session.userId(),
                Stage.FAILED.wireName(),
                Status.FAILED.wireName(),
                end.path("progress").asDouble(step.path("progress").asDouble()),
                error,
                end.path("elapsed_time_ms").asLong(elapsed(session, now)),
                List.of(error),
                texts(end.path("warnings")),
                end.path("retry_count").asInt(),
                false,
                null,
                null);
    }

    private static List<LogEntry> lastTwo(Sessions.Found found) {
        var entries = new ArrayList<LogEntry>();
        try (Cursor cursor = found.log().cursorAfter(Math.max(0, found.log().last() - 2))) {
            for (List<LogEntry> more = cursor.read(READ_BYTES).entries();
                    !more.isEmpty();
                    more = cursor.read(READ_BYTES).entries()) {
                entries.addAll(more);
            }
        }
        return entries;
    }

    private static JsonNode json(LogEntry entry) {
        try {
            return Json.mapper().readTree(SseFrames.data(entry.frame()));
        } catch (IOException broken) {
            throw new UncheckedIOException("event " + entry.seq() + " of a job is no JSON", broken);
        }
    }

    private static long elapsed(SessionView session, Instant now) {
        Instant end = session.endedAt();
        return Duration.between(session.createdAt(), end == null ? now : end).toMillis();
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }

    private static @Nullable JsonNode present(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : node;
    }
}
