package dev.sluice.service.replay;

/// One event of a log, encoded once and shared by all its readers.
///
/// @param seq its number, dense from 1
/// @param frame the server-sent event as wire bytes; nobody may change them
/// @param terminal whether it is the log's last
public record LogEntry(long seq, byte[] frame, boolean terminal) {}
