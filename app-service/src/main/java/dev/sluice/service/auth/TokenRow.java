package dev.sluice.service.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token as it is stored; the token itself is not in it.
///
/// @param id ours, shown in lists and audits
/// @param sha256 SHA-256 of the token's ASCII text, lower-case hex
/// @param owner whose it is
/// @param role a `Role#wireName`
/// @param org the only org it works for; null means all
/// @param expiresAt when it stops working; null means never
/// @param lastUsedAt when it was last seen, to the minute; null means never
/// @param revokedAt when it was revoked; null if it was not
public record TokenRow(
        String id,
        String sha256,
        String owner,
        String role,
        @Nullable String org,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {
    /// Tells whether the token works at `now`.
    public boolean worksAt(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
