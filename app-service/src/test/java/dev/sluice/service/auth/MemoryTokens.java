package dev.sluice.service.auth;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Tokens in memory; counts how often it is asked.
public final class MemoryTokens implements TokenStore {
    final AtomicInteger finds = new AtomicInteger();
    final AtomicInteger lists = new AtomicInteger();
    final List<Instant> touches = new CopyOnWriteArrayList<>();

    private final List<TokenRow> rows = new CopyOnWriteArrayList<>();

    /// Makes and stores a token that never expires, and returns its text.
    public String issue(Role role, @Nullable String org) {
        var fresh = FreshToken.make(new SecureRandom(), "ann", role, org, Instant.now(), null);
        insert(fresh.row());
        return fresh.text();
    }

    /// Revokes every token.
    public void revokeAll(Instant at) {
        replaceAll(row -> new TokenRow(
                row.id(),
                row.sha256(),
                row.owner(),
                row.role(),
                row.org(),
                row.createdAt(),
                row.expiresAt(),
                row.lastUsedAt(),
                at));
    }

    void replaceAll(UnaryOperator<TokenRow> change) {
        rows.replaceAll(change);
    }

    @Override
    public Optional<TokenRow> findBySha256(String hex) {
        finds.incrementAndGet();
        return rows.stream().filter(row -> row.sha256().equals(hex)).findFirst();
    }

    @Override
    public void insert(TokenRow row) {
        rows.add(row);
    }

    @Override
    public void touch(String id, Instant at) {
        touches.add(at);
    }

    @Override
    public List<TokenRow> list() {
        lists.incrementAndGet();
        return List.copyOf(rows);
    }
}
