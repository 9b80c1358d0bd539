package dev.sluice.ui.link;

import static dev.sluice.ui.fake.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.model.ops.CoalesceTotals;
import dev.sluice.model.sse.SseFrames;
import dev.sluice.ui.fake.FakeService;
import dev.sluice.ui.fake.Samples;
import dev.sluice.ui.store.Clocks;
import dev.sluice.ui.store.Connection;
import dev.sluice.ui.store.Freshness;
import dev.sluice.ui.store.OpsStore;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final Duration NEVER = Duration.ofMinutes(5);

    private final FakeService service = new FakeService(Samples.ANNA);
    private final HttpClient http = HttpClient.newHttpClient();
    private final OpsStore store = new OpsStore(Clocks.system());

    @AfterEach
    void end() {
        service.close();
        http.shutdownNow();
    }

    @Test
    void theFirstEventIsTheWholeState() throws InterruptedException {
        try (var stream = stream(NEVER)) {
            stream.start();

            until("live", () -> store.freshness() == Freshness.LIVE);

            assertThat(store.state().snapshot()).isEqualTo(service.state());
            assertThat(service.resumedFrom).containsExactly("");
        }
    }

    @Test
    @DisplayName("O4 a cut connection is resumed where it broke, no event lost or doubled")
    void aCutConnectionResumesWhereItBroke() throws InterruptedException {
        var random = new Random(4);
        try (var stream = stream(NEVER)) {
            stream.start();
            until("live", () -> store.freshness() == Freshness.LIVE);
            for (int i = 1; i <= 300; i++) {
                service.publish(Samples.change(Instant.now(), requests(i)));
                if (random.nextInt(15) == 0) {
                    int before = service.resumedFrom.size();
                    service.cut();
                    service.publish(Samples.change(Instant.now(), requests(++i)));
                    until("resumed", () -> service.resumedFrom.size() > before);
                }
            }

            until("all of them", () -> shown() >= 300);

            assertThat(store.state().events()).isEqualTo(shown() + 1);
            assertThat(store.state().gaps()).isZero();
            assertThat(service.resumedFrom).hasSizeGreaterThan(10);
        }
    }

    @Test
    @DisplayName("O4 what cannot be resumed is a gap with its count")
    void aTrimmedLogIsAGap() throws InterruptedException {
        try (var stream = stream(NEVER)) {
            stream.start();
            until("live", () -> store.freshness() == Freshness.LIVE);
            missed(service, 5);

            until("gap", () -> store.state().gaps() == 1);
            until("state", () -> shown() == 5);

            assertThat(store.state().lost()).isPositive();
        }
    }

    @Test
    void aSkippedNumberIsAGapToo() throws InterruptedException {
        try (var stream = stream(NEVER)) {
            stream.start();
            until("live", () -> store.freshness() == Freshness.LIVE);

            service.raw(change("e1:4", 9));

            until("applied", () -> shown() == 9);
            assertThat(store.state().gaps()).isOne();
            assertThat(store.state().lost()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("O4 an event that comes twice is shown once")
    void aRepeatedEventIsIgnored() throws InterruptedException {
        try (var stream = stream(NEVER)) {
            stream.start();
            until("live", () -> store.freshness() == Freshness.LIVE);

            service.raw(change("e1:1", 1));
            service.raw(change("e1:1", 1));
            service.raw(change("e1:2", 2));

            until("applied", () -> shown() == 2);
            assertThat(store.state().events()).isEqualTo(3);
        }
    }

    @Test
    void aResetAsksForNothingAndShowsTheNewState() throws InterruptedException {
        try (var stream = stream(NEVER)) {
            stream.start();
            until("live", () -> store.freshness() == Freshness.LIVE);

            service.raw(SseFrames.event(null, "reset", "{\"reason\":\"restarted\"}".getBytes(StandardCharsets.UTF_8)));

            until("gap", () -> store.state().gaps() == 1);
            assertThat(store.state().lost()).isZero();
        }
    }

    @Test
    void anUnreadableEventStartsOverWithAWholeState() throws InterruptedException {
        try (var stream = stream(NEVER)) {
            stream.start();
            until("live", () -> store.freshness() == Freshness.LIVE);

            service.raw(SseFrames.event("e1:1", "change", "{\"at\":".getBytes(StandardCharsets.UTF_8)));

            until("again", () -> service.resumedFrom.size() == 2);
            until("live", () -> store.state().connection() instanceof Connection.Live);
            assertThat(service.resumedFrom).containsExactly("", "");
        }
    }

    @Test
    @DisplayName("O4 a connection gone silent is given up and made anew")
    void aSilentConnectionIsMadeAnew() throws InterruptedException {
        try (var stream = stream(Duration.ofMillis(150))) {
            service.mute(true);
            stream.start();

            until("reconnecting", () -> service.resumedFrom.size() >= 2);
        }
    }

    @Test
    void aRefusalSaysWhy() throws InterruptedException {
        var stranger = new FixedService(new Endpoint(service.base(), Token.of("wrong")));
        try (var stream = new EventStream(http, stranger, store, quick(), NEVER)) {
            stream.start();

            until("refused", () -> store.state().connection() instanceof Connection.Broken);

            assertThat(store.state().connection())
                    .isInstanceOfSatisfying(
                            Connection.Broken.class,
                            broken -> assertThat(broken.reason()).isEqualTo("This token is not known"));
        }
    }

    private EventStream stream(Duration longestSilence) {
        return new EventStream(http, new FixedService(service.endpoint()), store, quick(), longestSilence);
    }

    private static ReconnectPolicy quick() {
        return new ReconnectPolicy(Duration.ofMillis(4), Duration.ofMillis(8), Duration.ZERO, new Random(1));
    }

    /// Lets the console miss changes that the service then forgets.
    private static void missed(FakeService service, int changes) {
        synchronized (service) {
            service.cut();
            for (int i = 1; i <= changes; i++) {
                service.publishUnseen(Samples.change(Instant.now(), requests(i)));
            }
            service.trim();
        }
    }

    private static byte[] change(String id, long requests) {
        return SseFrames.event(id, "change", Json.bytes(Samples.change(Instant.now(), requests(requests))));
    }

    private static CoalesceTotals requests(long number) {
        return new CoalesceTotals(number, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private long shown() {
        var snapshot = store.state().snapshot();
        return snapshot == null ? -1 : snapshot.totals().requests();
    }
}
