package dev.sluice.model.session;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of a session's events: the JSON twin of its event stream.
///
/// @param session the session's id
/// @param epoch the life of its log that the ids name
/// @param reset why the cursor was not usable (`garbage`, `epoch`, `future`), so that these are the first events; null
///     if it was
/// @param gap what could not be had before the first event; null if nothing is missing
/// @param events in order
/// @param next the cursor of the next page, for `?after=`
/// @param ended whether there is nothing more to come after these
public record EventPage(
        String session,
        String epoch,
        @Nullable String reset,
        @Nullable Gap gap,
        List<Event> events,
        String next,
        boolean ended) {
    public EventPage {
        events = List.copyOf(events);
    }

    /// @param id the event's id
    /// @param seq its number, dense from 1
    /// @param at when it happened
    /// @param event its name
    /// @param data its payload: JSON as text
    /// @param terminal whether it is the last
    public record Event(String id, long seq, Instant at, String event, String data, boolean terminal) {}

    /// @param requested the first event wanted
    /// @param first the first event there is
    /// @param last the newest event
    /// @param lost how many are missing
    public record Gap(long requested, long first, long last, long lost) {}
}
