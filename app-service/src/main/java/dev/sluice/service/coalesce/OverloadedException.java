package dev.sluice.service.coalesce;

/// Thrown when a new flight would exceed the engine's limit, or when it is stopping; nothing was started.
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OverloadedException(String message) {
        super(message);
    }
}
