package dev.sluice.service.coalesce;

/// One piece of work that many may wait for.
///
/// @param <R> what it brings home
public interface Work<R> {
    /// Called once before a flight is made for this work; throws what its caller is to be told to refuse
    /// it.
    ///
    /// Runs while the key is held: it must be quick and must not block.
    default void admit() {}

    /// Does the work on the flight's own thread; an interrupt means that nobody wants it any more.
    ///
    /// What listeners may see early goes into [Flight#append]; the terminal event is the engine's to
    /// append.
    Outcome<R> perform(Flight<R> flight) throws Exception;

    /// Turns what [#perform] threw into what listeners are told.
    ///
    /// Never called for an aborted flight. Must not throw.
    FlightException failure(Throwable thrown);

    /// Returns the payload of the terminal `error` event in UTF-8. Must not throw.
    byte[] errorEvent(FlightException failure);

    /// Called once for each [#admit] that let the work in, when its flight has ended or could not be made,
    /// also if [#perform] was never called. Must not throw.
    default void ended() {}
}
