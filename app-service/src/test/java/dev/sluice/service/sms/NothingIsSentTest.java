package dev.sluice.service.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.model.sms.BatchView;
import dev.sluice.service.sms.reply.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class NothingIsSentTest {
    @RegisterExtension
    final SmsBench bench = new SmsBench();

    @ParameterizedTest
    @ValueSource(strings = {"stop", "off", "own off"})
    @DisplayName("S13 STOP, replies off and a sender's own switch count until the intent is stored: nothing is sent")
    void beforeTheIntent(String what) {
        bench.model.then(chunks -> {
            switch (what) {
                case "stop" -> bench.text("STOP");
                case "off" -> bench.policy.autoReply = false;
                default -> bench.senders.override(bench.maria(), null, false, SmsBench.ANN);
            }
            chunks.text("AGREE");
        });
        bench.text("yes");
        bench.seconds(60);

        assertThat(bench.sender.attempts).isEmpty();
        assertThat(bench.batch(0).outcome()).isEqualTo("SUPPRESSED");
        assertThat(bench.batch(0).reason()).isEqualTo(what.equals("stop") ? "opted_out" : "auto_reply_off");
    }

    @Test
    @DisplayName("S13 what an operator changes in the last moment counts: it is asked inside the transaction")
    void lastLook() {
        bench.text("yes");
        bench.text("+639170000002", "yes");
        bench.seconds(60);
        var repository = new BatchRepository(bench.db());
        var intended = new BatchRepository.Intended(
                "r-x", SmsBench.ORG, bench.maria(), BatchRepository.Intended.Kind.AUTO, "hi", 1, "fake", false);
        bench.text("again");
        bench.db().write("claim", sql -> sql.update("UPDATE windows SET state = 'claimed' WHERE state = 'open'"));
        String id = bench.batch(2).id();
        var on = new BatchRepository.Permission(true, true);

        assertThat(intend(repository, id, intended, new BatchRepository.Permission(false, true)))
                .isFalse();
        assertThat(intend(repository, id, intended, new BatchRepository.Permission(true, false)))
                .isFalse();
        set("held = 1");
        assertThat(intend(repository, id, intended, on)).isFalse();
        set("held = 0, opted_out_at = 1");
        assertThat(intend(repository, id, intended, on)).isFalse();
        set("opted_out_at = NULL, own_auto_reply = 0");
        assertThat(intend(repository, id, intended, on)).isFalse();
        set("own_auto_reply = 1");
        assertThat(intend(repository, id, intended, new BatchRepository.Permission(true, false)))
                .isTrue();
    }

    @Test
    @DisplayName("S13 while OUTBOUND holds replies they wait, decided, and go out afterwards, once")
    void holdReplies() throws Exception {
        bench.policy.replies = false;
        bench.text("yes");
        bench.seconds(60);
        bench.restart();
        bench.seconds(10);
        assertThat(bench.only().label()).isEqualTo("AGREE");
        assertThat(bench.sender.attempts).isEmpty();
        assertThatExceptionOfType(ActionRefusedException.class)
                .isThrownBy(() -> bench.batches.reply(bench.maria(), "hello", SmsBench.ANN));

        bench.policy.replies = true;
        bench.service.settingsChanged();
        bench.settle();
        assertThat(bench.replies()).hasSize(1);
        assertThat(bench.model.calls).hasSize(1);
    }

    @Test
    @DisplayName("S13 a reply that was not delivered is decided about again: switched off meanwhile, it is suppressed")
    void offBetweenAttempts() {
        bench.sender.then(_ -> {
            bench.policy.autoReply = false;
            return new Delivery.NotDelivered("busy", null);
        });
        bench.text("yes");
        bench.seconds(70);
        assertThat(bench.only().outcome()).isEqualTo("SUPPRESSED");
        assertThat(bench.only().reason()).isEqualTo("auto_reply_off");
        assertThat(bench.sender.attempts).hasSize(1);
    }

    @Test
    @DisplayName("S13 in quiet hours replies wait, those that are tried again too, and go out at their end")
    void quietHours() {
        bench.sender.then(_ -> {
            bench.policy.quiet = bench.clock.now().plus(Duration.ofHours(8)).atZone(ZoneOffset.UTC);
            return new Delivery.NotDelivered("busy", null);
        });
        bench.text("yes");
        bench.seconds(60);
        bench.text("+639170000002", "yes");
        bench.advance(Duration.ofHours(7));
        assertThat(bench.sender.attempts).hasSize(1);
        bench.advance(Duration.ofHours(1));
        assertThat(bench.all()).extracting(BatchView::outcome).containsOnly("SENT");
    }

    @Test
    @DisplayName("S22 a number gets three replies an hour and ten a day, by the settings")
    void limits() {
        bench.policy.perHour = 3;
        bench.policy.perDay = 4;
        for (int i = 0; i < 5; i++) {
            bench.text("yes " + i);
            bench.seconds(60);
        }
        assertThat(bench.all())
                .extracting(BatchView::reason)
                .containsExactly(null, null, null, "limit_per_hour", "limit_per_hour");
        bench.text("+639170000002", "yes");
        bench.advance(Duration.ofHours(1));
        bench.text("yes 6");
        bench.seconds(60);
        bench.text("yes 7");
        bench.seconds(60);
        assertThat(bench.all().subList(5, 8))
                .extracting(BatchView::reason)
                .containsExactly(null, null, "limit_per_day");
        assertThat(bench.sender.sent).hasSize(5);
    }

    @Test
    @DisplayName("S22 where countries are set, nobody else is answered")
    void countries() {
        bench.policy.countries = Set.of("PH");
        bench.text("yes");
        bench.text("+4915112345678", "yes");
        bench.seconds(60);
        assertThat(bench.all()).extracting(BatchView::reason).containsExactly(null, "country_not_allowed");
    }

    @Test
    @DisplayName("S16 a text that we write ourselves is never answered, nor one that we wrote to this sender")
    void ownTexts() {
        bench.text("Thanks for confirming! See you soon.");
        bench.text("+639170000002", "Thank you for\nreplying. ");
        bench.text("+639170000003", "Reply STOP to end.");
        bench.text("+639170000002", "x");
        bench.seconds(60);
        bench.policy.text = "We heard you.";
        bench.text("+639170000004", "We heard you.");
        bench.text("+639170000005", "hello");
        bench.seconds(60);
        bench.policy.text = "Other words.";
        bench.text("+639170000005", "We heard you.");
        bench.seconds(60);

        assertThat(bench.all())
                .extracting(BatchView::reason)
                .containsExactly("own_text", null, "own_text", "own_text", null, "own_text");
    }

    @Test
    @DisplayName("S16 short codes and names are read, and never answered")
    void unanswerable() {
        bench.text("MYBANK", "yes");
        bench.text("12345", "yes");
        bench.seconds(60);
        assertThat(bench.all()).extracting(BatchView::reason).containsOnly("unanswerable_sender");
        assertThat(bench.all()).extracting(BatchView::label).containsOnly("AGREE");
        assertThat(bench.sender.attempts).isEmpty();
    }

    private void set(String what) {
        String maria = bench.maria();
        bench.db().write("change", sql -> sql.update("UPDATE senders SET " + what + " WHERE id = ?", maria));
    }

    private boolean intend(
            BatchRepository repository,
            String id,
            BatchRepository.Intended intended,
            BatchRepository.Permission permission) {
        return repository.intend(id, intended, () -> permission, Instant.EPOCH);
    }
}
