package dev.sluice.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.OperatorInfo;
import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.ui.change.Changes;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.fake.FakeDialogs;
import dev.sluice.ui.fake.FakeService;
import dev.sluice.ui.fake.Samples;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.link.Endpoint;
import dev.sluice.ui.link.OpsClient;
import dev.sluice.ui.store.Clocks;
import dev.sluice.ui.store.Connection;
import dev.sluice.ui.store.OpsStore;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Everything runs on the calling thread, against a real HTTP server; events arrive when a test says so.
class StopViewModelTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final OpsStore store = new OpsStore(Clocks.system());
    private final FakeDialogs dialogs =
            new FakeDialogs(new Answer.Confirmed(Optional.of("runaway bill"), Optional.empty()));
    private FakeService service = new FakeService(Samples.ANNA);

    @AfterEach
    void end() {
        service.close();
        http.shutdownNow();
    }

    @Test
    @DisplayName("O3 O6 a stop tells what will happen, needs a second act, and is loud once the event confirms it")
    void stopsAndLetsGoOn() {
        var model = model(Samples.snapshot(Instant.now(), Samples.ANNA));

        model.stop();

        assertThat(dialogs.asked.getFirst().extras().guard()).isEqualTo("STOP");
        assertThat(dialogs.asked.getFirst().effects()).containsExactly("OUTBOUND becomes stop at once.");
        assertThat(service.patches).containsExactly("{\"OUTBOUND\":\"stop\",\"reason\":\"runaway bill\"}");
        assertThat(face(model).told().text()).startsWith("Pending");
        assertThat(face(model).flowing()).isTrue();

        event(model);
        assertThat(face(model).halted()).isTrue();
        assertThat(face(model).banner())
                .startsWith("STOPPED: no provider is called")
                .contains("By anna");

        model.resume();
        assertThat(dialogs.asked.getLast().verb()).isEqualTo("Let traffic go on");
        assertThat(dialogs.asked.getLast().extras().guard()).isEmpty();
        event(model);
        assertThat(face(model).flowing()).isTrue();
        assertThat(face(model).banner()).isEmpty();
        assertThat(face(model).told().text()).isEmpty();
    }

    @Test
    void holdingRepliesIsNoStop() {
        var model = model(Samples.snapshot(Instant.now(), Samples.ANNA));

        store.change(
                Samples.change(store.now(), FakeService.with(service.state().settings(), "OUTBOUND", "hold-replies")));
        model.refresh();

        assertThat(face(model).halted()).isFalse();
        assertThat(face(model).banner()).startsWith("REPLIES ARE HELD BACK");
    }

    @Test
    void aServiceThatCannotStopSaysSo() {
        var known = Samples.snapshot(Instant.now(), Samples.ANNA);
        var model = model(with(
                known,
                new SettingsView(
                        1,
                        known.settings().settings().stream()
                                .filter(setting -> !setting.name().equals("OUTBOUND"))
                                .toList())));

        model.stop();

        assertThat(face(model).blocked()).isEqualTo("This service has no setting OUTBOUND.");
        assertThat(dialogs.asked).isEmpty();
    }

    @Test
    void aViewerIsToldWhyHeMayNot() {
        var model = model(Samples.snapshot(Instant.now(), Samples.VIEWER));

        model.stop();

        assertThat(face(model).blocked()).contains("Read-only", "viewer");
        assertThat(dialogs.asked).isEmpty();
    }

    private static StopFace face(StopViewModel model) {
        return model.face().get();
    }

    private static OpsSnapshot with(OpsSnapshot known, SettingsView settings) {
        return new OpsSnapshot(
                known.service(),
                new OperatorInfo("anna", "operator"),
                known.totals(),
                known.load(),
                known.flights(),
                known.recent(),
                settings,
                List.of(),
                List.of(),
                known.sms());
    }

    private StopViewModel model(OpsSnapshot state) {
        service.close();
        service = new FakeService(state);
        store.connection(new Connection.Live());
        store.snapshot(service.state());
        Endpoint endpoint = service.endpoint();
        var ops = new OpsClient(http, () -> Optional.of(endpoint), Duration.ofSeconds(5));
        var desk = new Desk(ops, store, dialogs, Runnable::run, Runnable::run);
        var model = new StopViewModel(desk, new Changes(desk).of(StopViewModel.SETTING));
        model.refresh();
        return model;
    }

    /// The service's event arrives.
    private void event(StopViewModel model) {
        store.snapshot(service.state());
        model.refresh();
    }
}
