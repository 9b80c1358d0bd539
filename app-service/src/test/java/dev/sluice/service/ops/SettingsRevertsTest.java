package dev.sluice.service.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.model.ops.AuditView;
import dev.sluice.model.ops.SettingView;
import dev.sluice.service.SetClock;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.store.TemporaryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsRevertsTest {
    private static final String STOP_5M = "{\"OUTBOUND\":\"stop\",\"revert_after\":\"5m\",\"reason\":\"test\"}";

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private final SetClock clock = new SetClock();
    private SettingsBench bench;
    private Instant start;

    @BeforeEach
    void start() {
        start = clock.instant();
        bench = new SettingsBench(temporary.db(), clock, Map.of()).start();
    }

    @Test
    @DisplayName("O6 a change for a time shows when and to what it goes back")
    void shownWithItsEnd() {
        bench.patch("{\"OUTBOUND\":\"hold-replies\"}");
        var view = bench.patch(STOP_5M).find("OUTBOUND").orElseThrow();

        assertThat(view.value()).isEqualTo("stop");
        assertThat(view.revert()).isEqualTo(new SettingView.Revert(start.plusSeconds(300), "hold-replies"));
        assertThat(bench.audit.latest(1).getFirst().after()).isEqualTo("stop until 2026-03-04T05:11:07Z");
    }

    @Test
    @DisplayName("O6 X6 it goes back by itself, not before its time, and the service says so in the audit")
    void goesBackByItself() {
        bench.patch(STOP_5M);
        long version = bench.settings.version();
        clock.advance(Duration.ofSeconds(299));
        bench.reverts.revertDue();
        assertThat(bench.view("OUTBOUND").value()).isEqualTo("stop");

        clock.advance(Duration.ofSeconds(1));
        bench.reverts.revertDue();

        var view = bench.view("OUTBOUND");
        assertThat(view.value()).isEqualTo("on");
        assertThat(view.source()).isEqualTo("default");
        assertThat(view.revert()).isNull();
        assertThat(bench.settings.version()).isEqualTo(version + 1);
        assertThat(bench.reverts.count()).isOne();
        assertThat(bench.audit.latest(1).getFirst())
                .isEqualTo(new AuditView.Entry(
                        2,
                        start.plusSeconds(300),
                        "service",
                        "setting.reverted",
                        "OUTBOUND",
                        "stop",
                        "on",
                        "changed for a time only by ann"));
        bench.reverts.revertDue();
        assertThat(bench.audit.latest(9)).hasSize(2);
    }

    @Test
    @DisplayName("O6 what fell due while the service was down goes back at the start, and is no restart difference")
    void fallsDueWhileDown() {
        bench.patch(STOP_5M);
        var db = temporary.reopen();
        clock.advance(Duration.ofHours(1));

        bench = new SettingsBench(db, clock, Map.of()).start();

        assertThat(bench.view("OUTBOUND").value()).isEqualTo("on");
        assertThat(bench.audit.latest(9))
                .extracting(AuditView.Entry::action)
                .containsExactly("setting.reverted", "setting.changed");
    }

    @Test
    @DisplayName("O6 what is not due yet survives a restart and goes back later")
    void pendingOverARestart() {
        bench.patch(STOP_5M);
        bench = new SettingsBench(temporary.reopen(), clock, Map.of()).start();
        assertThat(bench.view("OUTBOUND").value()).isEqualTo("stop");

        clock.advance(Duration.ofMinutes(5));
        bench.reverts.revertDue();

        assertThat(bench.view("OUTBOUND").value()).isEqualTo("on");
    }

    @Test
    @DisplayName("O6 a later change of that setting ends the revert; others go on")
    void laterChangeCancels() {
        bench.patch("{\"OUTBOUND\":\"stop\",\"COALESCE_ENABLED\":0,\"revert_after\":60}");
        bench.patch("{\"OUTBOUND\":\"stop\"}");
        assertThat(bench.view("OUTBOUND").revert()).isNull();

        clock.advance(Duration.ofMinutes(2));
        bench.reverts.revertDue();

        assertThat(bench.view("OUTBOUND").value()).isEqualTo("stop");
        assertThat(bench.view("COALESCE_ENABLED").value()).isEqualTo("1");
    }

    @Test
    @DisplayName("O6 a change for a time, prolonged, goes back to what was to stay")
    void prolonged() {
        bench.patch("{\"OUTBOUND\":\"hold-replies\"}");
        bench.patch(STOP_5M);
        bench.patch("{\"OUTBOUND\":\"stop\",\"revert_after\":\"10m\"}");
        clock.advance(Duration.ofMinutes(10));
        bench.reverts.revertDue();

        assertThat(bench.view("OUTBOUND").value()).isEqualTo("hold-replies");
    }

    @Test
    @DisplayName("O6 an operator's value taken back for a time comes again")
    void takenBackForATime() {
        bench.patch("{\"LINGER_PLAIN\":\"9s\"}");
        bench.patch("{\"LINGER_PLAIN\":null,\"revert_after\":\"1s\"}");
        assertThat(bench.view("LINGER_PLAIN").value()).isEqualTo("0s");
        assertThat(bench.view("LINGER_PLAIN").revert()).isEqualTo(new SettingView.Revert(start.plusSeconds(1), "9s"));

        clock.advance(Duration.ofSeconds(1));
        bench.reverts.revertDue();

        assertThat(bench.view("LINGER_PLAIN").value()).isEqualTo("9s");
        assertThat(bench.view("LINGER_PLAIN").changedBy()).isEqualTo("service");
    }

    @Test
    @DisplayName("O8 what has gone back by itself is a change: one made for the version before is 412")
    void revertIsAChange() {
        bench.patch(STOP_5M);
        long seen = bench.settings.version();
        clock.advance(Duration.ofMinutes(5));
        bench.reverts.revertDue();

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> bench.patch("{\"OUTBOUND\":\"stop\"}", seen))
                .matches(refused -> refused.status() == 412);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "\"999ms\"", "\"8d\"", "\"soon\"", "-5", "[]", "true", "1.5"})
    void timeIsFromOneSecondToSevenDays(String time) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> bench.patch("{\"OUTBOUND\":\"stop\",\"revert_after\":" + time + "}"))
                .matches(refused -> refused.status() == 422)
                .withMessageStartingWith("revert_after must be");
        assertThat(bench.settings.version()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"1s\"", "\"7d\"", "\"PT60S\"", "null"})
    void timesInEveryForm(String time) {
        bench.patch("{\"OUTBOUND\":\"stop\",\"revert_after\":" + time + "}");

        assertThat(bench.view("OUTBOUND").value()).isEqualTo("stop");
    }
}
