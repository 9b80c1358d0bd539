package dev.sluice.service.session;

import dev.sluice.model.session.SessionView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A session that begins.
///
/// @param id unique for ever, 1-60 characters of `[A-Za-z0-9_-]`
/// @param title what it is about, without personal data; null to say nothing
/// @param userId the person, as the client names them; null if it did not
/// @param threadId the thread it belongs to; null if none
/// @param requestId the request that began it; null if none did
/// @param provider who is asked; null if nobody is
/// @param model the model asked; null if none is
/// @param simulated whether the answers are made up
public record NewSession(
        String id,
        Kind kind,
        String org,
        Instant createdAt,
        @Nullable String title,
        @Nullable String userId,
        @Nullable String threadId,
        @Nullable String requestId,
        @Nullable String provider,
        @Nullable String model,
        boolean simulated) {
    public NewSession {
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS); // as it is stored: its place in lists stays the same
    }

    /// Describes it as one that runs in its first life.
    ///
    /// @param events how many it has
    SessionView view(long events) {
        return new SessionView(
                id,
                kind.wireName(),
                org,
                "running",
                null,
                createdAt,
                null,
                id,
                events,
                0,
                title,
                userId,
                threadId,
                requestId,
                provider,
                model,
                simulated,
                null);
    }
}
