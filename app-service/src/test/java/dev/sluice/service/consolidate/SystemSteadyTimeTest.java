package dev.sluice.service.consolidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Until;
import dev.sluice.service.replay.Patience;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Against the machine's clock: nothing here says how late an alarm may be, only that it comes and is not
/// early.
final class SystemSteadyTimeTest {
    private static final Instant WALL = Instant.parse("2026-03-01T12:00:00.000987Z");

    private final SystemSteadyTime time = new SystemSteadyTime(WALL);
    private final BlockingQueue<Instant> rung = new LinkedBlockingQueue<>();
    private final SteadyTime.Alarm alarm = time.alarm(() -> rung.add(time.now()));

    @AfterEach
    void end() {
        alarm.close();
    }

    @Test
    @DisplayName("S9 time begins at the wall clock's, goes forward by itself and counts whole milliseconds")
    void goesForward() {
        Instant first = time.now();
        assertThat(first).isBetween(Instant.parse("2026-03-01T12:00:00Z"), WALL.plus(Duration.ofMinutes(5)));
        Until.holds("time goes on", () -> time.now().isAfter(first));
        Instant later = time.now();
        assertThat(later).isEqualTo(later.truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    @DisplayName("S10 an alarm rings once its time has come, and once only")
    void ringsOnce() throws InterruptedException {
        Instant at = time.now().plusMillis(30);
        alarm.set(at);
        assertThat(next()).isAfterOrEqualTo(at);
        Instant later = time.now().plusMillis(30);
        alarm.set(later);
        assertThat(next()).isAfterOrEqualTo(later);
        assertThat(rung).isEmpty();
    }

    @Test
    @DisplayName("S21 a time that has passed rings at once")
    void passed() throws InterruptedException {
        alarm.set(time.now().minusSeconds(3_600));
        assertThat(next()).isAfterOrEqualTo(WALL.minusMillis(1));
    }

    @Test
    void anotherTimeTakesThePlaceOfTheFirst() throws InterruptedException {
        alarm.set(time.now().plusSeconds(3_600));
        Instant sooner = time.now().plusMillis(20);
        alarm.set(sooner);
        assertThat(next()).isBetween(sooner, sooner.plusSeconds(1_800));
    }

    @Test
    void oneThatIsUnsetStaysSilentUntilItIsSetAgain() throws InterruptedException {
        alarm.set(time.now().plusMillis(200));
        alarm.unset();
        var other = new LinkedBlockingQueue<Instant>();
        try (var witness = time.alarm(() -> other.add(time.now()))) {
            witness.set(time.now().plusMillis(300));
            assertThat(other.poll(Patience.FOREVER.toMillis(), TimeUnit.MILLISECONDS))
                    .isNotNull();
        }
        assertThat(rung).isEmpty();
        alarm.set(time.now());
        assertThat(next()).isNotNull();
    }

    @Test
    void aClosedOneRingsNoMoreAndItsThreadEnds() throws InterruptedException {
        var threads = new LinkedBlockingQueue<Thread>();
        Thread server;
        try (var other = time.alarm(() -> threads.add(Thread.currentThread()))) {
            other.set(time.now());
            server = Optional.ofNullable(threads.poll(Patience.FOREVER.toMillis(), TimeUnit.MILLISECONDS))
                    .orElseThrow();
            assertThat(server.isDaemon()).isTrue();
            other.set(time.now().plusSeconds(3_600));
        }
        assertThat(server.join(Patience.FOREVER)).isTrue();
        assertThat(threads).isEmpty();
    }

    @Test
    void anInterruptedOneEnds() throws InterruptedException {
        var threads = new LinkedBlockingQueue<Thread>();
        try (var other = time.alarm(() -> threads.add(Thread.currentThread()))) {
            other.set(time.now());
            Thread server = Optional.ofNullable(threads.poll(Patience.FOREVER.toMillis(), TimeUnit.MILLISECONDS))
                    .orElseThrow();
            server.interrupt();
            assertThat(server.join(Patience.FOREVER)).isTrue();
        }
    }

    private Instant next() throws InterruptedException {
        return Optional.ofNullable(rung.poll(Patience.FOREVER.toMillis(), TimeUnit.MILLISECONDS))
                .orElseThrow(() -> new AssertionError("it is silent"));
    }
}
