package dev.sluice.ui.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.ui.fake.ManualClocks;
import dev.sluice.ui.fake.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OpsStoreTest {
    private final ManualClocks time = new ManualClocks();
    private final OpsStore store = new OpsStore(time.clocks());

    @Test
    void waitsUntilAStateArrived() {
        store.connection(new Connection.Live());

        assertThat(store.freshness()).isEqualTo(Freshness.WAITING);
    }

    @Test
    @DisplayName("O4 late after 3 s of silence, lost after 8 s")
    void silenceMakesItLateThenLost() {
        live();

        time.advance(Duration.ofMillis(2_999));
        assertThat(store.freshness()).isEqualTo(Freshness.LIVE);
        time.advance(Duration.ofMillis(1));
        assertThat(store.freshness()).isEqualTo(Freshness.LATE);
        time.advance(Duration.ofSeconds(5));
        assertThat(store.freshness()).isEqualTo(Freshness.LOST);
    }

    @Test
    @DisplayName("O4 lost at once when the connection broke")
    void aBrokenConnectionIsLostAtOnce() {
        live();

        store.connection(new Connection.Broken("cut", 1, store.now()));

        assertThat(store.freshness()).isEqualTo(Freshness.LOST);
    }

    @Test
    void aHeartbeatMakesItLiveAgain() {
        live();
        time.advance(Duration.ofSeconds(5));

        store.heard();

        assertThat(store.freshness()).isEqualTo(Freshness.LIVE);
        assertThat(store.silence()).isZero();
    }

    @Test
    void aChangeReplacesOnlyItsParts() {
        live();
        var totals = Samples.totals(20_000);

        store.change(Samples.change(store.now(), totals));

        assertThat(snapshot().totals()).isEqualTo(totals);
        assertThat(snapshot().flights()).hasSize(14);
    }

    @Test
    void aChangeWithoutAStateIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> store.change(Samples.change(store.now(), Samples.totals(1))));
    }

    @Test
    void theServicesClockIsFollowedByItsOffset() {
        var theirs = ManualClocks.START.plusSeconds(90);
        store.snapshot(Samples.snapshot(theirs, Samples.ANNA));

        time.advance(Duration.ofSeconds(2));

        assertThat(store.serviceNow()).isEqualTo(theirs.plusSeconds(2));
    }

    @Test
    void countersAreKeptAsRatesAndGapsAsHoles() {
        live();
        tick(1, 12_490);
        tick(1, 12_520);
        store.gap(31);
        tick(1, 12_530);

        assertThat(latest(Metric.FOLLOWERS, 4)).containsExactly(8, 23, Double.NaN, 8);
        assertThat(store.state().gaps()).isOne();
        assertThat(store.state().lost()).isEqualTo(31);
    }

    @Test
    void aLongSilenceLeavesAHoleOfItsLength() {
        live();
        tick(1, 12_480);
        tick(5, 12_480);
        tick(1, 12_480);

        assertThat(latest(Metric.IN_FLIGHT, 8))
                .containsExactly(7, 7, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 7);
    }

    @Test
    void pausingStandsStillAndCountsTheUnseen() {
        live();
        var viewpoint = new Viewpoint(store);
        viewpoint.pause();
        var at = viewpoint.now();

        tick(1, 13_000);
        tick(1, 13_001);

        assertThat(viewpoint.state().snapshot()).isNotEqualTo(store.state().snapshot());
        assertThat(viewpoint.unseen()).isEqualTo(2);
        assertThat(viewpoint.now()).isEqualTo(at);
        viewpoint.resume();
        assertThat(viewpoint.state()).isEqualTo(store.state());
        assertThat(viewpoint.unseen()).isZero();
    }

    @Test
    void agesStandStillWhileTheServiceIsNotHeard() {
        live();
        var viewpoint = new Viewpoint(store);
        Instant heard = viewpoint.now();

        time.advance(Duration.ofSeconds(30));

        assertThat(viewpoint.now()).isEqualTo(heard);
    }

    private void live() {
        store.connection(new Connection.Live());
        store.snapshot(Samples.snapshot(ManualClocks.START, Samples.ANNA));
    }

    private void tick(int seconds, long requests) {
        time.advance(Duration.ofSeconds(seconds));
        store.change(Samples.change(store.now(), Samples.totals(requests)));
    }

    private OpsSnapshot snapshot() {
        var snapshot = store.state().snapshot();
        assertThat(snapshot).isNotNull();
        return Objects.requireNonNull(snapshot);
    }

    private double[] latest(Metric metric, int count) {
        var values = new double[count];
        store.trend(metric).copyLatest(values);
        return values;
    }
}
