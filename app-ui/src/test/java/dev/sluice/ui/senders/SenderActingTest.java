package dev.sluice.ui.senders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ui.change.Mood;
import dev.sluice.ui.fake.FakeDialogs;
import dev.sluice.ui.fake.FakeService;
import dev.sluice.ui.fake.ManualClocks;
import dev.sluice.ui.fake.SampleSenders;
import dev.sluice.ui.fake.Samples;
import dev.sluice.ui.fx.Answer;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What operators do about one sender or many.
class SenderActingTest extends SendersFixture {
    @Test
    @DisplayName("O3 O6 a flush is confirmed by the service and can be undone though its row is gone")
    void aFlushIsConfirmedAndUndone() {
        var model = model(Samples.ANNA);
        choose(model, "s4");

        model.request(SenderDeed.FLUSH);

        assertThat(dialogs.asked).isEmpty();
        assertThat(service.senders.acted).containsExactly("s4 flush {}");
        assertThat(note(model)).isEqualTo("+63*******248 is flushed, confirmed by the service.");
        assertThat(model.rows()).noneMatch(row -> row.id().equals("s4"));
        assertThat(Objects.requireNonNull(model.detail().sender().get()).state())
                .isNull();
        assertThat(model.acting().undoable().get()).isTrue();

        model.acting().undoLatest();

        assertThat(service.senders.acted).containsExactly("s4 flush {}", "s4 undo {\"reason\":\"undo\"}");
        assertThat(model.rows()).anyMatch(row -> row.id().equals("s4"));
        assertThat(model.acting().undoable().get()).isFalse();
    }

    @Test
    @DisplayName("O6 a drop is asked first with its verb, and nothing happens if it is declined")
    void aDropIsAskedFirst() {
        dialogs = new FakeDialogs(new Answer.Declined());
        var model = model(Samples.ANNA);
        choose(model, "s4");

        model.request(SenderDeed.DROP);

        assertThat(dialogs.asked.getFirst().verb()).isEqualTo("Drop the texts");
        assertThat(dialogs.asked.getFirst().effects().getFirst())
                .isEqualTo("1 text will not be classified and not be answered.");
        assertThat(service.senders.acted).isEmpty();
    }

    @Test
    @DisplayName("O6 a flush of many is asked first with how many, done to those it fits, and undone in one go")
    void manyAreFlushedAndUndoneInOneGo() {
        var model = model(Samples.ANNA);
        choose(model, "s0", "s3", "s4", "s6");

        assertThat(model.deeds().get().getFirst().text()).isEqualTo("Flush (3)");
        model.request(SenderDeed.FLUSH);

        assertThat(dialogs.asked.getFirst().title()).isEqualTo("Flush 3 senders?");
        assertThat(dialogs.asked.getFirst().verb()).isEqualTo("Flush 3 senders");
        assertThat(service.senders.acted)
                .containsExactlyInAnyOrder(
                        "s3 flush {\"reason\":\"incident\"}",
                        "s4 flush {\"reason\":\"incident\"}",
                        "s6 flush {\"reason\":\"incident\"}");
        assertThat(note(model)).startsWith("3 senders are flushed");

        model.acting().undoLatest();
        assertThat(model.rows()).hasSize(12);
    }

    @Test
    @DisplayName("O6 hundreds are done at once, each of them once, and undone in one go")
    void hundredsAreHeldAndUndoneInOneGo() {
        var model = model(Samples.ANNA);
        for (int i = 100; i < 200; i++) {
            var row = SampleSenders.row(i, "open", ManualClocks.START);
            service.senders.add(SampleSenders.view(row, ManualClocks.START), row);
        }
        store.snapshot(changed());
        pass(Duration.ofSeconds(1));
        model.refresh();
        model.choose(IntStream.range(100, 200).mapToObj(i -> "s" + i).collect(Collectors.toSet()));

        model.request(SenderDeed.HOLD);

        assertThat(service.senders.acted).hasSize(100).doesNotHaveDuplicates();
        assertThat(note(model)).isEqualTo("100 senders are held, confirmed by the service.");
        assertThat(model.rows()).filteredOn(each -> each.sender().held()).hasSize(101);
        model.acting().undoLatest();
        assertThat(note(model)).isEqualTo("The latest action on 100 senders is undone, confirmed by the service.");
    }

    @Test
    void oneButtonHoldsAndReleases() {
        var model = model(Samples.ANNA);
        choose(model, "s4");
        assertThat(model.deeds().get().get(1).deed()).isEqualTo(SenderDeed.HOLD);

        model.request(SenderDeed.HOLD);

        assertThat(model.deeds().get().get(1).deed()).isEqualTo(SenderDeed.RELEASE);
        assertThat(row(model, "s4").state().word()).isEqualTo("Held");
        model.request(SenderDeed.RELEASE);
        assertThat(row(model, "s4").state().word()).isEqualTo("Gathering");
    }

    @Test
    void anExtensionMovesTheCountdown() {
        var model = model(Samples.ANNA);
        choose(model, "s4");

        model.request(SenderDeed.EXTEND);

        assertThat(service.senders.acted).containsExactly("s4 extend {\"by\":\"60s\"}");
        assertThat(row(model, "s4").left(model.now().get())).isEqualTo("1 min 32 s");
    }

    @Test
    @DisplayName("O3 a refused deed is rolled back with the service's reason")
    void aRefusedDeedIsToldWithItsReason() {
        var model = model(Samples.ANNA);
        service.patches(FakeService.PatchMood.CONTESTED);
        choose(model, "s4");

        model.request(SenderDeed.FLUSH);

        assertThat(note(model)).isEqualTo("Not flushed: No window of this sender is open.");
        assertThat(model.acting().note().get().mood()).isEqualTo(Mood.BAD);
        assertThat(row(model, "s4").pending()).isNull();
        assertThat(model.acting().undoable().get()).isFalse();
    }

    @Test
    @DisplayName("O8 a deed without an answer is looked at again before anything is said")
    void aSilentDeedIsReadAgain() {
        patience = Duration.ofMillis(1_500);
        var model = model(Samples.ANNA);
        choose(model, "s4");
        service.patches(FakeService.PatchMood.LOST);
        model.request(SenderDeed.HOLD);
        assertThat(note(model)).contains("did not answer", "nothing had changed");

        service.patches(FakeService.PatchMood.DONE_SILENTLY);
        model.request(SenderDeed.HOLD);
        assertThat(note(model)).isEqualTo("+63*******248 is held, confirmed by the service.");
    }
}
