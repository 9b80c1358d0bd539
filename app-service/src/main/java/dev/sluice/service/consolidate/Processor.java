package dev.sluice.service.consolidate;

import java.time.Instant;

/// Does what a window's items gathered for. Windows of one key come one after the other, those of others
/// beside it.
@FunctionalInterface
public interface Processor {
    /// Processes a window that was claimed, perhaps not for the first time: it must find out what was
    /// done before.
    ///
    /// Throwing means that it failed: it is tried again, and after the third failure left for an
    /// operator. The message must hold no personal data.
    Disposition process(WindowStore.Claim claim) throws Exception;

    /// How processing went.
    sealed interface Disposition {
        /// It is over; the store says so already.
        record Done() implements Disposition {}

        /// It cannot go on now: to be called again at that time, or when [Consolidator#reconsider] is
        /// called. Later windows of the key wait.
        record Postponed(Instant until) implements Disposition {}
    }
}
