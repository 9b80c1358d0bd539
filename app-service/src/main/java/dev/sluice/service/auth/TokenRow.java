package dev.sluice.service.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token as stored: never the token itself.
///
/// @param sha256 SHA-256 (hex) of the token
/// @param owner who holds it
/// @param org the one org it is good for; null means all
/// @param expiresAt when it ends; null means never
/// @param lastUsedAt when it was last presented; null means never
/// @param revokedAt when it was revoked; null means it was not
public record TokenRow(
        String id,
        String sha256,
        String owner,
        String role,
        @Nullable String org,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {}
