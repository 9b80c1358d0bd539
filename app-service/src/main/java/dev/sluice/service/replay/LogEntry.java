package dev.sluice.service.replay;

import java.time.Instant;

/// One event of a log, encoded once and shared by all its readers.
///
/// @param seq its number, dense from 1
/// @param at when it was appended
/// @param type the event's name
/// @param frame the server-sent event as wire bytes; nobody may change them
/// @param terminal whether it is the log's last
public record LogEntry(long seq, Instant at, String type, byte[] frame, boolean terminal) {}
