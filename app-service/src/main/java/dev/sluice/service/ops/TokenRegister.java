package dev.sluice.service.ops;

import dev.sluice.model.Json;
import dev.sluice.service.auth.TokenRepository;
import dev.sluice.service.auth.TokenRow;
import dev.sluice.service.auth.TokenStore;
import dev.sluice.service.store.Database;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tokens, each change stored in one transaction with its entry in the audit: neither is there without
/// the other.
///
/// An entry never holds a token or its hash. Safe beside other processes on the same database: each
/// transaction takes the write lock before it looks for the entry that its own must follow. Thread-safe.
public final class TokenRegister implements TokenStore {
    private final Database db;
    private final TokenRepository tokens;
    private final AuditRepository audit;
    private final String actor;

    /// @param actor who makes the changes
    public TokenRegister(Database db, String actor) {
        this.db = db;
        this.tokens = new TokenRepository(db);
        this.audit = new AuditRepository(db);
        this.actor = actor;
    }

    @Override
    public void insert(TokenRow row) {
        db.write("create token", sql -> {
            TokenRepository.insert(sql, row);
            return audit.append(sql, row.createdAt(), actor, "token.created", row.id(), null, text(row), null);
        });
    }

    /// Revokes a token; revoking it again changes nothing.
    ///
    /// @param reason why, in the actor's words; null if none was given
    /// @return the token as it was before; empty if there is none with this id
    public Optional<TokenRow> revoke(String id, Instant at, @Nullable String reason) {
        return db.write("revoke token", sql -> {
            var before = TokenRepository.find(sql, id);
            if (TokenRepository.revoke(sql, id, at)) {
                String known = before.map(TokenRegister::text).orElse(null);
                audit.append(sql, at, actor, "token.revoked", id, known, null, reason);
            }
            return before;
        });
    }

    @Override
    public Optional<TokenRow> findBySha256(String hex) {
        return tokens.findBySha256(hex);
    }

    @Override
    public void touch(String id, Instant at) {
        tokens.touch(id, at);
    }

    @Override
    public List<TokenRow> list() {
        return tokens.list();
    }

    private static String text(TokenRow row) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("role", row.role());
        shown.put("owner", row.owner());
        if (row.org() != null) {
            shown.put("org", row.org());
        }
        if (row.expiresAt() != null) {
            shown.put("expires_at", row.expiresAt());
        }
        return Json.text(shown);
    }
}
