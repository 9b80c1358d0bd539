package dev.sluice.service.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class QueryPlansTest {
    @RegisterExtension
    final SmsBench bench = new SmsBench();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 FROM texts t JOIN windows w ON w.id = t.window_id WHERE t.account = 'a' AND t.guid = 'g'",
                "SELECT 1 FROM senders s LEFT JOIN windows w ON w.sender_id = s.id AND w.state IN ('open', 'held')"
                        + " WHERE s.org = 'o' AND s.address = 'a'",
                "SELECT COALESCE(MAX(number), 0) FROM windows WHERE sender_id = 's'",
                "SELECT 1 FROM texts t JOIN windows w ON w.id = t.window_id WHERE t.sender_id = 's'"
                        + " AND t.said_at BETWEEN 1 AND 2 AND t.digest = 'd' AND t.twin_of IS NULL"
                        + " AND w.state <> 'dropped' ORDER BY t.said_at LIMIT 1",
                "SELECT t.body FROM " + WindowRepository.WITH_TEXTS + " WHERE w.id = 'w' ORDER BY t.said_at, t.ordinal",
                "SELECT id FROM texts WHERE id < 't' AND NOT EXISTS (SELECT 1 FROM windows w WHERE w.id = window_id)"
                        + " ORDER BY id LIMIT 200",
                "SELECT 1 FROM replies WHERE sender_id = 's' AND intent_at > 1 AND state <> 'refused'",
                "SELECT 1 FROM replies WHERE window_id = 'w'",
                "SELECT 1 FROM replies WHERE provider_id = 'p' AND sent_by = 'x'",
                "SELECT COUNT(*) FROM replies WHERE state = 'unknown' AND window_id IS NOT NULL",
                "SELECT COUNT(*) FROM windows WHERE state = 'quarantined'",
                "SELECT 1 FROM windows WHERE sender_id = 's' AND undo IS NOT NULL ORDER BY number DESC LIMIT 1",
                "SELECT id FROM texts WHERE received_at < 1 AND body IS NOT NULL ORDER BY received_at LIMIT 200",
                "SELECT id FROM replies WHERE intent_at < 1 AND body IS NOT NULL AND state NOT IN ('ready', 'intent')"
                        + " ORDER BY intent_at LIMIT 200",
                "SELECT id FROM windows WHERE ended_at < 1 LIMIT 200",
                "SELECT 1 FROM windows WHERE state IN ('open', 'held', 'closed', 'claimed') AND state = 'open'"
                        + " AND id > 'a' AND id <= 'b' AND own_rules = 0 AND deadline_at <> opened_at + 1 ORDER BY id",
                "UPDATE windows SET deadline_at = opened_at + 1 WHERE state IN ('open', 'held', 'closed', 'claimed')"
                        + " AND state = 'open' AND id > 'a' AND id <= 'b' AND deadline_at <> opened_at + 1"
            })
    @DisplayName("D3 each query of the intake, of batches and of the upkeep goes by an index")
    void indexed(String query) {
        assertThat(plan(query))
                .noneMatch(
                        step -> step.startsWith("SCAN") && !step.contains("windows_quarantined")); // it has those alone
    }

    @Test
    @DisplayName(
            "D3 a hundred thousand windows: the operators' list is found in steps that grow with their number only")
    void manyWindows() {
        bench.db().write("fill", sql -> {
            sql.update("""
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
                    INSERT INTO senders (id, org, address, kind, created_at)
                    SELECT 's' || i, 'acme', '+63' || i, 'number', 1 FROM n\
                    """);
            return sql.update("""
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
                    INSERT INTO windows (id, sender_id, org, number, state, opened_at, latest_at, deadline_at, length_ms,
                        items, bytes, settings_version)
                    SELECT 'w' || i, 's' || i, 'acme', 1, CASE WHEN i % 2 THEN 'open' ELSE 'closed' END, i, i, i, 1, 1, 1,
                        1 FROM n\
                    """);
        });
        long start = System.nanoTime();
        assertThat(bench.views.pending(null, 5_000)).hasSize(5_000);
        assertThat(bench.views.pendingCount("acme")).isEqualTo(100_000);
        // quadratic, it would take hours; the limit leaves room for the slowest machine
        assertThat(System.nanoTime() - start).isLessThan(60_000_000_000L);
    }

    private List<String> plan(String query) {
        return bench.rows("EXPLAIN QUERY PLAN " + query, row -> row.text("detail"));
    }
}
