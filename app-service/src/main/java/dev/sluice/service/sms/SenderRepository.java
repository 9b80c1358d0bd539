package dev.sluice.service.sms;

import dev.sluice.model.sms.BatchDetail;
import dev.sluice.model.sms.BatchView;
import dev.sluice.model.sms.SenderRow;
import dev.sluice.model.sms.SenderView;
import dev.sluice.model.sms.TextView;
import dev.sluice.service.sms.text.Address;
import dev.sluice.service.sms.text.JoinedText;
import dev.sluice.service.sms.verdict.Label;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.Row;
import dev.sluice.service.store.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What operators look at: senders, their windows, what became of their batches. Numbers leave it masked.
/// Thread-safe.
final class SenderRepository {
    private static final String ROWS = """
            SELECT s.id AS sender_id, s.org AS org, s.address AS address, s.kind AS kind, s.region AS region,
                s.held AS held, s.opted_out_at AS opted_out_at, w.id AS id, w.state AS state, w.items AS items,
                w.opened_at AS opened_at, w.latest_at AS latest_at, w.deadline_at AS deadline_at,
                (SELECT COUNT(*) FROM windows o WHERE o.sender_id = s.id AND o.state IN ('closed', 'claimed')
                    AND o.id <> w.id) AS waiting,
                (SELECT u.undo FROM windows u WHERE u.sender_id = s.id AND u.undo IS NOT NULL
                    ORDER BY u.number DESC LIMIT 1) AS undo
            FROM windows w JOIN senders s ON s.id = w.sender_id
            """;
    private static final String BATCHES = """
            SELECT w.*, s.address AS address, s.kind AS kind, s.region AS region,
                (SELECT COUNT(*) FROM texts t WHERE %s AND t.twin_of IS NOT NULL) AS twins,
                r.id AS reply_id, r.state AS reply_state, r.segments AS segments
            FROM windows w JOIN senders s ON s.id = w.sender_id LEFT JOIN replies r ON r.window_id = w.id
            """.formatted(WindowRepository.ITS_TEXT);
    private static final int LATEST = 20;

    private final Database db;

    SenderRepository(Database db) {
        this.db = db;
    }

    /// Returns the senders with texts that wait, the next one due first: one row each.
    ///
    /// @param org null for all
    List<SenderRow> pending(@Nullable String org, int limit) {
        // the window that gathers stands for its sender, else the oldest one that waits
        return db.read(sql -> sql.list(ROWS + """
                        WHERE w.state IN ('open', 'held', 'closed', 'claimed') AND (? IS NULL OR w.org = ?)
                            AND (w.state IN ('open', 'held') OR NOT EXISTS (SELECT 1 FROM windows e
                                WHERE e.sender_id = w.sender_id AND (e.state IN ('open', 'held')
                                    OR (e.state IN ('closed', 'claimed') AND e.number < w.number))))
                        ORDER BY w.deadline_at, w.id LIMIT ?\
                        """, SenderRepository::row, org, org, limit));
    }

    /// Counts the senders with texts that wait.
    int pendingCount(@Nullable String org) {
        return db.read(sql -> (int) sql.number("""
                SELECT COUNT(DISTINCT sender_id) AS n FROM windows
                WHERE state IN ('open', 'held', 'closed', 'claimed') AND (? IS NULL OR org = ?)\
                """, org, org));
    }

    /// Counts what waits for an operator.
    Inbox inbox() {
        return db.read(sql -> new Inbox(
                (int) sql.number("SELECT COUNT(*) AS n FROM replies WHERE state = 'unknown' AND window_id IS NOT NULL"),
                (int) sql.number("SELECT COUNT(*) AS n FROM windows WHERE state = 'quarantined'")));
    }

    /// Finds a sender.
    ///
    /// @param org whose it must be; null for anybody's
    /// @param texts whether texts are shown
    Optional<SenderView> find(String id, @Nullable String org, boolean texts) {
        return db.read(sql -> sql.first(
                "SELECT * FROM senders WHERE id = ? AND (? IS NULL OR org = ?)",
                row -> view(sql, row, texts),
                id,
                org,
                org));
    }

    /// Returns a sender's full address.
    Optional<Address> address(String id, @Nullable String org) {
        return db.read(sql -> sql.first(
                "SELECT address, kind, region FROM senders WHERE id = ? AND (? IS NULL OR org = ?)",
                BatchRepository::address,
                id,
                org,
                org));
    }

    /// Finds the sender of an address.
    Optional<String> byAddress(String address, String org) {
        return db.read(sql ->
                sql.first("SELECT id FROM senders WHERE org = ? AND address = ?", row -> row.text("id"), org, address));
    }

    /// Returns batches that fit, newest first.
    List<BatchView> batches(BatchQuery query) {
        var where = new StringBuilder("WHERE 1 = 1");
        var parameters = new ArrayList<@Nullable Object>();
        query.conditions((condition, value) -> {
            where.append(" AND ").append(condition);
            parameters.add(value);
        });
        parameters.add(query.limit());
        return db.read(sql -> sql.list(
                BATCHES + where + " ORDER BY w.id DESC LIMIT ?", SenderRepository::batch, parameters.toArray()));
    }

