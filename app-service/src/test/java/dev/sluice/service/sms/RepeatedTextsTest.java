package dev.sluice.service.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.service.http.Until;
import dev.sluice.service.sms.TextIntake.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class RepeatedTextsTest {
    @RegisterExtension
    final SmsBench bench = new SmsBench();

    @Test
    @DisplayName("S3 sixty-four posts of one guid at the same time are one text")
    void race() throws Exception {
        int processed = 0;
        try (var threads = Executors.newFixedThreadPool(64)) {
            var posts = new ArrayList<Callable<Taken>>();
            for (int i = 0; i < 64; i++) {
                posts.add(() -> bench.take("g-1", SmsBench.MARIA, "Yes", null));
            }
            for (Future<Taken> post : threads.invokeAll(posts)) {
                processed += post.get().processed();
            }
        }

        assertThat(processed).isEqualTo(1);
        assertThat(bench.only().texts()).isEqualTo(1);
        assertThat(bench.service.view().duplicates()).isEqualTo(63);
    }

    @Test
    @DisplayName("S3 a guid that is twice in one payload is one text")
    void insideOnePayload() {
        Taken taken = bench.take(
                new Incoming(0, "g-1", SmsBench.MARIA, "Yes", null),
                new Incoming(1, "g-2", SmsBench.MARIA, "I come", null),
                new Incoming(2, "g-1", SmsBench.MARIA, "Yes", null));

        assertThat(taken.processed()).isEqualTo(2);
        assertThat(taken.skipped()).isEqualTo(1);
        assertThat(bench.only().texts()).isEqualTo(2);
    }

    @Test
    @DisplayName("S3 another text under a guid that is taken: the first stands, the conflict is listed")
    void conflict() {
        bench.take("g-1", SmsBench.MARIA, "Yes", null);
        bench.take("g-1", SmsBench.MARIA, "No", null);
        bench.take("g-1", SmsBench.MARIA, "Yes", null);

        assertThat(bench.sender(SmsBench.MARIA).pending()).singleElement().satisfies(text -> {
            assertThat(text.text()).isEqualTo("Yes");
            assertThat(text.conflicts()).isEqualTo(1);
        });
        Until.holds("it is listed", () -> bench.number("SELECT COUNT(*) AS n FROM refused_texts") == 1);
        assertThat(bench.column("SELECT reason AS x FROM refused_texts")).containsExactly("guid_conflict");
    }

    @Test
    @DisplayName("S3 a guid is known for 45 days, across restarts and after its text was forgotten, and no longer")
    void days() {
        bench.take("g-1", SmsBench.MARIA, "Yes", null);
        bench.seconds(60);
        bench.kill(Duration.ofDays(45).minusMinutes(5));
        sweep();
        assertThat(bench.column("SELECT body AS x FROM texts")).containsOnlyNulls();

        assertThat(bench.take("g-1", SmsBench.MARIA, "Yes", null).skipped()).isEqualTo(1);
        assertThat(bench.column("SELECT CAST(conflicts AS TEXT) AS x FROM texts"))
                .containsExactly("0");

        bench.kill(Duration.ofMinutes(10));
        sweep();
        assertThat(bench.take("g-1", SmsBench.MARIA, "Yes", null).processed()).isEqualTo(1);
        assertThat(bench.number("SELECT COUNT(*) AS n FROM replies")).isZero();
    }

    @Test
    @DisplayName("S3 what waits is kept however long it waits: its texts, and that it is being answered")
    void nothingThatWaitsIsRemoved() {
        bench.text("Yes");
        bench.senders.hold(bench.maria(), SmsBench.ANN);
        bench.kill(Duration.ofDays(60));
        sweep();

        bench.senders.release(bench.maria(), SmsBench.ANN);
        bench.seconds(1);

        assertThat(bench.only().outcome()).isEqualTo("SENT");
        assertThat(bench.model.calls).hasSize(1);
    }

    @Test
    @DisplayName("S4 the same text within ten seconds under another guid: kept, flagged, counted once")
    void twin() {
        Instant said = bench.clock.now();
        bench.take("g-1", SmsBench.MARIA, "Yes", said);
        bench.take("g-2", SmsBench.MARIA, " Yes ", said.plusSeconds(10));
        bench.take("g-3", SmsBench.MARIA, "Yes", said.plusSeconds(11));
        bench.take("g-4", "+639170000002", "Yes", said);

        assertThat(bench.batch(0).texts()).isEqualTo(3);
        assertThat(bench.batch(0).twins()).isEqualTo(1);
        assertThat(bench.batch(1).twins()).isZero();
        assertThat(bench.sender(SmsBench.MARIA).joined()).isEqualTo("Yes\nYes");
    }

    @Test
    @DisplayName("S4 an operator has a twin counted; after its window closed it is too late")
    void countTwin() {
        Instant said = bench.clock.now();
        bench.take("g-1", SmsBench.MARIA, "Yes", said);
        bench.take("g-2", SmsBench.MARIA, "Yes", said);
        bench.take("g-3", SmsBench.MARIA, "Yes", said);
        var twins = bench.rows("SELECT id AS x FROM texts WHERE twin_of IS NOT NULL", row -> row.text("x"));

        bench.batches.countTwin(twins.getFirst(), SmsBench.ANN);

        assertThat(bench.sender(SmsBench.MARIA).joined()).isEqualTo("Yes\nYes");
        assertThat(bench.audited()).containsExactly("text.counted");
        bench.seconds(60);
        assertThatExceptionOfType(ActionRefusedException.class)
                .isThrownBy(() -> bench.batches.countTwin(twins.getLast(), SmsBench.ANN));
    }

    @Test
    @DisplayName("S4 a text whose twin was dropped counts: nothing else says it")
    void twinOfADroppedOne() {
        bench.text("Yes");
        bench.senders.drop(bench.maria(), SmsBench.ANN);
        bench.text("Yes");
        bench.seconds(60);

        assertThat(bench.batch(1).twins()).isZero();
        assertThat(bench.batch(1).outcome()).isEqualTo("SENT");
    }

    @Test
    @DisplayName("S4 a batch that only repeats another one is neither asked about nor answered")
    void onlyTwins() {
        bench.policy.rules = SetPolicy.rules(Duration.ZERO);
        bench.text("Yes");
        bench.settle();
        bench.text("Yes");
        bench.settle();

        assertThat(bench.batch(1).twins()).isEqualTo(1);
        assertThat(bench.batch(1).outcome()).isEqualTo("SUPPRESSED");
        assertThat(bench.batch(1).reason()).isEqualTo("nothing_counts");
        assertThat(bench.model.calls).hasSize(1);
        assertThat(bench.replies()).hasSize(1);
    }

    private void sweep() {
        new SmsUpkeep(bench.db(), bench.clock::now, () -> Duration.ofDays(30)).sweep();
    }
}
