package dev.sluice.service.http;

/// What the server counts for operators.
///
/// @param openStreams event streams open now
/// @param readersDropped connections closed because their client did not read for longer than the write
///     deadline
/// @param browserRefusals requests refused by the browser rules: foreign pages, foreign hosts
public record HttpCounts(int openStreams, Incidents.Seen readersDropped, Incidents.Seen browserRefusals) {
    /// Of a server that does not run yet.
    public static final HttpCounts NONE = new HttpCounts(0, Incidents.Seen.NEVER, Incidents.Seen.NEVER);
}
