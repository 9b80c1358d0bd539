package dev.sluice.service.coalesce;

/// How a flight ended.
sealed interface Ending<R> {
    record Landed<R>(Outcome<R> outcome) implements Ending<R> {}

    record Failed<R>(FlightException failure) implements Ending<R> {}
}
