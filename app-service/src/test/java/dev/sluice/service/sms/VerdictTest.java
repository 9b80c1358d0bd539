package dev.sluice.service.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.model.sms.BatchView;
import dev.sluice.service.http.Until;
import dev.sluice.service.provider.ProviderException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class VerdictTest {
    @RegisterExtension
    final SmsBench bench = new SmsBench();

    @ParameterizedTest
    @EnumSource(
            value = ProviderException.Kind.class,
            names = {"RATE_LIMITED", "SERVER", "TIMEOUT", "TRUNCATED", "PROTOCOL", "UNAUTHORIZED"})
    @DisplayName("S11 a provider that fails is asked once; the local rules decide, and it says why")
    void failures(ProviderException.Kind kind) {
        bench.model.then(_ -> {
            throw new ProviderException(kind, "no");
        });
        bench.text("I can't make it");
        bench.seconds(90);

        assertThat(bench.model.calls).hasSize(1);
        assertThat(bench.only().label()).isEqualTo("DISAGREE");
        assertThat(bench.only().method()).isEqualTo("LOCAL_RULES");
        assertThat(bench.only().why()).contains(kind.name().toLowerCase(Locale.ROOT));
        assertThat(bench.replies()).containsExactly("Thank you for replying.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PERHAPS", "", "AGREE or DISAGREE, who knows", "{\"label\": 7}"})
    @DisplayName("S11 an answer that is no label: the local rules decide")
    void noLabel(String answer) {
        bench.model.thenSay(answer);
        bench.text("yes");
        bench.seconds(60);

        assertThat(bench.only().method()).isEqualTo("LOCAL_RULES");
        assertThat(bench.only().why()).isEqualTo("the answer was no label");
        assertThat(bench.only().label()).isEqualTo("AGREE");
        assertThat(bench.model.calls).hasSize(1);
    }

    @Test
    @DisplayName("S11 an answer without end is cut off; the local rules decide")
    void endless() {
        bench.model.then(chunks -> {
            while (true) {
                chunks.text("blah ");
            }
        });
        bench.text("yes");
        bench.seconds(60);
        assertThat(bench.only().why()).isEqualTo("the answer was no label");
    }

    @Test
    @DisplayName("S11 a provider that says nothing for 20 s: the local rules decide")
    void silence() {
        bench.model.then(_ -> new CountDownLatch(1).await());
        bench.text("yes");
        bench.step(Duration.ofSeconds(60));
        Until.holds("it is asked", () -> bench.model.calls.size() == 1);
        bench.step(Duration.ofSeconds(20));
        bench.settle();

        assertThat(bench.only().why()).isEqualTo("no answer within 20 s");
        assertThat(bench.only().method()).isEqualTo("LOCAL_RULES");
        assertThat(bench.only().outcome()).isEqualTo("SENT");
    }

    @Test
    @DisplayName("S11 a simulated provider never decides about people, nor one that must not be called")
    void simulated() {
        bench.model.simulated = true;
        bench.text("yes");
        bench.seconds(60);
        bench.model.simulated = false;
        bench.policy.calls = false;
        bench.text("no");
        bench.seconds(60);

        assertThat(bench.model.calls).isEmpty();
        assertThat(bench.all()).extracting(BatchView::label).containsExactly("AGREE", "DISAGREE");
        assertThat(bench.all()).extracting(BatchView::method).containsOnly("LOCAL_RULES");
        assertThat(bench.all()).extracting(BatchView::why).containsOnly("no provider to ask");
    }

    @Test
    @DisplayName("S11 the verdict is stored before the reply is intended; a reply not stored is not sent")
    void verdictFirst() {
        bench.model.then(chunks -> {
            bench.commitsFail(true);
            chunks.text("AGREE");
        });
        bench.text("yes");
        bench.seconds(65);
        assertThat(bench.sender.attempts).isEmpty();
        bench.kill();
        bench.seconds(1);

        assertThat(bench.model.calls).hasSize(1);
        assertThat(bench.only().method()).isEqualTo("LOCAL_RULES");
        assertThat(bench.replies()).hasSize(1);
    }

    @Test
    @DisplayName("S11 whatever becomes of its handling, a batch is asked about once")
    void onceOnly() {
        bench.model.then(_ -> {
            throw new IllegalStateException("a fault of ours");
        });
        bench.text("yes");
        bench.seconds(120);

        assertThat(bench.model.calls).hasSize(1);
        assertThat(bench.only().failures()).isEqualTo(1);
        assertThat(bench.only().outcome()).isEqualTo("SENT");
    }

    @Test
    @DisplayName("S14 a batch that fails three times is put aside, the next one runs, and an operator can retry it")
    void quarantine() {
        bench.model.then(_ -> {
            throw new IllegalStateException("poison");
        });
        bench.policy.failing.set(3);
        bench.text("yes");
        bench.seconds(61);
        bench.text("I come");
        bench.seconds(120);

        assertThat(bench.batch(0).state()).isEqualTo("quarantined");
        assertThat(bench.batch(0).outcome()).isEqualTo("SUPPRESSED");
        assertThat(bench.batch(0).failure()).contains("failed 3 times");
        assertThat(bench.batch(1).outcome()).isEqualTo("SENT");
        assertThat(bench.service.view().quarantined()).isEqualTo(1);

        bench.service.retry(bench.batch(0).id(), SmsBench.ANN);
        bench.settle();
        assertThat(bench.batch(0).outcome()).isEqualTo("SENT");
        assertThat(bench.model.calls).hasSize(2);
        assertThat(bench.audited()).containsExactly("batch.retried");
        assertThatExceptionOfType(ActionRefusedException.class)
                .isThrownBy(() -> bench.service.retry(bench.batch(0).id(), SmsBench.ANN));
        assertThat(bench.sessions.find(String.valueOf(bench.batch(0).sessionId())))
                .isPresent();
    }

    @Test
    @DisplayName("S14 a batch put aside while its reply may be under way is unknown, and waits for no retry")
    void putAsideWhileSending() {
        bench.text("yes");
        bench.seconds(60);
        String id = bench.only().id();
        bench.db().write("set back", sql -> {
            sql.update("UPDATE replies SET state = 'intent'");
            return sql.update("UPDATE windows SET state = 'claimed', outcome = NULL");
        });

        new WindowRepository(bench.db()).quarantine(id, "failed 3 times", bench.time.now());

        assertThat(bench.only().outcome()).isEqualTo("UNKNOWN");
        assertThat(bench.only().replyState()).isEqualTo("unknown");
        assertThat(bench.only().state()).isEqualTo("done");
        bench.seconds(2);
        assertThat(bench.service.view().quarantined()).isZero();
        assertThat(bench.service.view().unknown()).isEqualTo(1);
    }

    @Test
    @DisplayName("S14 a batch that fails when its reply may be under way is unknown, and is not tried again")
    void quarantinedWhileSending() {
        bench.sender.then(_ -> {
            throw new IllegalStateException("a fault of ours");
        });
        bench.text("yes");
        bench.seconds(120);

        assertThat(bench.only().outcome()).isEqualTo("UNKNOWN");
        assertThat(bench.sender.attempts).hasSize(1);
        assertThatExceptionOfType(ActionRefusedException.class)
                .isThrownBy(() -> bench.service.retry(bench.only().id(), SmsBench.ANN));
    }
}
