package dev.sluice.ui.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ui.fake.ManualClocks;
import dev.sluice.ui.fake.Samples;
import dev.sluice.ui.store.Connection;
import dev.sluice.ui.store.OpsStore;
import dev.sluice.ui.store.Viewpoint;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProvidersViewModelTest {
    private final ManualClocks time = new ManualClocks();
    private final OpsStore store = new OpsStore(time.clocks());
    private final ProvidersViewModel model = new ProvidersViewModel(store, new Viewpoint(store));

    @BeforeEach
    void live() {
        store.connection(new Connection.Live());
        store.snapshot(Samples.snapshot(ManualClocks.START, Samples.ANNA));
        model.refresh();
    }

    @Test
    void tellsSimulatedFromRealInWords() {
        assertThat(model.faces())
                .extracting(ProviderFace::kind)
                .containsExactly(
                        "Real: its calls cost money", "Real: its calls cost money", "Simulated: no answer is real");
        assertThat(model.faces()).extracting(ProviderFace::preferred).containsExactly(true, false, false);
    }

    @Test
    void explainsAThrottledProvider() {
        var throttled = model.faces().get(1);

        assertThat(throttled.slots()).isEqualTo("8 of 8 slots in use, 32 configured, 14 waiting");
        assertThat(throttled.throttled()).contains("8 of its 32", "429");
        assertThat(throttled.alarm()).contains("answered 429");
        assertThat(throttled.failure()).isEqualTo("Last failure 12 s ago: 429 Too Many Requests");
        assertThat(model.faces().get(0).throttled()).isEmpty();
        assertThat(model.summary().get()).isEqualTo("3 providers, 1 throttled");
    }

    @Test
    void countsFailuresWithTheirShare() {
        assertThat(model.faces().get(1).figures())
                .contains(new ProviderFace.Figure(
                        "Failures", "61 · 4.4 %", "Calls that failed, 429s included, and their share"));
    }

    @Test
    void agesGrowAndStaleFiguresSaySo() {
        time.advance(Duration.ofSeconds(2));
        model.refresh();
        assertThat(model.faces().get(1).failure()).startsWith("Last failure 14 s ago");
        assertThat(model.age().get()).isEmpty();

        time.advance(Duration.ofSeconds(5));
        model.refresh();
        assertThat(model.age().get()).isEqualTo("7 s");
    }
}
