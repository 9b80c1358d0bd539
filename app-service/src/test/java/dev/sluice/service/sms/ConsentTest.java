package dev.sluice.service.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.model.sms.BatchView;
import dev.sluice.service.sms.reply.Delivery;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class ConsentTest {
    @RegisterExtension
    final SmsBench bench = new SmsBench();

    @Test
    @DisplayName("S15 STOP does not wait: it closes the open window, and nothing is answered until START")
    void stop() throws Exception {
        bench.text("I come");
        bench.text("  stop. ");
        bench.settle();
        assertThat(bench.all()).extracting(BatchView::reason).containsExactly("opted_out", "consent_stop");
        assertThat(bench.sender(SmsBench.MARIA).optedOutAt()).isNotNull();

        bench.restart();
        bench.text("are you there?");
        bench.seconds(60);
        assertThat(bench.batch(2).reason()).isEqualTo("opted_out");
        assertThatExceptionOfType(ActionRefusedException.class)
                .isThrownBy(() -> bench.batches.reply(bench.maria(), "hello", SmsBench.ANN));

        bench.text("START");
        bench.settle();
        assertThat(bench.batch(3).reason()).isEqualTo("consent_start");
        bench.text("I come after all");
        bench.seconds(60);
        assertThat(bench.batch(4).outcome()).isEqualTo("SENT");
        assertThat(bench.sender.sent).hasSize(1);
    }

    @Test
    @DisplayName("S15 the word counts when it is the whole message only")
    void notAWord() {
        bench.text("please stop by at 8");
        bench.seconds(60);
        assertThat(bench.only().outcome()).isEqualTo("SENT");
        assertThat(bench.sender(SmsBench.MARIA).optedOutAt()).isNull();
    }

    @Test
    @DisplayName("S15 YES of somebody who opted out subscribes again, and is not answered; of others it is an answer")
    void yes() {
        bench.text("STOP");
        bench.text("Yes!");
        bench.settle();
        assertThat(bench.batch(1).reason()).isEqualTo("consent_start");
        assertThat(bench.sender(SmsBench.MARIA).optedOutAt()).isNull();
        bench.text("yes");
        bench.seconds(60);
        assertThat(bench.batch(2).outcome()).isEqualTo("SENT");
        assertThat(bench.model.calls).hasSize(1);
    }

    @Test
    @DisplayName("S15 HELP is answered at once, once an hour, to those who opted out too")
    void help() {
        bench.text("STOP");
        bench.text("help");
        bench.settle();
        bench.text("HELP?");
        bench.settle();
        assertThat(bench.replies()).containsExactly("Reply STOP to end.");
        assertThat(bench.batch(2).reason()).isEqualTo("help_answered_already");

        bench.advance(Duration.ofHours(1));
        bench.text("help");
        bench.settle();
        assertThat(bench.replies()).hasSize(2);
        bench.policy.help = null;
        bench.advance(Duration.ofHours(1));
        bench.text("help");
        bench.settle();
        assertThat(bench.batch(4).reason()).isEqualTo("no_help_text");
        assertThat(bench.model.calls).isEmpty();
    }

    @Test
    @DisplayName("S15 the answer to HELP that was not delivered is tried again, for those who opted out too")
    void helpAgain() {
        bench.text("STOP");
        bench.sender.then(_ -> new Delivery.NotDelivered("busy", null));
        bench.text("help");
        bench.seconds(10);
        assertThat(bench.replies()).containsExactly("Reply STOP to end.");
    }

    @Test
    @DisplayName("S15 a reply that waits for another attempt is not sent after STOP")
    void stopBetweenAttempts() {
        bench.sender.then(_ -> new Delivery.NotDelivered("busy", null));
        bench.text("yes");
        bench.seconds(60);
        bench.text("STOP");
        bench.seconds(60);
        assertThat(bench.sender.sent).isEmpty();
        assertThat(bench.batch(0).reason()).isEqualTo("opted_out");
    }

    @Test
    @DisplayName("S15 who said STOP and is forgotten is not answered when texts come again")
    void stopOutlivesBeingForgotten() {
        bench.text("STOP");
        bench.settle();
        String before = bench.maria();
        bench.batches.forget(before, SmsBench.ANN);
        bench.text("hello");
        bench.seconds(60);

        assertThat(bench.maria()).isNotEqualTo(before);
        assertThat(bench.batch(1).reason()).isEqualTo("opted_out");
        assertThat(bench.column("SELECT digest AS x FROM stopped")).isEmpty();
        bench.text("START");
        bench.text("hello again");
        bench.seconds(60);
        assertThat(bench.sender.sent).hasSize(1);
    }

    @Test
    @DisplayName("S17 a number is one sender however it is written")
    void oneSender() {
        bench.text("09171234567", "one");
        bench.text("+639171234567", "two");
        bench.text("639171234567", "three");
        bench.text("+63 917 123-4567", "four");
        assertThat(bench.only().texts()).isEqualTo(4);
        bench.text("+639171234568", "other");
        assertThat(bench.all()).hasSize(2);
    }
}
