package dev.sluice.service.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.service.http.Until;
import dev.sluice.service.sms.TextIntake.Taken;
import dev.sluice.service.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class AcknowledgedTextsTest {
    @RegisterExtension
    final SmsBench bench = new SmsBench();

    @Test
    @DisplayName("S1 three texts within the window: one batch, one call, one reply")
    void burst() {
        bench.text("Yes");
        bench.seconds(10);
        bench.text("I can help");
        bench.seconds(10);
        bench.text("see you at 8");
        bench.seconds(39);
        assertThat(bench.only().state()).isEqualTo("open");

        bench.seconds(1);

        assertThat(bench.only().state()).isEqualTo("done");
        assertThat(bench.only().outcome()).isEqualTo("SENT");
        assertThat(bench.model.calls).hasSize(1);
        assertThat(bench.replies()).containsExactly("Thanks for confirming! See you soon.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
    @DisplayName("S1 dying between any two commits: what was acknowledged is in one batch, asked about once at most,"
            + " answered once at most")
    void deathAtEveryStep(int commits) {
        bench.commitsLeft(commits);
        boolean first = tried("g-first");
        boolean acknowledged = tried("g-second") && first;
        bench.seconds(62);

        bench.kill();
        bench.seconds(70);

        if (acknowledged) {
            assertThat(bench.rows("SELECT guid AS x FROM texts", row -> row.text("x")))
                    .contains("g-first", "g-second");
        }
        assertThat(bench.all()).allSatisfy(batch -> {
            assertThat(batch.state()).isEqualTo("done");
            assertThat(batch.failures()).isZero();
            assertThat(batch.outcome()).isIn("SENT", "UNKNOWN");
        });
        assertThat(bench.model.calls).hasSizeLessThanOrEqualTo(1);
        assertThat(bench.sender.sent).hasSizeLessThanOrEqualTo(1);
        // unknown is only what was on its way when the process died
        assertThat(bench.all())
                .filteredOn(batch -> "UNKNOWN".equals(batch.outcome()))
                .hasSize(bench.sender.attempts.size() - sentAndKnown());
        assertThat(bench.number("SELECT COUNT(*) AS n FROM texts"))
                .isEqualTo(
                        bench.all().stream().mapToLong(batch -> batch.texts()).sum());
    }

    private int sentAndKnown() {
        return (int) bench.all().stream()
                .filter(batch -> "SENT".equals(batch.outcome()))
                .count();
    }

    private boolean tried(String guid) {
        try {
            bench.take(guid, SmsBench.MARIA, "I come, " + guid, null);
            return true;
        } catch (StoreUnavailableException sick) {
            return false;
        }
    }

    @Test
    @DisplayName("S1 a process that dies while the provider is asked: another one finishes, and asks nobody again")
    void deathWhileAsking() throws Exception {
        bench.model.then(_ -> new CountDownLatch(1).await());
        bench.text("I can come");
        bench.step(Duration.ofSeconds(60));
        Until.holds("the provider is asked", () -> bench.model.calls.size() == 1);

        bench.kill();
        bench.seconds(1);

        assertThat(bench.model.calls).hasSize(1);
        assertThat(bench.only().method()).isEqualTo("LOCAL_RULES");
        assertThat(bench.only().why()).contains("ended while the provider was asked");
        assertThat(bench.only().outcome()).isEqualTo("SENT");
    }

    @Test
    @DisplayName("S1 a service that is stopped and started has every window go on")
    void restart() throws Exception {
        bench.text("Yes");
        bench.text("+639170000002", "No");
        bench.seconds(30);
        bench.restart();
        bench.text("and I bring a friend");
        bench.seconds(29);
        assertThat(bench.all()).allSatisfy(batch -> assertThat(batch.state()).isEqualTo("open"));

        bench.seconds(1);

        assertThat(bench.all())
                .hasSize(2)
                .allSatisfy(batch -> assertThat(batch.outcome()).isEqualTo("SENT"));
        assertThat(bench.batch(0).texts()).isEqualTo(2);
        assertThat(bench.replies()).hasSize(2);
    }

    @Test
    @DisplayName("S2 a delivery that is repeated after its answer was lost makes nothing new; its window is alive")
    void lostAnswer() {
        bench.take("g-1", SmsBench.MARIA, "Yes", null);
        bench.kill();
        bench.seconds(20);

        Taken again = bench.take("g-1", SmsBench.MARIA, "Yes", null);

        assertThat(again.skipped()).isEqualTo(1);
        assertThat(bench.only().texts()).isEqualTo(1);
        assertThat(bench.service.view().nextDeadline()).isEqualTo(bench.only().deadlineAt());
        bench.seconds(40);
        assertThat(bench.only().outcome()).isEqualTo("SENT");
    }

    @Test
    @DisplayName("D4 while the store is sick nothing is acknowledged; what was, waits and goes on by itself")
    void sickStore() {
        bench.text("Yes");
        bench.commitsFail(true);
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> bench.text("I can help"));
        bench.seconds(75);
        assertThat(bench.only().state()).isEqualTo("open");

        bench.commitsFail(false);
        bench.seconds(5);

        assertThat(bench.only().texts()).isEqualTo(1);
        assertThat(bench.only().failures()).isZero();
        assertThat(bench.only().outcome()).isEqualTo("SENT");
        assertThat(bench.replies()).hasSize(1);
    }

    @Test
    @DisplayName("D4 a store that is sick when a reply was just sent: it is known to be sent once the store is well")
    void sickAfterSending() {
        bench.sender.then(reply -> {
            bench.commitsFail(true);
            return bench.sender.take(reply);
        });
        bench.text("Yes");
        bench.seconds(65);
        assertThat(bench.only().state()).isEqualTo("claimed");

        bench.commitsFail(false);
        bench.seconds(3);

        assertThat(bench.only().outcome()).isEqualTo("SENT");
        assertThat(bench.sender.attempts).hasSize(1);
        assertThat(bench.service.report("fake", "p-1", true)).isTrue();
    }
}
