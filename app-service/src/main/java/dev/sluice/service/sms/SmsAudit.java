package dev.sluice.service.sms;

import dev.sluice.service.store.Sql;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Notes what operators do, in the transaction that does it. Thread-safe.
@FunctionalInterface
public interface SmsAudit {
    /// Appends an entry.
    ///
    /// @param actor who
    /// @param action what kind, `sender.held`
    /// @param subject an opaque id
    /// @param before the state before; null if there was none
    /// @param after the state after; null if there is none
    /// @param reason why, in the actor's words; null if none was given
    void append(
            Sql sql,
            Instant at,
            String actor,
            String action,
            String subject,
            @Nullable String before,
            @Nullable String after,
            @Nullable String reason);

    /// Who acts, and why.
    ///
    /// @param org whose senders the actor may touch; null for all
    /// @param reason null if none was given
    record Actor(
            String name, @Nullable String org, @Nullable String reason) {}
}
