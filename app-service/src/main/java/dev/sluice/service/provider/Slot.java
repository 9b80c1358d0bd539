package dev.sluice.service.provider;

import java.time.Duration;

/// The right to make one upstream call, until it is closed. Thread-safe.
public interface Slot extends AutoCloseable {
    /// Returns how long the caller waited for it.
    Duration queueWait();

    /// Tells that the call ended well: the provider can take more. Only the first outcome told counts.
    void succeeded();

    /// Tells how the call failed; 429 and 5xx make the pacer careful. Only the first outcome told counts.
    void failed(ProviderException.Kind kind);

    /// Gives the slot back; further calls do nothing.
    @Override
    void close();
}
