package dev.sluice.service.thread;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns to store, told apart by their flight.
final class Turns {
    static final Instant AT = Instant.parse("2026-03-04T05:06:07.123456Z");

    private Turns() {}

    static NewTurn of(String threadId, String flight) {
        return of(threadId, flight, null, AT);
    }

    /// Returns a turn that answers the body `body`.
    static NewTurn of(String threadId, String flight, @Nullable String idempotencyKey, Instant at) {
        return of(threadId, flight, idempotencyKey, "body", at);
    }

    static NewTurn of(String threadId, String flight, @Nullable String idempotencyKey, String bodyHash, Instant at) {
        return new NewTurn(
                flight,
                "acme",
                threadId,
                "user-1",
                "user",
                "question of " + flight,
                "answer of " + flight,
                "mock",
                "mock-1",
                "private",
                List.of("https://example.org/a?b=\"c\""),
                12.5,
                "request-" + flight,
                true,
                idempotencyKey == null ? null : new IdempotencyKey(idempotencyKey, bodyHash),
                "because",
                "a".repeat(64),
                "b".repeat(64),
                7,
                5,
                12,
                "q-" + flight,
                "a-" + flight,
                "audit-" + flight,
                at);
    }
}
