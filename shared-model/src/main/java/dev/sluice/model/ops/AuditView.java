package dev.sluice.model.ops;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The operators' audit, newest first: the answer to `GET /api/ops/audit`.
public record AuditView(List<Entry> entries) {
    public AuditView {
        entries = List.copyOf(entries);
    }

    /// @param id dense, growing
    /// @param at when
    /// @param actor who: a token's owner or the service itself
    /// @param action what kind, `setting.changed`, `flight.cancelled`
    /// @param subject what it was done to, `COALESCE_ENABLED`
    /// @param before the state before; null if there was none
    /// @param after the state after; null if there is none
    /// @param reason why, in the actor's words; null if none was given
    public record Entry(
            long id,
            Instant at,
            String actor,
            String action,
            String subject,
            @Nullable String before,
            @Nullable String after,
            @Nullable String reason) {}
}
