package dev.sluice.model.ops;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of the operators' audit, newest first: the answer to `GET /api/ops/audit`.
///
/// @param entries what was asked for
/// @param before the cursor of the page after this one, for `?before=`; null if this is the last
/// @param chain whether the audit is whole
public record AuditView(List<Entry> entries, @Nullable Long before, Chain chain) {
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

    /// Whether each entry's hash still covers the one before it.
    ///
    /// @param intact whether all of it is as it was written, as far as it was checked
    /// @param checked the newest id that was checked
    /// @param brokenAt the first id that is missing or not what was written; null if it is intact
    public record Chain(
            boolean intact, long checked, @Nullable Long brokenAt) {}
}
