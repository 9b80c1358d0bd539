package dev.sluice.service.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.sms.BatchView;
import dev.sluice.service.consolidate.WindowRules;
import dev.sluice.service.http.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class OrderTest {
    @RegisterExtension
    final SmsBench bench = new SmsBench();

    @Test
    @DisplayName("S6 texts are in the order in which they were said, as far as the provider's clock can be believed")
    void order() {
        Instant now = bench.clock.now();
        bench.take("g-1", SmsBench.MARIA, "third", now.plus(Duration.ofMinutes(10)));
        bench.take("g-2", SmsBench.MARIA, "first", now.minus(Duration.ofMinutes(10)));
        bench.take(
                "g-3",
                SmsBench.MARIA,
                "second",
                now.minus(Duration.ofMinutes(10)).minusMillis(1));
        bench.take(
                "g-4",
                SmsBench.MARIA,
                "second too",
                now.plus(Duration.ofMinutes(10)).plusMillis(1));

        assertThat(bench.sender(SmsBench.MARIA).joined()).isEqualTo("first\nsecond\nsecond too\nthird");
    }

    @Test
    @DisplayName("S6 a sender's batches go one by one; texts that arrive meanwhile go into the next window")
    void oneInFlight() throws Exception {
        var gate = new CountDownLatch(1);
        bench.sender.then(reply -> {
            await(gate);
            return bench.sender.take(reply);
        });
        bench.text("one");
        bench.step(Duration.ofSeconds(60));
        Until.holds("it is in process", () -> bench.sender.attempts.size() == 1);
        bench.text("two");
        bench.text("+639170000002", "other");
        bench.step(Duration.ofSeconds(60));
        Until.holds(
                "the other sender's is over", () -> "done".equals(bench.batch(2).state()));
        assertThat(bench.batch(1).state()).isEqualTo("closed");

        gate.countDown();
        bench.settle();

        assertThat(bench.all()).extracting(BatchView::state).containsOnly("done");
        assertThat(bench.rows(
                        "SELECT number AS x FROM windows WHERE sender_id = ? ORDER BY ended_at, number",
                        row -> row.number("x"),
                        bench.maria()))
                .containsExactly(1L, 2L);
    }

    @Test
    @DisplayName("S5 the text that fills a window closes it, and those after it go on in order")
    void overflow() {
        bench.policy.rules = new WindowRules(Duration.ofSeconds(60), false, Duration.ofSeconds(60), 2, 1_000);
        var texts = new ArrayList<Incoming>();
        for (int i = 0; i < 5; i++) {
            texts.add(new Incoming(i, "g-" + i, SmsBench.MARIA, "text " + i, null));
        }
        bench.take(texts.toArray(Incoming[]::new));
        bench.settle();

        assertThat(bench.all()).extracting(BatchView::texts).containsExactly(2, 2, 1);
        assertThat(bench.all()).extracting(BatchView::closeReason).containsExactly("full", "full", null);
        bench.seconds(60);
        assertThat(bench.model.calls)
                .extracting(call -> call.messages().getLast().content())
                .satisfiesExactly(
                        first -> assertThat(first).containsSubsequence("text 0", "text 1"),
                        second -> assertThat(second).containsSubsequence("text 2", "text 3"),
                        third -> assertThat(third).contains("text 4"));
    }

    @Test
    @DisplayName("S5 a sliding window stays open while texts come, up to its cap")
    void sliding() {
        bench.policy.rules = SetPolicy.sliding(Duration.ofSeconds(60), Duration.ofSeconds(150));
        bench.text("one");
        bench.seconds(50);
        bench.text("two");
        bench.seconds(50);
        bench.text("three");
        bench.seconds(49);
        assertThat(bench.only().state()).isEqualTo("open");
        bench.seconds(1);
        assertThat(bench.only().state()).isEqualTo("done");
        assertThat(bench.only().texts()).isEqualTo(3);
    }

    @Test
    @DisplayName("S5 a window of zero seconds handles each text at once")
    void atOnce() {
        bench.policy.rules = SetPolicy.rules(Duration.ZERO);
        bench.text("one");
        bench.text("two");
        bench.settle();

        assertThat(bench.all()).hasSize(2).allSatisfy(batch -> {
            assertThat(batch.closeReason()).isEqualTo("at_once");
            assertThat(batch.outcome()).isEqualTo("SENT");
        });
    }

    @Test
    @DisplayName("S10 ten thousand windows due at once drain, sixteen at a time and no more")
    void tenThousand() throws Exception {
        bench.policy.autoReply = false;
        var inProcess = new AtomicInteger();
        var most = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            bench.model.then(chunks -> {
                most.accumulateAndGet(inProcess.incrementAndGet(), Math::max);
                LockSupport.parkNanos(1_000_000); // as a provider takes its time
                inProcess.decrementAndGet();
                chunks.text("AGREE");
            });
        }
        for (int page = 0; page < 20; page++) {
            var texts = new Incoming[500];
            for (int i = 0; i < texts.length; i++) {
                int n = page * 500 + i;
                texts[i] = new Incoming(i, "g-" + n, "+639%09d".formatted(100_000_000 + n), "Yes", null);
            }
            assertThat(bench.take(texts).processed()).isEqualTo(500);
        }
        bench.step(Duration.ofSeconds(60));
        Until.holds("most of them are closed", () -> bench.service.view().gathering() == 0);
        Until.holds("half of them are over", () -> bench.service.view().batches() > 400);

        assertThat(most.get()).isBetween(1, 16);
        assertThat(bench.number("SELECT COUNT(*) AS n FROM windows WHERE state = 'open'"))
                .isZero();
        assertThat(bench.number("SELECT COUNT(*) AS n FROM windows WHERE state = 'claimed'"))
                .isLessThanOrEqualTo(16);
        assertThat(bench.service.windDown(Duration.ofSeconds(20))).isTrue();
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
