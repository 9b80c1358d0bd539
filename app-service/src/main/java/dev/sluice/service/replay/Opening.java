package dev.sluice.service.replay;

import dev.sluice.model.EventId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The answer to a client's cursor: where reading goes on, and what the client must be told first.
///
/// @param cursor placed after what the client already has; the caller closes it
/// @param reset why the client's cursor was not usable (`garbage`, `epoch`, `future`), so that all is replayed;
///     null if it was
/// @param atEnd whether the log has ended and the client has all of it
public record Opening(Cursor cursor, @Nullable String reset, boolean atEnd) {
    /// @param betweenSteps called where the log may change under the rules' feet
    static Opening of(EventLog log, @Nullable String lastEventId, Runnable betweenSteps) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return new Opening(log.cursorAfter(0), null, false);
        }
        Optional<EventId> place = EventId.parse(lastEventId);
        if (place.isEmpty()) {
            return reset(log, "garbage");
        }
        if (!place.get().epoch().equals(log.epoch())) {
            return reset(log, "epoch");
        }
        long seq = place.get().seq();
        boolean hasEnded = log.ended(); // before last: an end seen here is counted in last
        betweenSteps.run();
        long newest = log.last();
        if (seq > newest) {
            return reset(log, "future");
        }
        return new Opening(log.cursorAfter(seq), null, hasEnded && seq == newest);
    }

    private static Opening reset(EventLog log, String why) {
        return new Opening(log.cursorAfter(0), why, false);
    }
}
