package dev.sluice.ui.senders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ui.change.Mood;
import dev.sluice.ui.fake.Samples;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The list: who waits, until when, and what of it an operator must see to.
class SendersViewModelTest extends SendersFixture {
    @Test
    void tellsWhoseTextsWaitAndUntilWhen() {
        var model = model(Samples.ANNA);

        assertThat(model.rows()).hasSize(12);
        assertThat(model.summary().get()).isEqualTo("12 senders, the next one due first");
        var row = model.rows().get(3);
        assertThat(row.state().word()).isEqualTo("Gathering");
        assertThat(row.left(model.now().get())).isEqualTo("29 s");
        assertThat(row.share(model.now().get())).isBetween(0.47, 0.49);
        assertThat(model.rows().get(1).remarks()).isEqualTo("1 more waiting");
        assertThat(model.rows().get(2).left(model.now().get())).isEqualTo("held, 26 s left");
        assertThat(model.rows().get(5).remarks()).isEqualTo("alphanumeric");
        assertThat(model.rows().get(7).remarks()).isEqualTo("opted out");
    }

    @Test
    void countsDownByTheServicesClockAndWithoutAnyEvent() {
        var model = model(Samples.ANNA);

        pass(Duration.ofSeconds(9));
        model.refresh();

        assertThat(model.rows().get(3).left(model.now().get())).isEqualTo("20 s");
        pass(Duration.ofSeconds(60));
        model.refresh();
        assertThat(model.rows().get(3).left(model.now().get())).isEqualTo("closes now");
        assertThat(model.rows().get(2).left(model.now().get())).isEqualTo("held, overdue 43 s");
        assertThat(service.senders.listed).hasSize(1);
    }

    @Test
    void goesByTheClockThatDeadlinesGoBy() {
        service.close();
        var ahead = time.clocks().wall();
        var model = model(Samples.ANNA, Duration.ofSeconds(5));

        assertThat(model.now().get()).isEqualTo(ahead.instant().plusSeconds(5));
        assertThat(model.rows().get(3).left(model.now().get())).isEqualTo("24 s");
    }

    @Test
    void readsTheListOnlyWhenItChangedAndOnceASecondAtMost() {
        var model = model(Samples.ANNA);
        var before = service.senders.listed.size();
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMillis(500));
            model.refresh();
        }
        assertThat(service.senders.listed).hasSize(before);

        for (int i = 0; i < 10; i++) {
            service.senders.remove("s" + i);
            store.snapshot(changed());
            pass(Duration.ofMillis(250));
            model.refresh();
        }
        assertThat(service.senders.listed).hasSizeBetween(before + 2, before + 4);
    }

    @Test
    void anUnchangedListIsNotSentAgain() {
        var model = model(Samples.ANNA);

        model.reload();

        assertThat(service.senders.listed).containsExactly("list", "unchanged");
        assertThat(model.rows()).hasSize(12);
    }

    @Test
    void aListThatDidNotChangeReplacesNoRow() {
        var model = model(Samples.ANNA);
        var changes = new int[1];
        model.rows().subscribe(() -> changes[0]++);

        service.senders.add(view("s11"), null);
        store.snapshot(changed());
        pass(Duration.ofSeconds(2));
        model.refresh();

        assertThat(service.senders.listed).containsExactly("list", "list");
        assertThat(changes[0]).isZero();
    }

    @Test
    void findsByMaskedNumberStateAndRemark() {
        var model = model(Samples.ANNA);

        model.filter().set("359");
        assertThat(model.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.id()).isEqualTo("s7"));
        assertThat(model.summary().get()).isEqualTo("1 of 12 senders");
        model.filter().set("held");
        assertThat(model.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.id()).isEqualTo("s2"));
        model.filter().set("opted");
        assertThat(model.rows()).hasSize(1);
    }

    @Test
    void aViewerIsToldWhyHeMayDoNothing() {
        var model = model(Samples.VIEWER);
        choose(model, "s4");

        model.request(SenderDeed.FLUSH);
        model.detail().override("90s", null);

        assertThat(model.blocked().get()).contains("Read-only", "viewer");
        assertThat(model.deeds().get()).allMatch(face -> face.why().contains("Read-only"));
        assertThat(service.senders.acted).isEmpty();
    }

    @Test
    void whatWaitsForAnOperatorIsCounted() {
        var model = model(Samples.ANNA);

        model.notice();

        assertThat(model.badge().get()).isEqualTo("3");
        assertThat(model.inbox().unknown()).hasSize(2);
        assertThat(model.inbox().quarantined())
                .singleElement()
                .satisfies(row -> assertThat(row.why()).contains("failed 3 times: the verdict could not be stored"));
        assertThat(model.inbox().refused()).hasSize(2);
    }

    @Test
    void anUnknownReplyIsSettledWithTheVerb() {
        var model = model(Samples.ANNA);

        model.inbox().settle(model.inbox().unknown().getFirst(), true);

        assertThat(dialogs.asked.getFirst().verb()).isEqualTo("It was sent");
        assertThat(service.senders.acted).containsExactly("b20 settle {\"reason\":\"incident\",\"sent\":true}");
        assertThat(model.inbox().note().get().text()).contains("counts as sent, confirmed by the service");
        pass(Duration.ofSeconds(1));
        model.refresh();
        assertThat(model.inbox().unknown()).hasSize(1);
    }

    @Test
    void aQuarantinedBatchIsHandledAgainWithTheVerb() {
        var model = model(Samples.ANNA);

        model.inbox().retry(model.inbox().quarantined().getFirst());

        assertThat(dialogs.asked.getFirst().verb()).isEqualTo("Handle it again");
        assertThat(service.senders.acted).containsExactly("b30 retry {\"reason\":\"incident\"}");
        assertThat(model.inbox().note().get().mood()).isEqualTo(Mood.GOOD);
    }
}
