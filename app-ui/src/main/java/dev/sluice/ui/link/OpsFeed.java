package dev.sluice.ui.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.EventId;
import dev.sluice.model.Json;
import dev.sluice.model.ops.OpsChange;
import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.model.sse.SseParser;
import dev.sluice.ui.store.OpsStore;
import org.jspecify.annotations.Nullable;

/// Applies the events of one connection to the store, each exactly once, and notes where they leave off.
///
/// The cursor moves only after an event was applied, so a connection that dies in between is resumed before it.
/// Confined to the reader's thread.
final class OpsFeed implements SseParser.Handler {
    private final OpsStore store;
    private @Nullable EventId cursor;

    OpsFeed(OpsStore store) {
        this.store = store;
    }

    /// Returns the last event applied; null before the first one, or after one that could not be understood.
    @Nullable
    EventId cursor() {
        return cursor;
    }

    @Override
    public void onComment(String text) {
        store.heard();
    }

    @Override
    public void onEvent(SseEvent event) {
        var id = EventId.parse(event.id()).orElse(null);
        try {
            switch (event.type()) {
                case "snapshot" -> {
                    store.snapshot(Json.mapper().readValue(event.data(), OpsSnapshot.class));
                    cursor = id;
                }
                case "change" -> change(event.data(), id);
                case "gap" -> lose(lost(Json.mapper().readTree(event.data())));
                case "reset" -> lose(0);
                default -> store.heard();
            }
        } catch (JsonProcessingException e) {
            cursor = null;
            throw new LinkException.NoAnswer("The service sent a " + event.type() + " that cannot be read", e);
        } catch (IllegalStateException e) {
            cursor = null;
            throw new LinkException.NoAnswer("The service sent a change before the state it changes", e);
        }
    }

    private void change(String data, @Nullable EventId id) throws JsonProcessingException {
        var before = cursor;
        if (before != null && id != null && before.epoch().equals(id.epoch())) {
            if (id.seq() <= before.seq()) {
                store.heard();
                return;
            }
            if (id.seq() > before.seq() + 1) {
                store.gap(id.seq() - before.seq() - 1);
            }
        }
        store.change(Json.mapper().readValue(data, OpsChange.class));
        cursor = id;
    }

    /// A snapshot follows; until it is here there is nothing to continue from.
    private void lose(long events) {
        cursor = null;
        store.gap(events);
    }

    private static long lost(JsonNode gap) {
        return Math.max(0, gap.path("lost").asLong(0));
    }
}
