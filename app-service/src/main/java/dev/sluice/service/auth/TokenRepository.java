package dev.sluice.service.auth;

import dev.sluice.service.store.Database;
import dev.sluice.service.store.Row;
import dev.sluice.service.store.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Tokens, revoked ones included: a row is never removed, so "was there ever one" has an answer. Thread-safe.
public final class TokenRepository implements TokenStore {
    private final Database db;

    /// @param db where the tokens are kept
    public TokenRepository(Database db) {
        this.db = db;
    }

    /// Stores a new token.
    ///
    /// @throws dev.sluice.service.store.StatementFailedException if its id or hash is there already
    @Override
    public void insert(TokenRow token) {
        db.write("insert token", sql -> insert(sql, token));
    }

    /// Stores a new token inside another unit.
    public static long insert(Sql sql, TokenRow token) {
        return sql.update(
                """
                INSERT INTO tokens (id, sha256, owner, role, org, created_at, expires_at, last_used_at, revoked_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
                """,
                token.id(),
                token.sha256(),
                token.owner(),
                token.role(),
                token.org(),
                token.createdAt(),
                token.expiresAt(),
                token.lastUsedAt(),
                token.revokedAt());
    }

    /// Returns the token with this SHA-256 (lower-case hex), expired and revoked ones included.
    @Override
    public Optional<TokenRow> findBySha256(String hex) {
        return db.read(sql -> sql.first("SELECT * FROM tokens WHERE sha256 = ?", TokenRepository::token, hex));
    }

    /// Notes that a token was used; an earlier time changes nothing.
    @Override
    public void touch(String id, Instant at) {
        db.write("touch token", sql -> sql.update("""
            UPDATE tokens SET last_used_at = ?
            WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)\
            """, at, id, at));
    }

    /// Revokes a token.
    ///
    /// @return false if there is no such token or it was revoked before
    public boolean revoke(String id, Instant at) {
        return db.write("revoke token", sql -> revoke(sql, id, at));
    }

    /// Revokes a token inside another unit.
    ///
    /// @return false if there is no such token or it was revoked before
    public static boolean revoke(Sql sql, String id, Instant at) {
        return sql.update("UPDATE tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", at, id) > 0;
    }

    /// Returns the token with this id, inside another unit.
    public static Optional<TokenRow> find(Sql sql, String id) {
        return sql.first("SELECT * FROM tokens WHERE id = ?", TokenRepository::token, id);
    }

    /// Returns all tokens ever stored, oldest first.
    @Override
    public List<TokenRow> list() {
        return db.read(sql -> sql.list("SELECT * FROM tokens ORDER BY created_at, id", TokenRepository::token));
    }

    private static TokenRow token(Row row) {
        return new TokenRow(
                row.text("id"),
                row.text("sha256"),
                row.text("owner"),
                row.text("role"),
                row.textOrNull("org"),
                row.instant("created_at"),
                row.instantOrNull("expires_at"),
                row.instantOrNull("last_used_at"),
                row.instantOrNull("revoked_at"));
    }
}
