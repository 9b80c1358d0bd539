package dev.sluice.packaging;

import dev.sluice.model.sse.SseEvent;
import java.util.List;

/// A streamed answer, read to its end.
///
/// @param role the response's `Sluice-Role`
/// @param events what all listeners of a call get alike: texts and the ending
record StreamedAnswer(Role role, List<SseEvent> events) {
    /// Returns whether the answer is whole.
    boolean done() {
        return !events.isEmpty() && events.getLast().type().equals("done");
    }
}
