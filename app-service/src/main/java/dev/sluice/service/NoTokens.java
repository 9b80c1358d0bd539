package dev.sluice.service;

import dev.sluice.service.auth.TokenRow;
import dev.sluice.service.auth.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The tokens of a service that was never started.
final class NoTokens implements TokenStore {
    @Override
    public Optional<TokenRow> findBySha256(String hex) {
        return Optional.empty();
    }

    @Override
    public void insert(TokenRow row) {
        throw new UnsupportedOperationException("nothing is kept here");
    }

    @Override
    public void touch(String id, Instant at) {
        throw new UnsupportedOperationException("nothing is kept here");
    }

    @Override
    public List<TokenRow> list() {
        return List.of();
    }
}
