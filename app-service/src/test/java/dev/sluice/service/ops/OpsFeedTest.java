package dev.sluice.service.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.ops.OpsChange;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.store.TemporaryDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class OpsFeedTest {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration MS = Duration.ofMillis(1);

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private OpsServer ops;
    private OpsFeed feed;

    @BeforeEach
    void start() throws Exception {
        ops = new OpsServer(temporary.db(), Map.of());
        feed = new OpsFeed(ops.view, "feed-1", ops.wakeups, ops.clock);
    }

    @AfterEach
    void stop() {
        feed.close();
        ops.close();
    }

    @Test
    @DisplayName("O1 at most ten changes a second whatever the load and however often it is looked at")
    void atMostTenChangesASecond() throws Exception {
        try (Cursor cursor = feed.open(null).cursor()) {
            var at = new ArrayList<Instant>();
            for (int ms = 0; ms < 3_000; ms++) {
                ops.openStreams.incrementAndGet();
                if (ms % 7 == 0) {
                    feed.now();
                }
                ops.clock.advance(MS);
                for (var entry : cursor.read(1 << 20).entries()) {
                    at.add(change(new String(entry.frame(), StandardCharsets.UTF_8))
                            .at());
                }
            }

            assertThat(at).hasSizeBetween(28, 31);
            for (int i = 10; i < at.size(); i++) {
                assertThat(Duration.between(at.get(i - 10), at.get(i))).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            }
        }
    }

    @Test
    @DisplayName("O1 the last change of a burst is published within a tick or two")
    void lastChangeIsPublished() {
        try (Cursor cursor = feed.open(null).cursor()) {
            for (int i = 1; i <= 500; i++) {
                ops.openStreams.set(i);
                feed.now();
            }
            ops.clock.advance(TICK);

            assertThat(feed.now().state().load().openStreams()).isEqualTo(500);
            assertThat(cursor.read(1 << 20).entries()).hasSizeBetween(1, 2);
        }
    }

    @Test
    void nothingIsPublishedWhileNothingChanges() {
        try (Cursor cursor = feed.open(null).cursor()) {
            ops.clock.advance(Duration.ofSeconds(10));

            assertThat(cursor.read(1 << 20).entries()).isEmpty();
            assertThat(feed.now().id()).hasToString("feed-1:0");
        }
    }

    @Test
    void nobodyReadingCostsNothing() {
        assertThat(ops.clock.pending()).isZero();
        ops.openStreams.set(7);
        try (Cursor first = feed.open(null).cursor();
                Cursor second = feed.open(null).cursor()) {
            assertThat(first.position()).isEqualTo(second.position()).isZero();
            ops.clock.advance(Duration.ofSeconds(10));
            assertThat(ops.clock.pending()).isOne();
            var beyond = feed.open("feed-1:2");
            beyond.cursor().close();
            assertThat(beyond.reset()).isEqualTo("future");
        }
        ops.clock.advance(TICK);
        assertThat(ops.clock.pending()).isZero();
    }

    @Test
    void aReaderAfterAllHaveGoneMakesItTickAgain() {
        feed.open(null).cursor().close();
        ops.clock.advance(TICK.multipliedBy(3));
        ops.openStreams.set(7);
        try (Cursor cursor = feed.open(null).cursor()) {
            ops.clock.advance(TICK);
            assertThat(cursor.read(1 << 20).entries()).hasSize(1);
        }
    }

    @Test
    @DisplayName("X4 a closed feed ticks no more")
    void closedFeedTicksNoMore() {
        try (var _ = feed.open(null).cursor()) {
            feed.close();
            ops.clock.advance(TICK);
            assertThat(ops.clock.pending()).isZero();
            try (var _ = feed.open(null).cursor()) {
                assertThat(ops.clock.pending()).isZero();
            }
        }
    }

    @Test
    @DisplayName("O4 a stream begins with a snapshot, then come changes; resumed, it loses and repeats nothing")
    void resumesWithoutLoss() throws Exception {
        SseEvent last;
        int shown;
        try (OpsEvents stream = ops.stream()) {
            SseEvent snapshot = stream.next();
            assertThat(snapshot.type()).isEqualTo("snapshot");
            assertThat(snapshot.id()).startsWith("ops-1:");
            assertThat(OpsEvents.json(snapshot).path("operator").path("name").asText())
                    .isEqualTo("ann");
            ops.openStreams.set(1);
            last = nextWhileTicking(stream);
            assertThat(last.type()).isEqualTo("change");
            shown = OpsEvents.json(last).path("load").path("open_streams").asInt();
            assertThat(shown).isEqualTo(1);
        }
        long seen = number(last);

        try (OpsEvents resumed = ops.stream("Last-Event-ID", last.id())) {
            ops.openStreams.set(2);
            SseEvent next = nextWhileTicking(resumed);

            assertThat(next.type()).isEqualTo("change");
            assertThat(number(next)).isEqualTo(seen + 1);
            assertThat(OpsEvents.json(next).path("load").path("open_streams").asInt())
                    .isEqualTo(2);
            assertThat(OpsEvents.json(next).has("settings")).isFalse();
        }
    }

    @Test
    @DisplayName("R4 an unreadable cursor and another run's are told as reset, then comes a snapshot")
    void unusableCursors() throws Exception {
        for (var cursor : Map.of("garbage", "garbage", "ops-0:3", "epoch", "ops-1:99", "future")
                .entrySet()) {
            try (OpsEvents stream = ops.stream("Last-Event-ID", cursor.getKey())) {
                SseEvent reset = stream.next();
                assertThat(reset.type()).isEqualTo("reset");
                assertThat(reset.id()).isEmpty();
                assertThat(OpsEvents.json(reset).path("reason").asText()).isEqualTo(cursor.getValue());
                assertThat(stream.next().type()).isEqualTo("snapshot");
            }
        }
    }

    @Test
    @DisplayName("R4 a cursor whose changes are gone is told the gap, then comes a snapshot and what follows it")
    void trimmedCursor() throws Exception {
        try (OpsEvents stream = ops.stream()) {
            assertThat(stream.next().type()).isEqualTo("snapshot");
            ops.openStreams.set(-1);
            nextWhileTicking(stream); // now it follows
            for (int i = 1; i <= 1_200; i++) {
                ops.openStreams.set(i);
                ops.clock.advance(TICK);
            }
        }

        try (OpsEvents late = ops.stream("Last-Event-ID", "ops-1:1")) {
            SseEvent gap = late.next();
            JsonNode told = OpsEvents.json(gap);
            assertThat(gap.type()).isEqualTo("gap");
            assertThat(gap.id()).isEmpty();
            assertThat(told.path("requested").asLong()).isEqualTo(2);
            assertThat(told.path("last").asLong() - told.path("first").asLong() + 1)
                    .isEqualTo(1_000);
            assertThat(told.path("lost").asLong()).isEqualTo(told.path("first").asLong() - 2);
            SseEvent snapshot = late.next();
            assertThat(snapshot.type()).isEqualTo("snapshot");
            assertThat(OpsEvents.json(snapshot)
                            .path("load")
                            .path("open_streams")
                            .asInt())
                    .isEqualTo(1_200);
        }
    }

    @Test
    void snapshotIsTheStateOfThisMoment() throws Exception {
        for (int i : List.of(3, 4, 5)) {
            ops.openStreams.set(i);

            assertThat(Json.mapper()
                            .readTree(ops.get("/api/ops/snapshot").body())
                            .path("load")
                            .path("open_streams")
                            .asInt())
                    .isEqualTo(i);
        }
    }

    private static OpsChange change(String frame) throws Exception {
        String data = frame.lines()
                .filter(line -> line.startsWith("data: "))
                .findFirst()
                .orElseThrow();
        return Json.mapper().readValue(data.substring("data: ".length()), OpsChange.class);
    }

    private static long number(SseEvent event) {
        return Long.parseLong(event.id().substring(event.id().indexOf(':') + 1));
    }

    /// Lets time go on until the next event is there.
    private SseEvent nextWhileTicking(OpsEvents stream) throws Exception {
        var next = new FutureTask<>(stream::next);
        Thread.ofVirtual().start(next);
        while (!next.isDone()) {
            ops.clock.advance(TICK);
            Thread.onSpinWait();
        }
        return next.get();
    }
}
