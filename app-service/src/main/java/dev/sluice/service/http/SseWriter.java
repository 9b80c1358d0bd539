package dev.sluice.service.http;

import org.jspecify.annotations.Nullable;

/// Writes one event stream. Used by the handler's thread alone; `gone` by any.
///
/// Never throws because of the client: after it left, the write deadline passed or the service is stopping, `gone`
/// is true and writing does nothing.
@SuppressWarnings("DoNotCallSuggester")
public final class SseWriter {
    SseWriter() {}

    /// Writes one encoded frame and flushes.
    public void frame(byte[] bytes) {
        throw new UnsupportedOperationException();
    }

    /// Writes encoded frames and flushes once.
    public void frames(Iterable<byte[]> frames) {
        throw new UnsupportedOperationException();
    }

    /// Writes one event.
    ///
    /// @param id the event's id, or null if it must not move the client's cursor
    public void event(@Nullable String id, String type, Object json) {
        throw new UnsupportedOperationException();
    }

    /// Writes a comment, which keeps proxies awake and finds dead clients.
    public void heartbeat() {
        throw new UnsupportedOperationException();
    }

    /// Tells whether to stop: the client left, the write deadline passed, or the service is stopping.
    public boolean gone() {
        throw new UnsupportedOperationException();
    }
}
