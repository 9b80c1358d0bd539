package dev.sluice.service.coalesce;

/// Thrown when a caller would exceed one of the engine's limits, or when it is stopping; nothing was
/// started.
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OverloadedException(String message) {
        super(message);
    }
}
