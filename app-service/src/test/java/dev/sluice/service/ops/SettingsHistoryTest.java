package dev.sluice.service.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sluice.model.ops.AuditView;
import dev.sluice.service.SetClock;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.store.TemporaryDatabase;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsHistoryTest {
    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private final SetClock clock = new SetClock();

    @Test
    @DisplayName("X6 the first start has nothing to compare with")
    void firstStart() {
        var bench = started(Map.of("LINGER", "9s"));

        assertThat(bench.audit.latest(9)).isEmpty();
        assertThat(bench.repository.lastInForce()).containsEntry("LINGER_PLAIN", "9s");
    }

    @Test
    @DisplayName("X6 a start with other values than the last run's is audited, setting by setting")
    void restartDifference() {
        started(Map.of("OPENAI_RPS", "7"));
        temporary.reopen();
        var bench = started(Map.of("LINGER", "9s"));

        assertThat(bench.audit.latest(9))
                .extracting(
                        AuditView.Entry::actor,
                        AuditView.Entry::action,
                        AuditView.Entry::subject,
                        AuditView.Entry::before,
                        AuditView.Entry::after)
                .containsExactlyInAnyOrder(
                        tuple("service", "setting.restart", "LINGER_PLAIN", "0s", "9s"),
                        tuple("service", "setting.restart", "LINGER_STREAM", "5s", "9s"),
                        tuple("service", "setting.restart", "OPENAI_RPS", "7", "20"));
        temporary.reopen();
        assertThat(started(Map.of("LINGER", "9s")).audit.latest(9)).hasSize(3);
    }

    @Test
    @DisplayName("X6 an operator's change is no restart difference, nor what it hides")
    void operatorsChange() {
        started(Map.of()).patch("{\"LINGER_PLAIN\":\"3s\"}");
        temporary.reopen();
        var bench = started(Map.of("LINGER", "9s", "LINGER_STREAM", "5s"));

        assertThat(bench.audit.latest(9)).extracting(AuditView.Entry::action).containsExactly("setting.changed");
        assertThat(bench.view("LINGER_PLAIN").value()).isEqualTo("3s");
    }

    @Test
    @DisplayName("X6 a value taken back is audited with what comes into force instead")
    void takenBack() {
        var bench = started(Map.of("OPENAI_RPS", "7"));
        bench.patch("{\"OPENAI_RPS\":9,\"reason\":\"faster\"}");
        bench.patch("{\"OPENAI_RPS\":null}");

        var newest = bench.audit.latest(1).getFirst();
        assertThat(newest.before()).isEqualTo("9");
        assertThat(newest.after()).isEqualTo("7");
        assertThat(bench.view("OPENAI_RPS").source()).isEqualTo("environment");
    }

    @ParameterizedTest
    @DisplayName("X2 a change that is not acceptable in one part is refused whole, and never repeats a value")
    @ValueSource(
            strings = {
                "{\"COALESCE_ENABLED\":0,\"NO_SUCH\":\"geheim\"}",
                "{\"COALESCE_ENABLED\":0,\"OPENAI_API_KEY\":\"geheim\"}",
                "{\"COALESCE_ENABLED\":0,\"OPENAI_RPS\":\"geheim\"}",
                "{\"COALESCE_ENABLED\":0,\"KIMI_RPS\":1,\"reason\":\"geheim\"}",
                "{\"OPENAI_BASE_URL\":null}",
                "{\"reason\":\"geheim\"}"
            })
    void refusedWhole(String json) {
        var bench = started(Map.of());

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> bench.patch(json))
                .matches(refused -> refused.status() == 422)
                .matches(refused -> !refused.detail().contains("geheim"));
        assertThat(bench.settings.version()).isZero();
        assertThat(bench.audit.latest(1)).isEmpty();
    }

    private SettingsBench started(Map<String, String> environment) {
        return new SettingsBench(temporary.db(), clock, environment).start();
    }
}
