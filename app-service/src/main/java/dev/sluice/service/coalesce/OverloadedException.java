package dev.sluice.service.coalesce;

/// Thrown when a caller would exceed one of the engine's limits, or when it is stopping; nothing was
/// started.
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean flying;

    /// @param flying whether what the caller asked for is in the air and takes no more listeners
    OverloadedException(String message, boolean flying) {
        super(message);
        this.flying = flying;
    }

    /// Returns whether a flight of the same key, which others listen to, is in the air.
    public boolean flying() {
        return flying;
    }
}
