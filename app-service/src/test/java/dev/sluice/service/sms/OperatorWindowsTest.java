package dev.sluice.service.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.model.sms.BatchView;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class OperatorWindowsTest {
    @RegisterExtension
    final SmsBench bench = new SmsBench();

    @Test
    @DisplayName("S8 a held sender's window stays open; released, it is due when it would have been")
    void holdAndRelease() {
        bench.text("Yes");
        hold();
        bench.seconds(600);
        assertThat(bench.only().state()).isEqualTo("held");
        assertThat(bench.replies()).isEmpty();

        bench.senders.release(bench.maria(), SmsBench.ANN);
        bench.settle();

        assertThat(bench.only().outcome()).isEqualTo("SENT");
        assertThat(bench.audited()).containsExactly("sender.held", "sender.released");
        assertThat(bench.column("SELECT reason AS x FROM ops_audit")).containsOnly("a reason");
        refused(() -> bench.senders.release(bench.maria(), SmsBench.ANN));
    }

    @Test
    @DisplayName("S8 a sender held while its batch is handled gets no reply until it is released")
    void holdWhileHandled() {
        bench.model.then(chunks -> {
            bench.senders.hold(bench.maria(), SmsBench.ANN);
            chunks.text("AGREE");
        });
        bench.text("Yes");
        bench.seconds(60);
        assertThat(bench.only().state()).isEqualTo("claimed");
        assertThat(bench.sender.attempts).isEmpty();
        refused(() -> bench.senders.drop(bench.maria(), SmsBench.ANN));

        bench.senders.release(bench.maria(), SmsBench.ANN);
        bench.settle();

        assertThat(bench.only().outcome()).isEqualTo("SENT");
        assertThat(bench.model.calls).hasSize(1);
    }

    @Test
    @DisplayName("S8 extending puts a window off, an overdue one from now; undone, it is due as before")
    void extend() {
        bench.text("Yes");
        Instant due = bench.only().deadlineAt();
        bench.senders.extend(bench.maria(), Duration.ofMinutes(5), SmsBench.ANN);
        assertThat(bench.only().deadlineAt()).isEqualTo(due.plusSeconds(300));
        refused(() -> bench.senders.extend(bench.maria(), Duration.ofHours(24), SmsBench.ANN));

        undo();
        assertThat(bench.only().deadlineAt()).isEqualTo(due);
        bench.policy.paused = true;
        bench.seconds(90);
        bench.senders.extend(bench.maria(), Duration.ofSeconds(30), SmsBench.ANN);
        bench.policy.paused = false;
        bench.service.settingsChanged();
        bench.seconds(29);
        assertThat(bench.only().state()).isEqualTo("open");
        bench.seconds(1);
        assertThat(bench.only().state()).isEqualTo("done");
    }

    @Test
    @DisplayName("S8 a window that was extended is due then after a restart too")
    void extendedOverARestart() throws Exception {
        bench.text("Yes");
        bench.senders.extend(bench.maria(), Duration.ofMinutes(5), SmsBench.ANN);
        bench.restart();
        bench.seconds(359);
        assertThat(bench.only().state()).isEqualTo("open");
        bench.seconds(1);
        assertThat(bench.only().state()).isEqualTo("done");
    }

    @Test
    @DisplayName("S8 a flush at the deadline: one batch, whoever is first")
    void flushAtTheDeadline() throws Exception {
        for (int round = 0; round < 20; round++) {
            String number = "+6391710000%02d".formatted(round);
            bench.text(number, "Yes");
            String id = bench.senderId(number);
            var flush = Thread.ofVirtual().start(() -> {
                try {
                    bench.senders.flush(id, SmsBench.ANN);
                } catch (ActionRefusedException late) {
                    assertThat(late.unknown()).isFalse();
                }
            });
            bench.step(Duration.ofSeconds(60));
            flush.join();
            bench.settle();
        }
        assertThat(bench.all()).hasSize(20).extracting(BatchView::outcome).containsOnly("SENT");
        assertThat(bench.model.calls).hasSize(20);
        assertThat(bench.replies()).hasSize(20);
    }

    @Test
    @DisplayName("S8 a flushed window that waits can be taken back, as long as it is not handled")
    void undoFlush() {
        bench.policy.paused = true;
        bench.text("Yes");
        bench.senders.flush(bench.maria(), SmsBench.ANN);
        assertThat(bench.only().state()).isEqualTo("closed");
        undo();
        assertThat(bench.only().state()).isEqualTo("open");

        bench.senders.flush(bench.maria(), SmsBench.ANN);
        bench.policy.paused = false;
        bench.service.settingsChanged();
        bench.settle();
        refused(this::undo);
        assertThat(bench.replies()).hasSize(1);
        assertThat(bench.audited()).containsExactly("sender.flushed", "sender.undone", "sender.flushed");
    }

    @Test
    @DisplayName("S8 undoing the flush of a held window holds it again")
    void undoFlushOfAHeldWindow() {
        bench.policy.paused = true;
        bench.text("Yes");
        hold();
        bench.senders.flush(bench.maria(), SmsBench.ANN);
        undo();
        bench.policy.paused = false;
        bench.service.settingsChanged();
        bench.seconds(300);

        assertThat(bench.only().state()).isEqualTo("held");
        assertThat(bench.sender(SmsBench.MARIA).held()).isTrue();
    }

    @Test
    @DisplayName("S8 a dropped window is not handled; taken back, it is due as before")
    void dropAndUndo() {
        bench.text("Yes");
        bench.senders.drop(bench.maria(), SmsBench.ANN);
        bench.seconds(30);
        assertThat(bench.only().outcome()).isEqualTo("SUPPRESSED");
        assertThat(bench.only().reason()).isEqualTo("dropped");

        undo();
        bench.seconds(29);
        assertThat(bench.only().state()).isEqualTo("open");
        assertThat(bench.only().outcome()).isNull();
        bench.seconds(1);
        assertThat(bench.only().outcome()).isEqualTo("SENT");
        refused(this::undo);
    }

    @Test
    @DisplayName("S8 undoing a drop while another window gathers puts its texts first there")
    void undoIntoAnother() {
        bench.text("first");
        bench.senders.drop(bench.maria(), SmsBench.ANN);
        bench.seconds(10);
        bench.text("second");
        undo();

        assertThat(bench.sender(SmsBench.MARIA).joined()).isEqualTo("first\nsecond");
        assertThat(bench.batch(0).reason()).isEqualTo("merged");
        bench.seconds(60);
        assertThat(bench.batch(1).texts()).isEqualTo(2);
        assertThat(bench.replies()).hasSize(1);
    }

    @Test
    @DisplayName("S8 undoing the flush of a held window while another gathers holds that one")
    void undoHeldIntoAnother() {
        bench.policy.paused = true;
        bench.text("first");
        hold();
        bench.senders.flush(bench.maria(), SmsBench.ANN);
        bench.text("second");
        undo();
        assertThat(bench.sender(SmsBench.MARIA).joined()).isEqualTo("first\nsecond");
        assertThat(bench.batch(1).state()).isEqualTo("held");
    }

    @Test
    @DisplayName("S8 a word that came alone stays alone when its drop is undone")
    void undoDropOfAWord() {
        bench.policy.paused = true;
        bench.text("help");
        bench.senders.drop(bench.maria(), SmsBench.ANN);
        bench.text("I come");
        undo();
        bench.policy.paused = false;
        bench.service.settingsChanged();
        bench.seconds(60);
        assertThat(bench.replies())
                .containsExactlyInAnyOrder("Reply STOP to end.", "Thanks for confirming! See you soon.");
    }

    @Test
    @DisplayName("S8 a batch that failed can be dropped and brought back: it is asked about once and goes alone")
    void undoDropOfAJudgedOne() {
        bench.model.then(_ -> {
            throw new IllegalStateException("a fault of ours");
        });
        bench.text("Yes");
        bench.seconds(60);
        assertThat(bench.only().state()).isEqualTo("closed");
        bench.senders.drop(bench.maria(), SmsBench.ANN);
        bench.text("more");
        undo();
        bench.seconds(120);

        assertThat(bench.all()).extracting(BatchView::outcome).containsOnly("SENT");
        assertThat(bench.all()).extracting(BatchView::texts).containsExactly(1, 1);
        assertThat(bench.model.calls).hasSize(2);
    }

    @Test
    @DisplayName("S8 while paused texts are kept in their window, which closes when the pause is over")
    void pause() {
        bench.text("one");
        bench.policy.paused = true;
        bench.seconds(200);
        bench.text("two");
        bench.seconds(200);
        assertThat(bench.only().state()).isEqualTo("open");
        assertThat(bench.only().texts()).isEqualTo(2);
        assertThat(bench.model.calls).isEmpty();

        bench.policy.paused = false;
        bench.service.settingsChanged();
        bench.settle();
        assertThat(bench.only().outcome()).isEqualTo("SENT");
    }

    private void hold() {
        bench.senders.hold(bench.maria(), SmsBench.ANN);
    }

    private void undo() {
        bench.senders.undo(bench.maria(), SmsBench.ANN);
    }

    private static void refused(Runnable action) {
        assertThatExceptionOfType(ActionRefusedException.class).isThrownBy(action::run);
    }
}
