package dev.sluice.service.sms;

import dev.sluice.model.sms.RefusedText;
import dev.sluice.service.store.Database;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps what was not taken for operators to see; a flood of it is kept in part. Thread-safe.
final class RefusalRepository {
    private static final System.Logger LOG = System.getLogger(RefusalRepository.class.getName());

    private final Database db;
    private final Ids ids;

    RefusalRepository(Database db, Ids ids) {
        this.db = db;
        this.ids = ids;
    }

    /// Adds one soon; if the store does not take it, the service's log has it alone.
    void add(Instant at, String org, String account, String reason, @Nullable String sender, String detail) {
        LOG.log(
                Level.INFO,
                "event=text_refused account=" + account + " reason=" + reason + " detail=\"" + detail + '"');
        var _ = db.writeAsync(
                        "list a refused text",
                        sql -> sql.update(
                                "INSERT INTO refused_texts (id, at, org, account, reason, sender, detail)"
                                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                                ids.next("x", at),
                                at,
                                org,
                                account,
                                reason,
                                sender,
                                detail))
                .exceptionally(sick -> {
                    LOG.log(Level.WARNING, "event=refusal_not_listed", sick);
                    return 0L;
                });
    }

    /// Returns the latest, newest first.
    ///
    /// @param org null for all
    List<RefusedText> latest(@Nullable String org, int limit) {
        return db.read(sql -> sql.list(
                "SELECT * FROM refused_texts WHERE (? IS NULL OR org = ?) ORDER BY at DESC, id DESC LIMIT ?",
                row -> new RefusedText(
                        row.text("id"),
                        row.instant("at"),
                        row.text("account"),
                        row.text("reason"),
                        row.textOrNull("sender"),
                        row.text("detail")),
                org,
                org,
                limit));
    }
}
