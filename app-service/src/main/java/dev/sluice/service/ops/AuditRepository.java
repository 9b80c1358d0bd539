package dev.sluice.service.ops;

import dev.sluice.model.ops.AuditView;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.Row;
import dev.sluice.service.store.Sql;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The operators' audit: append-only, ids dense from 1, each entry's hash covering the one before.
///
/// A changed, removed or inserted entry breaks the chain from there on; the removal of the newest entries
/// leaves a shorter chain that is whole. Thread-safe.
public final class AuditRepository {
    private static final int PAGE = 500;

    private final Database db;

    /// @param db where the audit is kept
    public AuditRepository(Database db) {
        this.db = db;
    }

    /// Appends an entry inside another unit, so that what was done and its entry are stored together or
    /// not at all.
    ///
    /// @param at when, kept to the microsecond
    /// @param actor who: a token's owner or the service itself
    /// @param action what kind, `setting.changed`
    /// @param subject what it was done to
    /// @param before the state before; null if there was none
    /// @param after the state after; null if there is none
    /// @param reason why, in the actor's words; null if none was given
    public AuditView.Entry append(
            Sql sql,
            Instant at,
            String actor,
            String action,
            String subject,
            @Nullable String before,
            @Nullable String after,
            @Nullable String reason) {
        var newest = sql.first("SELECT * FROM ops_audit ORDER BY id DESC LIMIT 1", AuditChain.Link::of);
        var entry = new AuditView.Entry(
                newest.map(link -> link.entry().id()).orElse(0L) + 1,
                at.truncatedTo(ChronoUnit.MICROS),
                actor,
                action,
                subject,
                before,
                after,
                reason);
        var previous = newest.map(AuditChain.Link::hash).orElse(AuditChain.START);
        sql.update(
                """
                INSERT INTO ops_audit (id, at, actor, action, subject, state_before, state_after, reason, prev_hash,
                    hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                """,
                entry.id(),
                entry.at(),
                actor,
                action,
                subject,
                before,
                after,
                reason,
                previous,
                AuditChain.hash(previous, entry));
        return entry;
    }

    /// Appends an entry in a unit of its own.
    public AuditView.Entry append(
            Instant at,
            String actor,
            String action,
            String subject,
            @Nullable String before,
            @Nullable String after,
            @Nullable String reason) {
        return db.write("append to audit", sql -> append(sql, at, actor, action, subject, before, after, reason));
    }

    /// Returns the latest entries, newest first.
    public List<AuditView.Entry> latest(int limit) {
        return db.read(
                sql -> sql.list("SELECT * FROM ops_audit ORDER BY id DESC LIMIT ?", AuditRepository::entry, limit));
    }

    /// Returns the entries that fit, newest first, one more than the query's limit if there are that many.
    List<AuditView.Entry> find(AuditQuery query) {
        return db.read(sql -> sql.list(
                query.statement(), AuditRepository::entry, query.parameters().toArray()));
    }

    /// Returns entries with their hashes, oldest first.
    ///
    /// @param after the id before the first one wanted
    List<AuditChain.Link> links(long after, int limit) {
        return db.read(sql -> sql.list(
                "SELECT * FROM ops_audit WHERE id > ? ORDER BY id LIMIT ?", AuditChain.Link::of, after, limit));
    }

    /// Checks the whole chain, page by page.
    ///
    /// @return the first id that is missing, or whose entry is not what was appended; empty if all is well
    public OptionalLong verifyChain() {
        return extend(new AuditChain());
    }

    /// Checks what follows the entries that a chain has accepted, and takes it.
    ///
    /// @return the first id that is missing, or whose entry is not what was appended; empty if all is well
    OptionalLong extend(AuditChain chain) {
        while (true) {
            var page = links(chain.verified(), PAGE);
            if (!page.stream().allMatch(chain::accept)) {
                return OptionalLong.of(chain.verified() + 1);
            }
            if (page.size() < PAGE) {
                return OptionalLong.empty();
            }
        }
    }

    static AuditView.Entry entry(Row row) {
        return new AuditView.Entry(
                row.number("id"),
                row.instant("at"),
                row.text("actor"),
                row.text("action"),
                row.text("subject"),
                row.textOrNull("state_before"),
                row.textOrNull("state_after"),
                row.textOrNull("reason"));
    }
}
