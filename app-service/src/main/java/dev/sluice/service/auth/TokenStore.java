package dev.sluice.service.auth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where tokens are kept. Implementations are thread-safe and durable when a method returns.
public interface TokenStore {
    /// Finds a token, revoked and expired ones included, by the SHA-256 of its text in lower-case hex.
    Optional<TokenRow> findBySha256(String hex);

    /// Adds a token.
    void insert(TokenRow row);

    /// Notes that a token was used.
    void touch(String id, Instant at);

    /// Lists every token that ever existed, revoked ones included.
    List<TokenRow> list();
}
