package dev.sluice.ui.senders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.OperatorInfo;
import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.model.sms.SenderView;
import dev.sluice.ui.change.Changes;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.fake.FakeDialogs;
import dev.sluice.ui.fake.FakeService;
import dev.sluice.ui.fake.ManualClocks;
import dev.sluice.ui.fake.SampleSenders;
import dev.sluice.ui.fake.Samples;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.link.OpsClient;
import dev.sluice.ui.link.SmsClient;
import dev.sluice.ui.store.Connection;
import dev.sluice.ui.store.OpsStore;
import dev.sluice.ui.store.Viewpoint;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Everything runs on the calling thread, against a real HTTP server; time passes and events arrive when
/// a test says so.
class SendersViewModelTest {
    private static final Answer YES = new Answer.Confirmed(Optional.of("incident"), Optional.empty());

    private final HttpClient http = HttpClient.newHttpClient();
    private final ManualClocks time = new ManualClocks();
    private final OpsStore store = new OpsStore(time.clocks());
    private FakeDialogs dialogs = new FakeDialogs(YES);
    private FakeService service = new FakeService(Samples.ANNA);
    private Duration patience = Duration.ofSeconds(20);

    @AfterEach
    void end() {
        service.close();
        http.shutdownNow();
    }

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

    private static SenderView sender(SendersViewModel model) {
        return Objects.requireNonNull(model.detail().sender().get());
    }

    private static PendingRow row(SendersViewModel model, String id) {
        return model.rows().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String note(SendersViewModel model) {
        return model.acting().note().get().text();
    }

    private static void choose(SendersViewModel model, String... ids) {
        model.choose(Set.of(ids));
        model.detail().show(ids[ids.length - 1]);
    }

    private SenderView view(String id) {
        return SampleSenders.view(
                SampleSenders.row(Integer.parseInt(id.substring(1)), "open", ManualClocks.START), ManualClocks.START);
    }

    /// The service's state, after the list changed.
    private OpsSnapshot changed() {
        service.publish(SampleSenders.glance(service.state().sms(), service.senders.version()));
        return service.state();
    }

    /// Lets time pass in a service that is heard all the while.
    private void pass(Duration span) {
        time.advance(span);
        store.heard();
    }

    private SendersViewModel model(OperatorInfo operator) {
        return model(operator, Duration.ZERO);
    }

    private SendersViewModel model(OperatorInfo operator, Duration ahead) {
        service.close();
        service = new FakeService(Samples.snapshot(ManualClocks.START, operator));
        service.senders.clock(() -> time.clocks().wall().instant().plus(ahead));
        SampleSenders.fill(service, ManualClocks.START);
        store.connection(new Connection.Live());
        store.snapshot(service.state());
        var endpoint = service.endpoint();
        var ops = new OpsClient(http, () -> Optional.of(endpoint), patience);
        var desk = new Desk(ops, store, dialogs, Runnable::run, Runnable::run);
        var sms = new SmsClient(http, () -> Optional.of(endpoint), patience);
        var model = new SendersViewModel(desk, new Changes(desk), sms, new Viewpoint(store));
        model.reload();
        return model;
    }
}
