package dev.sluice.ui.controls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.OperatorInfo;
import dev.sluice.ui.change.Changes;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.fake.FakeDialogs;
import dev.sluice.ui.fake.FakeService;
import dev.sluice.ui.fake.ManualClocks;
import dev.sluice.ui.fake.Samples;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.link.Endpoint;
import dev.sluice.ui.link.OpsClient;
import dev.sluice.ui.store.Connection;
import dev.sluice.ui.store.OpsStore;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Everything runs on the calling thread, against a real HTTP server; events arrive when a test says so.
class SettingToggleTest {
    private static final Answer YES = new Answer.Confirmed(Optional.of("incident 4711"), Optional.empty());
    private static final Answer NO = new Answer.Declined();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ManualClocks time = new ManualClocks();
    private final OpsStore store = new OpsStore(time.clocks());
    private FakeService service = new FakeService(Samples.ANNA);
    private FakeDialogs dialogs = new FakeDialogs(YES);
    private Duration patience = Duration.ofSeconds(5);

    @AfterEach
    void end() {
        service.close();
        http.shutdownNow();
    }

    @Test
    @DisplayName("O6 asks first, with the verb and what will happen")
    void asksWithTheVerbAndTheEffect() {
        var toggle = toggle(NO);

        toggle.request();

        var question = dialogs.asked.getFirst();
        assertThat(question.verb()).isEqualTo("Turn coalescing off");
        assertThat(question.keep()).isEqualTo("Keep it on");
        assertThat(question.effects()).first().asString().contains("7 flights in the air finish");
        assertThat(question.effects()).last().asString().contains("2,496 more calls and 310,204 more tokens");
        assertThat(service.patches).isEmpty();
        assertThat(toggle.face().get().on()).isTrue();
        assertThat(toggle.face().get().note()).isEmpty();
    }

    @Test
    @DisplayName("O3 pending until the service's own event confirms")
    void staysPendingUntilTheEvent() {
        var toggle = toggle(YES);

        toggle.request();

        assertThat(service.patches).containsExactly("{\"COALESCE_ENABLED\":\"0\",\"reason\":\"incident 4711\"}");
        assertThat(toggle.face().get().word()).isEqualTo("Off, pending");
        assertThat(toggle.face().get().enabled()).isFalse();

        event();
        toggle.refresh();

        assertThat(toggle.face().get().word()).isEqualTo("Off");
        assertThat(toggle.face().get().note()).startsWith("Confirmed by the service");
    }

    @Test
    @DisplayName("O3 rolled back with the reason")
    void aRaceIsRolledBackWithItsReason() {
        var toggle = toggle(YES);
        service.patches(FakeService.PatchMood.CONTESTED);

        toggle.request();

        assertThat(toggle.face().get().on()).isTrue();
        assertThat(toggle.face().get().pending()).isFalse();
        assertThat(toggle.face().get().note()).startsWith("Not changed: ").contains("somebody else");
    }

    @Test
    @DisplayName("O8 a change that timed out is read again: it was made")
    void aTimeOutIsReadAgainAndFoundDone() {
        patience = Duration.ofMillis(800);
        var toggle = toggle(YES);
        service.patches(FakeService.PatchMood.DONE_SILENTLY);

        toggle.request();
        assertThat(toggle.face().get().note()).contains("waiting for the service's own event");
        event();
        toggle.refresh();

        assertThat(toggle.face().get().note()).startsWith("Confirmed by the service");
    }

    @Test
    @DisplayName("O8 a change that timed out is read again: it was not made")
    void aTimeOutIsReadAgainAndFoundUndone() {
        patience = Duration.ofMillis(800);
        var toggle = toggle(YES);
        service.patches(FakeService.PatchMood.LOST);

        toggle.request();

        assertThat(toggle.face().get().on()).isTrue();
        assertThat(toggle.face().get().note()).contains("did not answer", "the setting is as it was");
    }

    @Test
    @DisplayName("O8 while nothing can be read it stays pending")
    void anUnknownOutcomeStaysPendingAndIsReadAgainLater() {
        patience = Duration.ofMillis(800);
        var toggle = toggle(YES);
        service.patches(FakeService.PatchMood.LOST);
        dialogs.beforeAnswer(service::stop);

        toggle.request();

        assertThat(toggle.face().get().word()).isEqualTo("Off, pending");
        assertThat(toggle.face().get().note()).contains("It is read again");
    }

    @Test
    @DisplayName("O6 a confirmed change can be undone without being asked again")
    void aConfirmedChangeIsUndone() {
        var toggle = toggle(YES);
        toggle.request();
        event();
        toggle.refresh();
        assertThat(toggle.face().get().undoable()).isTrue();

        toggle.undo();
        assertThat(toggle.face().get().word()).isEqualTo("On, pending");
        event();
        toggle.refresh();

        assertThat(toggle.face().get().word()).isEqualTo("On");
        assertThat(dialogs.asked).hasSize(1);
        assertThat(service.patches).last().asString().contains("\"COALESCE_ENABLED\":\"1\"");
    }

    @Test
    void somebodyElsesChangeEndsTheUndo() {
        var toggle = toggle(YES);
        toggle.request();
        event();
        toggle.refresh();

        var now = service.state().settings();
        service.publish(Samples.change(store.now(), FakeService.with(now, "COALESCE_ENABLED", "1")));
        event();
        toggle.refresh();

        assertThat(toggle.face().get().undoable()).isFalse();
        assertThat(toggle.face().get().note()).isEmpty();
    }

    @Test
    void aViewerIsToldWhyHeMayNot() {
        var toggle = toggle(Samples.VIEWER, YES);

        toggle.request();

        assertThat(toggle.face().get().enabled()).isFalse();
        assertThat(toggle.face().get().blocked()).contains("Read-only", "viewer");
        assertThat(dialogs.asked).isEmpty();
    }

    @Test
    void nothingIsChangedWhileTheServiceIsGone() {
        var toggle = toggle(YES);
        time.advance(Duration.ofSeconds(9));
        toggle.refresh();

        toggle.request();

        assertThat(toggle.face().get().blocked()).startsWith("Not connected");
        assertThat(dialogs.asked).isEmpty();
    }

    @Test
    void withoutAPreviewNothingIsAsked() {
        var toggle = toggle(YES);
        service.stop();

        toggle.request();

        assertThat(dialogs.asked).isEmpty();
        assertThat(toggle.face().get().note()).startsWith("Not changed: It could not be found out");
    }

    private SettingToggle toggle(Answer answer) {
        return toggle(Samples.ANNA, answer);
    }

    private SettingToggle toggle(OperatorInfo operator, Answer answer) {
        service.close();
        service = new FakeService(operator);
        dialogs = new FakeDialogs(answer);
        store.connection(new Connection.Live());
        event();
        Endpoint endpoint = service.endpoint();
        var ops = new OpsClient(http, () -> Optional.of(endpoint), patience);
        var desk = new Desk(ops, store, dialogs, Runnable::run, Runnable::run);
        var toggle = new SettingToggle(Gate.COALESCE, new Changes(desk));
        toggle.refresh();
        return toggle;
    }

    /// The service's event arrives.
    private void event() {
        store.snapshot(service.state());
    }
}
