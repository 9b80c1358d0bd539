package dev.sluice.ui.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.session.EventPage;
import dev.sluice.ui.fake.ManualClocks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Time is virtual: it passes when a test says so.
class ReplayClockTest {
    private final ManualClocks time = new ManualClocks();
    private final Timeline timeline = new Timeline();
    private final ReplayClock clock = new ReplayClock(time.clocks().nanos(), timeline);

    @Test
    void showsEachEventWhenItsRecordedTimeHasCome() {
        recorded(0, 100, 250, 250, 1_000);

        clock.play();

        assertThat(clock.happened()).isEqualTo(1);
        after(99);
        assertThat(clock.happened()).isEqualTo(1);
        after(1);
        assertThat(clock.happened()).isEqualTo(2);
        after(150);
        assertThat(clock.happened()).isEqualTo(4);
        after(749);
        assertThat(clock.playing()).isTrue();
        after(1);
        assertThat(clock.happened()).isEqualTo(5);
        assertThat(clock.playing()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 1, 2, 4, 8, 16})
    void goesAtTheSpeedChosen(double speed) {
        recorded(0, 64_000);
        clock.speed(speed);
        clock.play();

        after(2_000);

        assertThat(clock.position()).isEqualTo((long) (2_000_000_000L * speed));
    }

    @Test
    void aSpeedOutsideOfTheLimitsIsBroughtInside() {
        clock.speed(0.01);
        assertThat(clock.speed()).isEqualTo(0.25);
        clock.speed(500);
        assertThat(clock.speed()).isEqualTo(16);
    }

    @Test
    void aChangeOfSpeedKeepsThePlace() {
        recorded(0, 60_000);
        clock.play();
        after(1_000);
        clock.speed(16);
        assertThat(clock.position()).isEqualTo(Duration.ofSeconds(1).toNanos());
        after(1_000);
        assertThat(clock.position()).isEqualTo(Duration.ofSeconds(17).toNanos());
    }

    @Test
    void standsStillWhilePausedAndGoesOnThere() {
        recorded(0, 10_000);
        clock.play();
        after(400);
        clock.pause();
        after(100_000);
        assertThat(clock.position()).isEqualTo(Duration.ofMillis(400).toNanos());
        clock.play();
        after(100);
        assertThat(clock.position()).isEqualTo(Duration.ofMillis(500).toNanos());
    }

    @Test
    void playedAtItsEndItBeginsAgain() {
        recorded(0, 100);
        clock.seek(Long.MAX_VALUE);
        assertThat(clock.happened()).isEqualTo(2);

        clock.play();

        assertThat(clock.position()).isZero();
        assertThat(clock.playing()).isTrue();
    }

    @Test
    void idleTimesAreCutToASecond() {
        recorded(0, 500, 60_500, 60_600);
        clock.skipIdle(true);
        clock.play();

        after(1_499);
        assertThat(clock.happened()).isEqualTo(2);
        after(1);
        assertThat(clock.happened()).isEqualTo(3);
        after(99);
        assertThat(clock.happened()).isEqualTo(3);
        after(1);
        assertThat(clock.happened()).isEqualTo(4);
    }

    @Test
    void aJumpIntoAnIdleTimeEndsItAtOnceWhenIdleTimesAreSkipped() {
        recorded(0, 60_000, 60_500);
        clock.skipIdle(true);
        clock.seek(Duration.ofSeconds(30).toNanos());
        assertThat(clock.happened()).isEqualTo(1);
        clock.play();
        after(10);
        assertThat(clock.happened()).isEqualTo(2);
    }

    @Test
    void changesOfSpeedAndPlaceNeitherLoseNorRepeat() {
        var random = new Random(15);
        var offsets = new long[400];
        for (int i = 1; i < offsets.length; i++) {
            offsets[i] = offsets[i - 1] + random.nextInt(20) * random.nextLong(200);
        }
        recorded(offsets);
        clock.play();
        for (int i = 0; i < 5_000; i++) {
            switch (random.nextInt(6)) {
                case 0 -> clock.speed(random.nextDouble(0.2, 18));
                case 1 -> clock.seek(random.nextLong(timeline.length()));
                case 2 -> clock.skipIdle(random.nextBoolean());
                case 3 -> clock.pause();
                default -> clock.play();
            }
            after(random.nextInt(300));
            long position = clock.position();
            int happened = clock.happened();
            assertThat(offsets[happened - 1] * 1_000_000).isLessThanOrEqualTo(position);
            if (happened < offsets.length) {
                assertThat(offsets[happened] * 1_000_000).isGreaterThan(position);
            }
        }
    }

    @Test
    void aRecordedClockThatWentBackStandsStill() {
        recorded(0, 500, 200, 700);

        assertThat(timeline.offset(2)).isEqualTo(timeline.offset(1));
        assertThat(timeline.length()).isEqualTo(Duration.ofMillis(700).toNanos());
    }

    @Test
    void nothingRecordedIsOverAtOnce() {
        clock.play();

        assertThat(clock.playing()).isFalse();
        assertThat(clock.happened()).isZero();
    }

    private void after(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    private void recorded(long... millis) {
        List<EventPage.Event> events = new ArrayList<>();
        for (int i = 0; i < millis.length; i++) {
            Instant at = ManualClocks.START.plusMillis(millis[i]);
            events.add(new EventPage.Event("e:" + (i + 1), i + 1, at, "delta", "{}", false));
        }
        var log = new SessionLog();
        log.add(new EventPage("s", "e", null, null, events, "e:" + millis.length, false));
        timeline.extend(log.content());
    }
}
