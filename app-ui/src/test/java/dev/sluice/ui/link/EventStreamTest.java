package dev.sluice.ui.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ui.FakeOpsService;
import dev.sluice.ui.Snapshots;
import dev.sluice.ui.store.Clocks;
import dev.sluice.ui.store.OpsStore;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // JUnit calls start() first
class EventStreamTest {
    private final OpsStore store = new OpsStore(Clocks.system());
    private FakeOpsService service;
    private EventStream stream;

    @BeforeEach
    void start() throws IOException {
        service = new FakeOpsService();
        var policy =
                new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofSeconds(1), new Random(1));
        stream = new EventStream(
                HttpClient.newHttpClient(),
                new FixedService(new Endpoint(service.base(), Token.of("t"))),
                store,
                policy,
                Duration.ofSeconds(8));
        stream.start();
    }

    @AfterEach
    void stop() {
        stream.close();
        service.close();
    }

    @Test
    @DisplayName("O4 a broken stream is resumed where it left off: nothing is lost, nothing is shown twice")
    void resumesWhereItLeftOff() {
        service.event("e:0", "snapshot", Snapshots.of(1, 0));
        service.event("e:1", "change", Snapshots.change(1, 5));
        await(() -> store.state().events() == 2);

        service.cut();
        await(() -> service.cursors().size() == 2);
        service.event("e:1", "change", Snapshots.change(1, 5));
        service.event("e:2", "change", Snapshots.change(1, 9));
        await(() -> store.state().events() == 3);

        assertThat(service.cursors()).containsExactly("", "e:1");
        assertThat(store.state().gaps()).isZero();
    }

    @Test
    void aResetIsAGapFollowedByANewSnapshot() {
        service.event("e:0", "snapshot", Snapshots.of(1, 0));
        service.event("e:0", "reset", Map.of("reason", "epoch"));
        service.event("g:0", "snapshot", Snapshots.of(2, 0));
        await(() -> store.state().events() == 2);

        assertThat(store.state().gaps()).isEqualTo(1);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
