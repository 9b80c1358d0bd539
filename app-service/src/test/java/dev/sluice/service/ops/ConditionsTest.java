package dev.sluice.service.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.model.ops.ConditionView;
import dev.sluice.service.SetClock;
import dev.sluice.service.http.HttpCounts;
import dev.sluice.service.http.Incidents;
import dev.sluice.service.session.SessionStats;
import dev.sluice.service.store.StoreUnavailableException;
import dev.sluice.service.store.TemporaryDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConditionsTest {
    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private final SetClock clock = new SetClock();
    private final AtomicReference<HttpCounts> http = new AtomicReference<>(HttpCounts.NONE);
    private final AtomicReference<Conditions.Backlog> turns = new AtomicReference<>(Conditions.Backlog.NONE);
    private final AtomicReference<SessionStats> sessions = new AtomicReference<>(stats(false, 0, 0));
    private SettingsBench bench;
    private AuditVerifier verifier;
    private Conditions conditions;

    @BeforeEach
    void watch() {
        bench = new SettingsBench(temporary.db(), clock, Map.of()).start();
        verifier = new AuditVerifier(bench.audit, clock);
        conditions = new Conditions(
                temporary.db(), http::get, turns::get, sessions::get, bench.settings, verifier, bench.reverts, clock);
    }

    @Test
    void allIsWellAtTheStart() {
        assertThat(conditions.look(List.of())).allSatisfy(condition -> {
            assertThat(condition.level()).isEqualTo("ok");
            assertThat(condition.count()).isZero();
            assertThat(condition.lastAt()).isNull();
        });
    }

    @Test
    @DisplayName("R6 sessions that cannot be stored are a warning, lost ones are not forgotten")
    void unstoredSessions() {
        sessions.set(stats(true, 7, 0));
        assertThat(look("sessions").level()).isEqualTo("warning");
        assertThat(look("sessions").detail()).startsWith("7 sessions");

        sessions.set(stats(false, 0, 2));
        assertThat(look("sessions").level()).isEqualTo("notice");
        assertThat(look("sessions").count()).isEqualTo(2);
    }

    private static SessionStats stats(boolean refusing, int waiting, long lost) {
        return new SessionStats(waiting, 0, 0, 0, refusing, waiting, lost, 0, 0, Duration.ZERO);
    }

    @Test
    @DisplayName("C23 answered turns that wait to be stored are a warning, lost ones are not forgotten")
    void unstoredTurns() {
        turns.set(new Conditions.Backlog(3, clock.instant(), 0));
        assertThat(look("turns").level()).isEqualTo("warning");
        assertThat(look("turns").detail()).startsWith("3 answered turns");

        turns.set(new Conditions.Backlog(0, null, 2));
        assertThat(look("turns").level()).isEqualTo("notice");
        assertThat(look("turns").count()).isEqualTo(2);
    }

    @Test
    @DisplayName("D4 a full disk is critical, and a notice for a while after it recovered by itself")
    void fullDisk() {
        limitPages(1);
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> temporary
                        .db()
                        .write("fill", sql -> sql.update("CREATE TABLE big AS SELECT zeroblob(1000000) AS b")));
        assertThat(look("store").level()).isEqualTo("critical");
        assertThat(look("store").detail()).startsWith("The disk is full. Nothing is stored");
        assertThat(look("store").count()).isPositive();

        limitPages(1_000_000);
        bench.patch("{\"OUTBOUND\":\"stop\"}");
        assertThat(look("store").level()).isEqualTo("notice");
        clock.advance(Duration.ofDays(100_000));
        assertThat(look("store").level()).isEqualTo("ok");
        assertThat(look("store").lastAt()).isNotNull();
    }

    @Test
    @DisplayName("X6 a broken chain is critical from when it was found")
    void brokenChain() {
        bench.patch("{\"OUTBOUND\":\"stop\"}");
        temporary.db().write("tamper", sql -> {
            sql.update("DROP TRIGGER ops_audit_never_changes");
            return sql.update("UPDATE ops_audit SET actor = 'bob'");
        });
        verifier.verify();

        assertThat(look("audit"))
                .isEqualTo(new ConditionView(
                        "audit", "critical", "Entry 1 is missing or not what was written.", 1, clock.instant()));
    }

    @Test
    void outboundTellsHowOftenItWasClosed() {
        bench.patch("{\"OUTBOUND\":\"hold-replies\"}");
        assertThat(look("outbound").level()).isEqualTo("warning");
        bench.patch("{\"OUTBOUND\":\"stop\"}");
        assertThat(look("outbound").level()).isEqualTo("critical");
        bench.patch("{\"OUTBOUND\":\"on\"}");

        assertThat(look("outbound").level()).isEqualTo("ok");
        assertThat(look("outbound").count()).isEqualTo(2);
    }

    @Test
    void outboundThatWasClosedBeforeTheStartCounts() {
        bench.patch("{\"OUTBOUND\":\"stop\"}");
        var restarted = new Conditions(
                temporary.db(), http::get, turns::get, sessions::get, bench.settings, verifier, bench.reverts, clock);

        assertThat(restarted.look(List.of()))
                .filteredOn(condition -> condition.name().equals("outbound"))
                .allMatch(
                        condition -> condition.count() == 1 && condition.level().equals("critical"));
    }

    @Test
    void pendingRevertsAreANotice() {
        bench.patch("{\"OPENAI_RPS\":5,\"revert_after\":\"10m\"}");
        bench.patch("{\"OPENAI_BURST\":5,\"revert_after\":\"5m\"}");

        assertThat(look("reverts").level()).isEqualTo("notice");
        assertThat(look("reverts").detail())
                .isEqualTo("2 settings go back by themselves; next OPENAI_BURST at 2026-03-04T05:11:07Z.");
        clock.advance(Duration.ofMinutes(10));
        bench.reverts.revertDue();
        assertThat(look("reverts").level()).isEqualTo("ok");
        assertThat(look("reverts").count()).isEqualTo(2);
    }

    @Test
    void readersAndBrowsersAreForgottenAfterAWhile() {
        http.set(new HttpCounts(0, new Incidents.Seen(3, clock.instant()), new Incidents.Seen(7, clock.instant())));
        assertThat(look("readers-dropped").level()).isEqualTo("warning");
        assertThat(look("browser-refused").level()).isEqualTo("notice");

        clock.advance(Duration.ofMinutes(10));

        assertThat(look("readers-dropped").level()).isEqualTo("ok");
        assertThat(look("readers-dropped").count()).isEqualTo(3);
        assertThat(look("browser-refused").level()).isEqualTo("ok");
    }

    private ConditionView look(String name) {
        return conditions.look(List.of()).stream()
                .filter(condition -> condition.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void limitPages(long pages) {
        temporary.db().write("limit", sql -> {
            sql.list("PRAGMA max_page_count = " + pages, row -> row.number("max_page_count"));
            return 0;
        });
    }
}
