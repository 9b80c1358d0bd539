package dev.sluice.service.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a search for sessions asks for; null leaves a part open.
///
/// @param org only this tenant's
/// @param state `running` or `ended`
/// @param text occurs in the id, title, user, thread or request
/// @param from began then or later
/// @param to began before
/// @param before continues a page: only what comes after this place, newest first
/// @param limit most sessions returned
public record SessionFilter(
        @Nullable String org,
        @Nullable String kind,
        @Nullable String state,
        @Nullable String outcome,
        @Nullable String provider,
        @Nullable String requestId,
        @Nullable String threadId,
        @Nullable String text,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Place before,
        int limit) {
    /// Asks for the newest of a tenant, or of all if it is null.
    public static SessionFilter newest(@Nullable String org, int limit) {
        return new SessionFilter(org, null, null, null, null, null, null, null, null, null, null, limit);
    }

    /// A session's place in the order of all: by beginning, then id.
    public record Place(Instant createdAt, String id) {}
}
