package dev.sluice.ui.senders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ui.change.Changes;
import dev.sluice.ui.change.Desk;
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
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Everything runs on the calling thread, against a real HTTP server.
class WindowViewModelTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final OpsStore store = new OpsStore(new ManualClocks().clocks());
    private final FakeDialogs dialogs = new FakeDialogs(new Answer.Confirmed(Optional.empty(), Optional.empty()));
    private final FakeService service = new FakeService(Samples.snapshot(ManualClocks.START, Samples.ANNA));

    @BeforeEach
    void begin() {
        SampleSenders.fill(service, ManualClocks.START);
    }

    @AfterEach
    void end() {
        service.close();
        http.shutdownNow();
    }

    @Test
    @DisplayName("O6 a draft says what it would do to the open windows before it is set, for new ones only")
    void aDraftIsForeseenThenSetForNewWindows() {
        var model = model();
        assertThat(model.preview().get())
                .isEqualTo("12 windows are open; applied to them, 0 would move and 0 would close now.");

        model.window().draft().set("10s");
        model.refresh();

        assertThat(model.preview().get()).endsWith("9 would move and 3 would close now.");
        assertThat(model.window().face().get().sendable()).isTrue();
        model.setWindow();
        assertThat(dialogs.asked.getFirst().verb()).isEqualTo("Set 10s for new windows");
        assertThat(dialogs.asked.getFirst().text()).contains("9 would move and 3 would close now");
        assertThat(service.patches).containsExactly("{\"CONSOLIDATION_WINDOW\":\"10s\"}");
        assertThat(service.senders.acted).isEmpty();

        store.snapshot(service.state());
        model.refresh();
        assertThat(model.window().face().get().undoable()).isTrue();
        model.window().undo();
        assertThat(service.patches).hasSize(2);
    }

    @Test
    void aWrongLengthIsToldBeforeItIsSent() {
        var model = model();

        model.window().draft().set("2h");
        model.setWindow();

        assertThat(model.window().face().get().problem()).startsWith("Out of range");
        assertThat(dialogs.asked).isEmpty();
    }

    @Test
    @DisplayName("O6 open windows are retimed or closed only after being told how many")
    void openWindowsAreRetimedAndClosed() {
        var model = model();

        model.retime();
        model.closeAll();

        assertThat(dialogs.asked.getFirst().title()).isEqualTo("Retime 12 open windows?");
        assertThat(dialogs.asked.getLast().title()).isEqualTo("Close 12 open windows now?");
        assertThat(dialogs.asked.getLast().effects().getFirst()).startsWith("12 batches will be classified");
        assertThat(service.senders.acted).containsExactly("retime {}", "close {}");
        assertThat(model.note().get().text()).isEqualTo("9 windows closed, confirmed by the service.");
    }

    @Test
    void pauseAutoReplyAndTextAreAskedWithTheirVerbs() {
        var model = model();

        model.turnPause();
        model.turnAutoReply();
        model.text().draft().set("Thank you");
        model.setText();

        assertThat(dialogs.asked)
                .extracting(question -> question.verb())
                .containsExactly("Pause all windows", "Turn auto-reply off", "Set the reply text");
        assertThat(dialogs.asked.getLast().text()).contains("9 of 160 characters · 1 message (GSM-7)");
        assertThat(service.patches)
                .containsExactly(
                        "{\"CONSOLIDATION_PAUSED\":\"1\"}",
                        "{\"SMS_AUTO_REPLY_ENABLED\":\"0\"}",
                        "{\"SMS_AUTO_REPLY_TEXT\":\"Thank you\"}");
    }

    @Test
    void aTouchedDraftIsNotOverwritten() {
        var model = model();
        model.window().draft().set("90s");

        service.publish(Samples.change(
                ManualClocks.START, FakeService.with(service.state().settings(), "CONSOLIDATION_WINDOW", "30s")));
        store.snapshot(service.state());
        model.refresh();

        assertThat(model.window().draft().get()).isEqualTo("90s");
        assertThat(model.window().face().get().value()).isEqualTo("30s");
    }

    private WindowViewModel model() {
        store.connection(new Connection.Live());
        store.snapshot(service.state());
        var endpoint = service.endpoint();
        var ops = new OpsClient(http, () -> Optional.of(endpoint), Duration.ofSeconds(20));
        var desk = new Desk(ops, store, dialogs, Runnable::run, Runnable::run);
        var model = new WindowViewModel(
                desk, new Changes(desk), new SmsClient(http, () -> Optional.of(endpoint), Duration.ofSeconds(20)));
        model.refresh();
        return model;
    }
}
