package dev.sluice.service.replay;

/// How much of a log stays in memory.
///
/// @param keepEvents the newest events kept; older ones are trimmed
/// @param keepBytes the newest bytes kept (the newest event always is); older ones are trimmed
/// @param maxBytes the bytes a log may take in all before appends are refused
public record Retention(int keepEvents, long keepBytes, long maxBytes) {
    public Retention {
        if (keepEvents < 1 || keepBytes < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("retention must be positive: " + keepEvents + " events, " + keepBytes
                    + " bytes, at most " + maxBytes);
        }
    }

    /// Keeps everything, up to `maxBytes`: for logs that are never trimmed while they run.
    public static Retention whole(long maxBytes) {
        return new Retention(Integer.MAX_VALUE, Long.MAX_VALUE, maxBytes);
    }

    /// Keeps the newest part for ever: for feeds that never end.
    public static Retention newest(int events, long bytes) {
        return new Retention(events, bytes, Long.MAX_VALUE);
    }
}
