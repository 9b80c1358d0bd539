package dev.sluice.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.config.ConfigFile;
import dev.sluice.service.config.SettingCatalog;
import dev.sluice.service.config.Settings;
import dev.sluice.service.config.SettingsRepository.Stored;
import dev.sluice.service.config.SettingsRepository.StoredValue;
import dev.sluice.service.config.StartupValues;
import dev.sluice.service.provider.PacerLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveSettingsTest {
    private final Settings settings = new Settings(
            new SettingCatalog(List.of("openai")),
            new StartupValues(Map.of(), Map.of(), ConfigFile.none()),
            new Stored(0, Map.of()));
    private final LiveSettings live = new LiveSettings(settings, Duration.ofSeconds(10));

    @Test
    void shippedLimitsAreThePacersOwn() {
        assertThat(live.limits("openai")).isEqualTo(PacerLimits.DEFAULT);
    }

    @Test
    void everyPartSeesAChangeAtItsNextDecision() {
        publish(Map.of(
                "COALESCE_RESULT_TTL", "9s",
                "COALESCE_ERROR_TTL", "0s",
                "LINGER_PLAIN", "1s",
                "LINGER_STREAM", "2s",
                "COALESCE_ENABLED", "0",
                "STREAM_FANOUT_ENABLED", "0",
                "OPENAI_RPS", "3",
                "OPENAI_QUEUE_TIMEOUT", "500ms"));

        assertThat(live.resultTtl()).isEqualTo(Duration.ofSeconds(9));
        assertThat(live.errorTtl()).isZero();
        assertThat(live.linger(false)).isEqualTo(Duration.ofSeconds(1));
        assertThat(live.linger(true)).isEqualTo(Duration.ofSeconds(2));
        assertThat(live.enabled()).isFalse();
        assertThat(live.streamsEnabled()).isFalse();
        assertThat(live.limits("openai")).isEqualTo(new PacerLimits(3, 25, 32, Duration.ofMillis(500), 1000));
    }

    @Test
    void limitsMayTakeTheirOwnBounds() {
        for (String edge : List.of("1", "10000")) {
            publish(Map.of("OPENAI_RPS", edge, "OPENAI_BURST", edge, "OPENAI_CONCURRENCY", edge));
            assertThat(live.limits("openai").burst()).isEqualTo(Integer.parseInt(edge));
        }
    }

    private void publish(Map<String, String> values) {
        var stored = new HashMap<String, StoredValue>();
        values.forEach((name, value) -> stored.put(name, new StoredValue(value, "ann", Instant.EPOCH)));
        settings.publish(new Stored(settings.version() + 1, stored));
    }
}
