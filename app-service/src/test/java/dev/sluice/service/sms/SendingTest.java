package dev.sluice.service.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.model.sms.BatchView;
import dev.sluice.service.http.Until;
import dev.sluice.service.sms.reply.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class SendingTest {
    @RegisterExtension
    final SmsBench bench = new SmsBench();

    @Test
    @DisplayName("S13 the intent is stored before the first byte: what the disk does not take is not sent")
    void intentFirst() {
        var states = new ArrayList<String>();
        bench.sender.then(reply -> {
            states.addAll(bench.rows("SELECT state AS x FROM replies WHERE id = ?", row -> row.text("x"), reply.id()));
            return bench.sender.take(reply);
        });
        bench.text("yes");
        bench.seconds(60);
        assertThat(states).containsExactly("intent");
        assertThat(bench.only().replyState()).isEqualTo("sent");
    }

    @Test
    @DisplayName("S13 what was provably not delivered is tried again under the same id, later and later")
    void notDelivered() {
        bench.sender.then(_ -> new Delivery.NotDelivered("busy", null));
        bench.sender.then(_ -> new Delivery.NotDelivered("busy", Duration.ofMinutes(2)));
        bench.text("yes");
        bench.seconds(61);
        assertThat(bench.sender.attempts).hasSize(1);
        bench.seconds(1);
        assertThat(bench.sender.attempts).hasSize(2);
        assertThat(bench.only().replyState()).isEqualTo("ready");
        bench.seconds(119);
        assertThat(bench.sender.attempts).hasSize(2);
        bench.kill();
        bench.seconds(5);

        assertThat(bench.only().outcome()).isEqualTo("SENT");
        assertThat(bench.sender.sent).hasSize(1);
        assertThat(bench.sender.attempts)
                .extracting(reply -> reply.id())
                .containsOnly(bench.only().replyId());
        assertThat(bench.model.calls).hasSize(1);
    }

    @Test
    @DisplayName("S13 a reply that is never taken is given up after eight attempts, and is refused")
    void neverTaken() {
        for (int i = 0; i < 20; i++) {
            bench.sender.then(_ -> new Delivery.NotDelivered("busy", null));
        }
        bench.text("yes");
        bench.advance(Duration.ofHours(1));
        assertThat(bench.sender.attempts).hasSize(8);
        assertThat(bench.only().outcome()).isEqualTo("REFUSED");
        assertThat(bench.only().reason()).isEqualTo("never taken: busy");
    }

    @Test
    @DisplayName("S13 a reply of which nobody knows is never sent again by itself, whatever happens")
    void unknown() throws Exception {
        bench.sender.then(reply -> {
            bench.sender.take(reply);
            return new Delivery.Unknown("no answer in time");
        });
        bench.text("yes");
        bench.seconds(60);
        bench.service.settingsChanged();
        bench.restart();
        bench.advance(Duration.ofHours(2));

        assertThat(bench.only().outcome()).isEqualTo("UNKNOWN");
        assertThat(bench.only().reason()).isEqualTo("no answer in time");
        assertThat(bench.sender.attempts).hasSize(1);
        assertThat(bench.service.view().unknown()).isEqualTo(1);

        bench.batches.settleUnknown(bench.only().id(), true, SmsBench.ANN);
        assertThat(bench.only().outcome()).isEqualTo("SENT");
        bench.seconds(2);
        assertThat(bench.service.view().unknown()).isZero();
        assertThatExceptionOfType(ActionRefusedException.class)
                .isThrownBy(() -> bench.batches.settleUnknown(bench.only().id(), false, SmsBench.ANN));
    }

    @Test
    @DisplayName("S13 a process that dies while it sends leaves an unknown reply, and the sender's next batch runs")
    void deathWhileSending() {
        bench.sender.then(reply -> {
            bench.sender.take(reply);
            return blocked();
        });
        bench.text("yes");
        bench.step(Duration.ofSeconds(60));
        Until.holds("it is being sent", () -> bench.sender.sent.size() == 1);
        bench.text("and more");

        bench.kill();
        bench.seconds(60);

        assertThat(bench.all()).extracting(BatchView::outcome).containsExactly("UNKNOWN", "SENT");
        assertThat(bench.sender.sent).hasSize(2);
        assertThat(bench.model.calls).hasSize(2);
    }

    @Test
    @DisplayName("S13 an orderly end interrupts what is being sent; it is unknown, not a failure, and not sent again")
    void stoppedWhileSending() {
        bench.sender.then(_ -> {
            blocked();
            return new Delivery.Unknown("interrupted");
        });
        bench.text("yes");
        bench.step(Duration.ofSeconds(60));
        Until.holds("it is being sent", () -> bench.sender.attempts.size() == 1);
        bench.service.close();
        bench.kill();
        bench.seconds(1);

        assertThat(bench.only().outcome()).isEqualTo("UNKNOWN");
        assertThat(bench.only().failures()).isZero();
        assertThat(bench.sender.attempts).hasSize(1);
    }

    @Test
    @DisplayName("S14 a refusal ends the batch with its reason, and is not tried again")
    void refused() {
        bench.sender.then(_ -> new Delivery.Refused("no credit"));
        bench.text("yes");
        bench.advance(Duration.ofMinutes(10));
        assertThat(bench.only().outcome()).isEqualTo("REFUSED");
        assertThat(bench.only().reason()).isEqualTo("no credit");
        assertThat(bench.sender.attempts).hasSize(1);
    }

    @Test
    @DisplayName("S13 reports of the provider turn sent into delivered or undelivered, once, in any order")
    void reports() {
        bench.text("yes");
        bench.seconds(60);
        assertThat(bench.service.report("fake", "p-1", null)).isTrue();
        assertThat(bench.only().replyState()).isEqualTo("sent");
        assertThat(bench.service.report("fake", "p-1", true)).isTrue();
        bench.service.report("fake", "p-1", null);
        bench.service.report("fake", "p-1", false);
        assertThat(bench.only().replyState()).isEqualTo("delivered");
        assertThat(bench.service.report("fake", "p-9", true)).isFalse();
        assertThat(bench.service.report("twilio", "p-1", true)).isFalse();
    }

    @Test
    @DisplayName("S13 the sender named log sends nothing, and the batch says so")
    void logSender() {
        bench.sender.real = false;
        bench.text("yes");
        bench.seconds(60);
        assertThat(bench.sender.attempts).isEmpty();
        assertThat(bench.only().outcome()).isEqualTo("SUPPRESSED");
        assertThat(bench.only().reason()).isEqualTo("sender_is_log");
        assertThatExceptionOfType(ActionRefusedException.class)
                .isThrownBy(() -> bench.batches.reply(bench.maria(), "hello", SmsBench.ANN));
    }

    @Test
    @DisplayName("S13 an operator's reply is sent once; a store that is sick afterwards makes nobody send it again")
    void operatorsReply() {
        bench.text("yes");
        bench.sender.then(reply -> {
            bench.commitsFail(true);
            return bench.sender.take(reply);
        });
        assertThat(bench.batches.reply(bench.maria(), "hello", SmsBench.ANN)).isInstanceOf(Delivery.Sent.class);
        bench.kill();
        assertThat(bench.column("SELECT state AS x FROM replies")).containsExactly("unknown");
        bench.batches.reply(bench.maria(), "hello again", SmsBench.ANN);
        assertThat(bench.replies()).containsExactly("hello", "hello again");
        assertThat(bench.audited()).containsExactly("sender.replied", "sender.replied");
        assertThat(bench.service.view().unknown()).isZero();
    }

    private static Delivery blocked() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return new Delivery.Unknown("interrupted");
    }
}
