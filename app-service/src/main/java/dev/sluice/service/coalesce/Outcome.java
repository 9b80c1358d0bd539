package dev.sluice.service.coalesce;

/// What a flight brought home.
///
/// @param result given to every listener
/// @param reuse whether it is kept for later callers
/// @param event the name of the terminal event
/// @param data its payload in UTF-8
public record Outcome<R>(R result, Reuse reuse, String event, byte[] data) {}