    /// Finds a batch with its texts.
    ///
    /// @param shown whether texts are shown
    Optional<BatchDetail> batch(String id, @Nullable String org, boolean shown) {
        return db.read(sql -> sql.first(
                        BATCHES + "WHERE w.id = ? AND (? IS NULL OR w.org = ?)", SenderRepository::batch, id, org, org)
                .map(batch -> new BatchDetail(
                        batch,
                        texts(sql, id, shown),
                        shown
                                ? sql.first(
                                                "SELECT COALESCE(body, '') AS body FROM replies WHERE window_id = ?",
                                                row -> row.text("body"),
                                                id)
                                        .filter(body -> !body.isEmpty())
                                        .orElse(null)
                                : null)));
    }

    private static SenderView view(Sql sql, Row row, boolean shown) {
        String id = row.text("id");
        var window = sql.first(ROWS + """
                        WHERE w.sender_id = ? AND w.state IN ('open', 'held', 'closed', 'claimed')
                        ORDER BY CASE WHEN w.state IN ('open', 'held') THEN 0 ELSE 1 END, w.number LIMIT 1\
                        """, SenderRepository::row, id);
        List<TextView> pending =
                window.map(gathering -> texts(sql, gathering.windowId(), shown)).orElse(List.of());
        String undo = sql.first(
                        "SELECT undo FROM windows WHERE sender_id = ? AND undo IS NOT NULL ORDER BY number DESC LIMIT 1",
                        found -> found.text("undo"),
                        id)
                .orElse(null);
        Long own = row.numberOrNull("own_window_ms");
        Long autoReply = row.numberOrNull("own_auto_reply");
        return new SenderView(
                id,
                row.text("org"),
                BatchRepository.address(row).masked(),
                row.text("kind"),
                row.textOrNull("region"),
                row.flag("held"),
                row.instantOrNull("opted_out_at"),
                own == null ? null : own / 1_000,
                autoReply == null ? null : autoReply != 0,
                undo,
                window.map(SenderRow::windowId).orElse(null),
                window.map(SenderRow::state).orElse(null),
                window.map(SenderRow::deadlineAt).orElse(null),
                pending,
                shown && !pending.isEmpty() ? joined(pending) : null,
                sql.list(
                        BATCHES + "WHERE w.sender_id = ? ORDER BY w.number DESC LIMIT ?",
                        SenderRepository::batch,
                        id,
                        LATEST));
    }

    private static String joined(List<TextView> texts) {
        return JoinedText.join(texts.stream()
                .filter(text -> text.twinOf() == null)
                .map(TextView::text)
                .filter(Objects::nonNull)
                .toList());
    }

    private static List<TextView> texts(Sql sql, String windowId, boolean shown) {
        return sql.list(
                "SELECT t.* FROM " + WindowRepository.WITH_TEXTS + " WHERE w.id = ? ORDER BY t.said_at, t.ordinal",
                row -> text(row, shown),
                windowId);
    }

    private static TextView text(Row row, boolean shown) {
        String body = row.textOrNull("body");
        return new TextView(
                row.text("id"),
                row.text("account"),
                row.instant("received_at"),
                row.instant("said_at"),
                body == null ? 0 : body.length(),
                shown ? body : null,
                row.textOrNull("twin_of"),
                (int) row.number("conflicts"));
    }

    private static SenderRow row(Row row) {
        Address address = BatchRepository.address(row);
        return new SenderRow(
                row.text("sender_id"),
                row.text("org"),
                address.masked(),
                row.text("kind"),
                row.text("id"),
                row.text("state"),
                (int) row.number("items"),
                row.instant("opened_at"),
                row.instant("latest_at"),
                row.instant("deadline_at"),
                (int) row.number("waiting"),
                row.flag("held"),
                row.instantOrNull("opted_out_at") != null,
                row.textOrNull("undo"));
    }

    private static BatchView batch(Row row) {
        String label = row.textOrNull("label");
        Long segments = row.numberOrNull("segments");
        Instant ended = row.instantOrNull("ended_at");
        return new BatchView(
                row.text("id"),
                row.text("sender_id"),
                row.text("org"),
                BatchRepository.address(row).masked(),
                (int) row.number("number"),
                row.text("state"),
                (int) row.number("items"),
                (int) row.number("twins"),
                row.instant("opened_at"),
                row.instant("deadline_at"),
                row.instantOrNull("closed_at"),
                row.textOrNull("close_reason"),
                label,
                label == null ? null : Label.valueOf(label).contractName(),
                row.textOrNull("method"),
                row.textOrNull("why"),
                row.textOrNull("model"),
                row.textOrNull("outcome"),
                row.textOrNull("outcome_reason"),
                row.textOrNull("reply_id"),
                row.textOrNull("reply_state"),
                segments == null ? 0 : segments.intValue(),
                row.number("settings_version"),
                (int) row.number("failures"),
                row.textOrNull("failure"),
                row.textOrNull("session_id"),
                ended);
    }

    /// What waits for an operator.
    ///
    /// @param unknown replies of which nobody knows whether they were sent
    /// @param quarantined batches that could not be handled
    record Inbox(int unknown, int quarantined) {}
}
