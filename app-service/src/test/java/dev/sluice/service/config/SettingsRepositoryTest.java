package dev.sluice.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.service.config.SettingsRepository.StoredValue;
import dev.sluice.service.store.TemporaryDatabase;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SettingsRepositoryTest {
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07.123456Z");

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private SettingsRepository settings;

    @BeforeEach
    void create() {
        settings = new SettingsRepository(temporary.db());
    }

    @Test
    void startsEmptyAtVersionZero() {
        assertThat(settings.load()).isEqualTo(new SettingsRepository.Stored(0, Map.of()));
    }

    @Test
    void savedIsLoadedAlsoAfterARestart() {
        long version = save(0, Map.of("LINGER", "5s", "OUTBOUND", "stop"));
        settings = new SettingsRepository(temporary.reopen());

        assertThat(version).isEqualTo(1);
        assertThat(settings.load().version()).isEqualTo(1);
        assertThat(settings.load().values())
                .containsOnly(
                        Map.entry("LINGER", new StoredValue("5s", "ann", AT)),
                        Map.entry("OUTBOUND", new StoredValue("stop", "ann", AT)));
    }

    @Test
    void nullTakesTheOperatorsValueBack() {
        save(0, Map.of("LINGER", "5s", "OUTBOUND", "stop"));
        var changes = new HashMap<String, @Nullable String>();
        changes.put("LINGER", null);
        changes.put("OUTBOUND", "on");

        assertThat(save(1, changes)).isEqualTo(2);

        assertThat(settings.load().values()).containsOnly(Map.entry("OUTBOUND", new StoredValue("on", "ann", AT)));
    }

    @Test
    void staleVersionIsAConflictAndSavesNothing() {
        save(0, Map.of("LINGER", "5s"));

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(() -> save(0, Map.of("LINGER", "9s")))
                .matches(conflict -> conflict.currentVersion() == 1);
        assertThat(settings.load().values()).containsEntry("LINGER", new StoredValue("5s", "ann", AT));
    }

    @Test
    void whatGoesAlongUndoesTheChangeByThrowing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> settings.save(0, Map.of("LINGER", "5s"), null, "ann", AT, (_, _, _) -> {
                    throw new IllegalStateException("no audit, no change");
                }));

        assertThat(settings.load().version()).isZero();
        assertThat(settings.load().values()).isEmpty();
    }

    private long save(long expected, Map<String, @Nullable String> changes) {
        return settings.save(expected, changes, null, "ann", AT, (_, _, _) -> {})
                .version();
    }
}
