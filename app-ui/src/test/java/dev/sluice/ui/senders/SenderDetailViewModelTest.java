package dev.sluice.ui.senders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ui.fake.FakeService;
import dev.sluice.ui.fake.Samples;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is said to one sender, and kept of it.
class SenderDetailViewModelTest extends SendersFixture {
    @Test
    void aTextByHandIsAskedWithItsCost() {
        var model = model(Samples.ANNA);
        choose(model, "s4");

        model.detail().reply("Danke für alles ✓", () -> {});

        var question = dialogs.asked.getFirst();
        assertThat(question.title()).isEqualTo("Send 1 message to +63*******248?");
        assertThat(question.effects())
                .contains("17 of 70 characters · 1 message (UCS-2: a character is none of GSM-7).");
        assertThat(service.senders.acted).containsExactly("s4 reply {\"text\":\"Danke für alles ✓\"}");
        assertThat(model.detail().note().get().text()).isEqualTo("The text was sent, confirmed by the service.");
    }

    @Test
    @DisplayName("O8 whether a text was sent is not guessed after silence")
    void aSilentTextIsNotGuessed() {
        patience = Duration.ofMillis(1_500);
        var model = model(Samples.ANNA);
        choose(model, "s4");
        service.patches(FakeService.PatchMood.LOST);

        model.detail().reply("Hello", () -> {});

        assertThat(model.detail().note().get().text()).startsWith("Nobody knows whether it was done");
    }

    @Test
    void aTwinIsCountedAndASenderGetsRulesOfItsOwn() {
        var model = model(Samples.ANNA);
        choose(model, "s4");

        model.detail().count("t3-s4");
        assertThat(sender(model).pending()).allMatch(text -> text.twinOf() == null);

        model.detail().override("90s", false);
        assertThat(OwnRules.of(sender(model))).isEqualTo(new OwnRules("90s", false));
        assertThat(service.senders.acted).contains("s4 override {\"auto_reply\":false,\"window\":\"90s\"}");
        model.detail().override("", null);
        assertThat(OwnRules.of(sender(model))).isEqualTo(new OwnRules("", null));
    }

    @Test
    @DisplayName("X11 a sender is forgotten only when no text waits, after asking, and what was removed is told")
    void aSenderIsForgotten() {
        var model = model(Samples.ANNA);
        choose(model, "s4");
        assertThat(model.detail().unforgettable()).startsWith("Texts of the sender wait");
        model.detail().forget();
        assertThat(dialogs.asked).isEmpty();

        model.request(SenderDeed.DROP);
        dialogs.asked.clear();
        model.detail().forget();

        var question = dialogs.asked.getFirst();
        assertThat(question.verb()).isEqualTo("Forget this sender");
        assertThat(question.extras().guard()).isEqualTo("forget");
        assertThat(service.senders.acted).contains("s4 forget {\"reason\":\"incident\"}");
        assertThat(model.detail().note().get().text())
                .isEqualTo("Forgotten: 4 texts, 1 reply, 2 sessions, confirmed by the service.");
        assertThat(sender(model).address()).isEqualTo("forgotten");
        assertThat(model.detail().unforgettable()).startsWith("Nothing is known");
    }

    @Test
    @DisplayName("O8 whether a sender was forgotten is looked up after silence")
    void aSilentForgettingIsLookedUp() {
        patience = Duration.ofMillis(1_500);
        var model = model(Samples.ANNA);
        choose(model, "s4");
        model.request(SenderDeed.DROP);
        service.patches(FakeService.PatchMood.DONE_SILENTLY);

        model.detail().forget();

        assertThat(model.detail().note().get().text()).startsWith("Done: ");
        assertThat(sender(model).address()).isEqualTo("forgotten");
    }
}
