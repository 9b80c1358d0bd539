package dev.sluice.service.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.ProviderView;
import dev.sluice.service.SetClock;
import dev.sluice.service.store.TemporaryDatabase;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingEffectsTest {
    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private SettingsBench bench;

    @BeforeEach
    void start() {
        bench = new SettingsBench(temporary.db(), new SetClock(), Map.of());
        bench.providers.add(
                new ProviderView("openai", false, true, "m", 16, 32, 9, 4, 20, 25, 0, 0, 0, 0, 0, null, null));
    }

    @Test
    @DisplayName("O8 coalescing off without any sharing in the last hour adds nothing, and says so")
    void nothingShared() {
        var change = bench.preview("{\"COALESCE_ENABLED\":0}");

        assertThat(change.callsAdded()).isZero();
        assertThat(change.tokensAdded()).isZero();
        assertThat(change.effect())
                .contains("In the last hour no request shared a call")
                .contains("Now in the air: 2.");
    }

    @Test
    @DisplayName("O8 what turning sharing on would spare is not known, and no number is made up")
    void turningOnInventsNothing() {
        bench.patch("{\"COALESCE_ENABLED\":0}");
        var change = bench.preview("{\"COALESCE_ENABLED\":1}");

        assertThat(change.callsAdded()).isNull();
        assertThat(change.tokensAdded()).isNull();
        assertThat(change.effect()).contains("how many would have shared is not known");
    }

    @Test
    @DisplayName("O8 stream sharing matters only while coalescing is on")
    void streamsWithoutCoalescing() {
        bench.patch("{\"COALESCE_ENABLED\":0}");

        assertThat(bench.preview("{\"STREAM_FANOUT_ENABLED\":0}").effect())
                .startsWith("Nothing while COALESCE_ENABLED is off");
    }

    @ParameterizedTest
    @DisplayName("O8 the effect tells the numbers of now")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"OUTBOUND\":\"stop\"} | Now in the air: 2; calls that wait for a provider: 4.",
                "{\"OUTBOUND\":\"hold-replies\"} | Replies are held; providers are called.",
                "{\"OPENAI_RPS\":5} | Now 9 of 16 slots are in use and 4 calls wait.",
                "{\"OPENAI_CONCURRENCY\":5} | Until 4 of them have ended, none begins.",
                "{\"COALESCE_RESULT_TTL\":\"5s\"} | reused for 5s instead of 30s. In the last hour none was older",
                "{\"COALESCE_RESULT_TTL\":\"60s\"} | is not known",
                "{\"COALESCE_ERROR_TTL\":0} | New failures are reused for 0s instead of 2s.",
                "{\"LINGER_STREAM\":0} | streaming listener's connection broke goes on for 0s",
                "{\"ORG_REQUESTS_PER_MINUTE\":30} | may cause 30 provider calls a minute",
                "{\"CONSOLIDATION_WINDOW\":\"30s\"} | 3 windows are open now and keep their deadlines; retimed, 2 of them"
                        + " would move and 1 would close at once.",
                "{\"CONSOLIDATION_WINDOW\":0} | Each text is handled at once.",
                "{\"CONSOLIDATION_MODE\":\"sliding\"} | New windows are counted from their latest text. 3 windows",
                "{\"CONSOLIDATION_PAUSED\":1} | Texts are taken and kept; no window closes",
                "{\"SMS_AUTO_REPLY_ENABLED\":1} | but SMS_SENDER is log, so nothing leaves the house",
                "{\"OPENAI_BURST\":5,\"revert_after\":300} | It goes back by itself after 5m."
            })
    void effects(String change, String words) {
        assertThat(bench.preview(change).effect()).contains(words);
    }

    @Test
    @DisplayName("O6 a dry run changes nothing")
    void changesNothing() {
        bench.preview("{\"OUTBOUND\":\"stop\"}");

        assertThat(bench.settings.version()).isZero();
        assertThat(bench.view("OUTBOUND").value()).isEqualTo("on");
        assertThat(bench.audit.latest(1)).isEmpty();
    }
}
