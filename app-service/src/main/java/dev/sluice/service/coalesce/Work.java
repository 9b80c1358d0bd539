package dev.sluice.service.coalesce;

/// One piece of work that many may wait for.
///
/// @param <R> what it brings home
public interface Work<R> {
    /// Does the work on the flight's own thread; an interrupt means that nobody wants it any more.
    ///
    /// What listeners may see early goes into [Flight#log]; the terminal event is the engine's to append.
    Outcome<R> perform(Flight<R> flight) throws Exception;

    /// Turns what [#perform] threw into what listeners are told.
    ///
    /// Never called for a cancelled flight. Must not throw.
    FlightException failure(Throwable thrown);

    /// Returns the payload of the terminal `error` event in UTF-8. Must not throw.
    byte[] errorEvent(FlightException failure);
}
