package dev.sluice.ui.senders;

import dev.sluice.model.ops.OperatorInfo;
import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.model.sms.SenderView;
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
import dev.sluice.ui.store.Viewpoint;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/// The Senders screen's models at a real HTTP server. Everything runs on the calling thread; time passes
/// and events arrive when a test says so.
abstract class SendersFixture {
    static final Answer YES = new Answer.Confirmed(Optional.of("incident"), Optional.empty());

    final HttpClient http = HttpClient.newHttpClient();
    final ManualClocks time = new ManualClocks();
    final OpsStore store = new OpsStore(time.clocks());
    FakeDialogs dialogs = new FakeDialogs(YES);
    FakeService service = new FakeService(Samples.ANNA);
    Duration patience = Duration.ofSeconds(20);

    @AfterEach
    void end() {
        service.close();
        http.shutdownNow();
    }

    static SenderView sender(SendersViewModel model) {
        return Objects.requireNonNull(model.detail().sender().get());
    }

    static PendingRow row(SendersViewModel model, String id) {
        return model.rows().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static String note(SendersViewModel model) {
        return model.acting().note().get().text();
    }

    static void choose(SendersViewModel model, String... ids) {
        model.choose(Set.of(ids));
        model.detail().show(ids[ids.length - 1]);
    }

    SenderView view(String id) {
        return SampleSenders.view(
                SampleSenders.row(Integer.parseInt(id.substring(1)), "open", ManualClocks.START), ManualClocks.START);
    }

    /// The service's state, after the list changed.
    OpsSnapshot changed() {
        service.publish(SampleSenders.glance(service.state().sms(), service.senders.version()));
        return service.state();
    }

    /// Lets time pass in a service that is heard all the while.
    void pass(Duration span) {
        time.advance(span);
        store.heard();
    }

    SendersViewModel model(OperatorInfo operator) {
        return model(operator, Duration.ZERO);
    }

    SendersViewModel model(OperatorInfo operator, Duration ahead) {
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
