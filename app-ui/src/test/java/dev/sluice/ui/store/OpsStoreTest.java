package dev.sluice.ui.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.ui.Snapshots;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OpsStoreTest {
    private final AtomicLong nanos = new AtomicLong();
    private final OpsStore store = new OpsStore(new Clocks(() -> Snapshots.NOW.minusSeconds(5), nanos::get));

    @Test
    void appliesChangesToTheSnapshot() {
        store.snapshot(Snapshots.of(1, 0));
        store.change(Snapshots.change(1, 49));

        assertThat(snapshot().totals().followers()).isEqualTo(49);
        assertThat(snapshot().flights()).hasSize(1);
    }

    @Test
    void refusesAChangeOfNothing() {
        assertThatThrownBy(() -> store.change(Snapshots.change(1, 1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("O4 three seconds of silence are amber, eight are lost, a heartbeat is life")
    void silenceAges() {
        store.snapshot(Snapshots.of(1, 0));
        store.connection(new Connection.Live());
        assertThat(store.freshness()).isEqualTo(Freshness.LIVE);

        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(store.freshness()).isEqualTo(Freshness.LATE);

        store.heard();
        assertThat(store.freshness()).isEqualTo(Freshness.LIVE);

        nanos.addAndGet(Duration.ofSeconds(8).toNanos());
        assertThat(store.freshness()).isEqualTo(Freshness.LOST);
    }

    @Test
    void agesAreCountedByTheServicesClock() {
        store.snapshot(Snapshots.of(1, 0));

        assertThat(store.serviceNow()).isEqualTo(Snapshots.NOW);
    }

    @Test
    void aPausedViewStandsStillAndCountsTheUnseen() {
        store.snapshot(Snapshots.of(1, 0));
        var view = new Viewpoint(store);
        view.pause();
        store.change(Snapshots.change(1, 7));
        store.change(Snapshots.change(1, 8));

        assertThat(view.unseen()).isEqualTo(2);
        assertThat(Objects.requireNonNull(view.state().snapshot()).totals().followers())
                .isZero();

        view.resume();
        assertThat(Objects.requireNonNull(view.state().snapshot()).totals().followers())
                .isEqualTo(8);
    }

    private OpsSnapshot snapshot() {
        return Objects.requireNonNull(store.state().snapshot());
    }
}
