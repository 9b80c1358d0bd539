package dev.sluice.service.refactor;

import java.time.Duration;

/// Jobs for tests.
final class Jobs {
    static final Duration TIMEOUT = Duration.ofMinutes(5);

    private Jobs() {}

    static RefactorRequest request(Mode mode) {
        return new RefactorRequest(
                "acme",
                "request-1",
                "ann",
                "Split the parser",
                "https://github.com/acme/parser",
                "main",
                mode,
                true,
                3,
                7,
                0.7,
                TIMEOUT);
    }
}
