package dev.sluice.model.ops;

/// What goes on now. Percentiles run over the latest requests; 0 while there are none.
///
/// @param inFlight provider calls in the air
/// @param listeners requests waiting on them
/// @param openStreams SSE connections, consoles included
/// @param queueWaitP95Ms wait for a provider slot, milliseconds
/// @param ttftP95Ms time to first token, milliseconds
/// @param latencyP95Ms whole requests, milliseconds
/// @param errors failed requests since start
/// @param errorRate `errors / requests`, 0-1
public record LoadView(
        int inFlight,
        int listeners,
        int openStreams,
        double queueWaitP95Ms,
        double ttftP95Ms,
        double latencyP95Ms,
        long errors,
        double errorRate) {
    /// All zero.
    public static final LoadView NONE = new LoadView(0, 0, 0, 0, 0, 0, 0, 0);
}
