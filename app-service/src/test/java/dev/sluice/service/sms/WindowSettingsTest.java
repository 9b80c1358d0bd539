package dev.sluice.service.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.sms.BatchView;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class WindowSettingsTest {
    @RegisterExtension
    final SmsBench bench = new SmsBench();

    @Test
    @DisplayName("S7 another length holds for windows that open from now on")
    void newOnesOnly() {
        bench.text("Yes");
        bench.policy.rules = SetPolicy.rules(Duration.ofSeconds(10));
        bench.service.settingsChanged();
        bench.text("+639170000002", "Yes");
        bench.seconds(10);
        assertThat(bench.all()).extracting(BatchView::state).containsExactly("open", "done");
        bench.seconds(50);
        assertThat(bench.all()).extracting(BatchView::state).containsExactly("done", "done");
    }

    @Test
    @DisplayName("S7 texts that join an open window do not bring it the new rules: neither length nor mode")
    void oldRulesForOldWindows() {
        bench.text("one");
        Instant due = bench.only().deadlineAt();
        bench.policy.rules = SetPolicy.sliding(Duration.ofMinutes(10), Duration.ofHours(1));
        bench.seconds(30);
        bench.text("two");
        assertThat(bench.only().deadlineAt()).isEqualTo(due);

        bench.text("+639170000002", "one");
        bench.policy.rules = SetPolicy.rules(Duration.ofSeconds(5));
        bench.seconds(20);
        bench.text("+639170000002", "two");
        assertThat(bench.batch(1).deadlineAt()).isEqualTo(bench.time.now().plus(Duration.ofMinutes(10)));
    }

    @Test
    @DisplayName("S7 a forecast counts exactly what retiming then does, and what is due drains")
    void forecastAndRetime() {
        bench.text("+639170000001", "Yes");
        bench.seconds(30);
        bench.text("+639170000002", "Yes");
        bench.text("+639170000003", "Yes");
        bench.senders.hold(bench.senderId("+639170000003"), SmsBench.ANN);
        bench.policy.rules = SetPolicy.rules(Duration.ofSeconds(20));
        var forecast = bench.service.forecast(null, null);
        assertThat(forecast.open()).isEqualTo(2);
        assertThat(forecast.moved()).isEqualTo(2);
        assertThat(forecast.due()).isEqualTo(1);
        assertThat(bench.service.forecast(Duration.ofSeconds(60), null).moved()).isZero();

        assertThat(bench.service.retime()).isEqualTo(2);
        bench.settle();

        assertThat(bench.all()).extracting(BatchView::state).containsExactly("done", "open", "held");
        bench.seconds(20);
        assertThat(bench.all()).extracting(BatchView::state).containsExactly("done", "done", "held");
    }

    @Test
    @DisplayName("S7 a window that was retimed keeps its new deadline over a restart, and its new mode")
    void retimedOverARestart() throws Exception {
        bench.text("one");
        bench.policy.rules = SetPolicy.sliding(Duration.ofMinutes(10), Duration.ofHours(1));
        bench.service.retime();
        bench.restart();
        assertThat(bench.only().deadlineAt()).isEqualTo(bench.time.now().plus(Duration.ofMinutes(10)));
        bench.seconds(60);
        bench.text("two");
        assertThat(bench.only().deadlineAt()).isEqualTo(bench.time.now().plus(Duration.ofMinutes(10)));
    }

    @Test
    @DisplayName("S7 a window goes by the rules it was retimed with, also if they leave its deadline where it is")
    void sameDeadlineOtherRules() {
        bench.text("one");
        bench.policy.rules = SetPolicy.sliding(Duration.ofSeconds(60), Duration.ofHours(1));
        assertThat(bench.service.retime()).isZero();
        bench.seconds(30);
        bench.text("two");
        assertThat(bench.only().deadlineAt()).isEqualTo(bench.time.now().plusSeconds(60));
    }

    @Test
    @DisplayName(
            "S7 texts that arrive while windows are retimed: every window ends with the new length, as the engine knows")
    void retimedWhileTextsArrive() throws Exception {
        bench.db().write("fill", sql -> sql.update("""
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                INSERT INTO windows (id, sender_id, org, number, state, opened_at, latest_at, deadline_at, length_ms,
                    items, bytes, settings_version)
                SELECT printf('a%05d', i), 's' || i, 'acme', 1, 'open', ?1 + i * 1000, ?1 + i * 1000,
                    ?1 + i * 1000 + 60000000, 60000, 1, 1, 1 FROM n\
                """, bench.time.now()));
        bench.restart();
        bench.text("+639180000000", "before");
        var rules = SetPolicy.rules(Duration.ofSeconds(200));
        bench.policy.rules = rules;
        var retimed = new AtomicBoolean();
        var texts = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 40 || !retimed.get(); i++) {
                bench.text("+63918%07d".formatted(1 + i % 400), "text " + i);
            }
        });
        int changed = bench.service.retime();
        retimed.set(true);
        texts.join();

        assertThat(changed).isEqualTo(5_001);
        assertThat(bench.number("SELECT COUNT(*) AS n FROM windows WHERE deadline_at <> opened_at + 200000000"))
                .isZero();
        var view = bench.service.view();
        assertThat((long) view.gathering()).isEqualTo(bench.number("SELECT COUNT(*) AS n FROM windows"));
        assertThat(view.nextDeadline())
                .isEqualTo(bench.rows("SELECT MIN(deadline_at) AS x FROM windows", row -> row.instant("x"))
                        .getFirst());
    }

    @Test
    @DisplayName("S7 all open windows are closed when that is asked for; held ones and rules of a sender's own stay")
    void closeAllAndOwnRules() {
        bench.text("one");
        bench.senders.override(bench.maria(), Duration.ofSeconds(200), null, SmsBench.ANN);
        bench.seconds(60);
        assertThat(bench.only().state()).isEqualTo("done");
        bench.text("two");
        bench.policy.rules = SetPolicy.rules(Duration.ofSeconds(1));
        assertThat(bench.service.retime()).isZero();
        bench.seconds(199);
        assertThat(bench.batch(1).state()).isEqualTo("open");
        assertThat(bench.service.closeAll()).isEqualTo(1);
        bench.settle();
        assertThat(bench.batch(1).state()).isEqualTo("done");
        assertThat(bench.audited()).containsExactly("sender.overridden");
    }

    @Test
    @DisplayName(
            "S9 after a restart with the clock set back nobody waits longer than a window; set forward, due is due")
    void clockOverARestart() {
        bench.text("Yes");
        bench.kill(Duration.ofDays(-1));
        assertThat(bench.only().deadlineAt()).isEqualTo(bench.time.now().plusSeconds(60));
        bench.text("more");
        bench.seconds(59);
        assertThat(bench.only().state()).isEqualTo("open");
        bench.seconds(1);
        assertThat(bench.only().state()).isEqualTo("done");
        assertThat(bench.only().texts()).isEqualTo(2);

        bench.text("again");
        bench.kill(Duration.ofDays(2));
        bench.settle();
        assertThat(bench.batch(1).state()).isEqualTo("done");
    }

    @Test
    @DisplayName("S9 the wall clock steps while windows gather: no deadline moves")
    void clockSteps() {
        bench.text("Yes");
        bench.clock.step(Duration.ofHours(5));
        bench.seconds(59);
        assertThat(bench.only().state()).isEqualTo("open");
        bench.clock.step(Duration.ofHours(-9));
        bench.seconds(1);
        assertThat(bench.only().state()).isEqualTo("done");
    }

    @Test
    @DisplayName("S21 a process suspended past deadlines finds them due when it goes on")
    void suspended() {
        bench.text("Yes");
        bench.time.suspend(Duration.ofHours(1));
        bench.settle();
        assertThat(bench.only().outcome()).isEqualTo("SENT");
    }
}
