package dev.sluice.service.auth;

/// The service must not start where it was told to listen; the message says what to change.
public final class BindRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BindRefused(String message) {
        super(message);
    }
}
