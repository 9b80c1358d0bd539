package dev.sluice.ui.flights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.OperatorInfo;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.fake.FakeDialogs;
import dev.sluice.ui.fake.FakeService;
import dev.sluice.ui.fake.ManualClocks;
import dev.sluice.ui.fake.Samples;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.link.Endpoint;
import dev.sluice.ui.link.OpsClient;
import dev.sluice.ui.parts.FlightRow;
import dev.sluice.ui.parts.FlightState;
import dev.sluice.ui.store.Connection;
import dev.sluice.ui.store.OpsStore;
import dev.sluice.ui.store.Viewpoint;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Everything runs on the calling thread, against a real HTTP server; events arrive when a test says so.
class FlightsViewModelTest {
    private static final Answer YES = new Answer.Confirmed(Optional.of("stuck"), Optional.empty());

    private final HttpClient http = HttpClient.newHttpClient();
    private final ManualClocks time = new ManualClocks();
    private final OpsStore store = new OpsStore(time.clocks());
    private final FakeDialogs dialogs = new FakeDialogs(YES);
    private FakeService service = new FakeService(Samples.snapshot(ManualClocks.START, Samples.ANNA));
    private Duration patience = Duration.ofSeconds(5);

    @AfterEach
    void end() {
        service.close();
        http.shutdownNow();
    }

    @Test
    void tellsWhetherItWasUsOrTheProvider() {
        var model = model(Samples.ANNA);

        assertThat(model.flights()).hasSize(14);
        assertThat(row(model, 7).upstream().blame()).isEqualTo("provider");
        assertThat(row(model, 7).upstream().provider()).startsWith("3.");
        assertThat(row(model, 7).upstream().overhead()).isEqualTo("3 ms");
        assertThat(row(model, 10).upstream().blame()).isEqualTo("queue");
        assertThat(row(model, 0).upstream().blame()).isEqualTo("–");
        assertThat(row(model, 9).upstream().status()).isEqualTo("502");
    }

    @Test
    void tellsWhyEachRequestWasAnsweredAsItWas() {
        var model = model(Samples.ANNA);

        assertThat(model.requests().get(0).why()).isEqualTo("The same question was in the air for 210 ms");
        assertThat(model.requests().get(0).saved()).isEqualTo("1 call · 412 tok");
        assertThat(model.requests().get(2).why()).isEqualTo("The same question was answered 4.38 s before");
        assertThat(model.requests().get(3).why()).startsWith("Nobody asked the same");
        assertThat(model.requests().get(6).why()).isEqualTo("Called alone: no-cache");
        assertThat(model.requests().get(8).why()).isEqualTo("Refused: queue full");
    }

    @Test
    void filtersByTextRoleAndOrganisation() {
        var model = model(Samples.ANNA);

        model.role().set("Bypass");
        assertThat(model.requests()).hasSize(4).allMatch(row -> row.role() == RequestRole.BYPASS);
        model.org().set("acme");
        assertThat(model.requests()).hasSize(2).allMatch(row -> row.org().equals("acme"));
        assertThat(model.flights()).allMatch(row -> row.org().equals("acme"));
        model.lookFor("req-7c1e1003");
        assertThat(model.requests())
                .singleElement()
                .satisfies(row -> assertThat(row.org()).isEqualTo("acme"));
        assertThat(model.flights()).isEmpty();
        assertThat(model.summary().get()).contains("(of 14)");
        model.lookFor("Reused");
        assertThat(model.requests()).hasSize(8).allMatch(row -> row.role() == RequestRole.REUSED);
    }

    @Test
    @DisplayName("O3 O6 a cancel is asked with the verb, pending, and confirmed by the service's event")
    void aCancelIsPendingUntilTheEventShowsItEnded() {
        var model = model(Samples.ANNA);
        var id = row(model, 1).id();

        model.cancel(id);

        assertThat(dialogs.asked.getFirst().verb()).isEqualTo("Cancel the flight");
        assertThat(dialogs.asked.getFirst().effects().getFirst()).startsWith("7 requests that listen");
        assertThat(service.cancelled).containsExactly(id + " {\"reason\":\"stuck\"}");
        model.refresh();
        assertThat(row(model, 1).state()).isEqualTo(FlightState.CANCELLING);
        assertThat(note(model)).startsWith("Pending");

        store.snapshot(service.state());
        model.refresh();

        assertThat(row(model, 1).state()).isEqualTo(FlightState.CANCELLED);
        assertThat(note(model)).contains("confirmed by the service");
    }

    @Test
    @DisplayName("O3 a refused cancel is rolled back with the reason")
    void aRefusedCancelIsRolledBack() {
        var model = model(Samples.ANNA);
        service.patches(FakeService.PatchMood.CONTESTED);

        model.cancel(row(model, 1).id());
        model.refresh();

        assertThat(row(model, 1).state()).isEqualTo(FlightState.STREAMING);
        assertThat(note(model)).contains("was not cancelled: No flight");
        assertThat(model.cancelling().note().get().mood()).isEqualTo(Mood.BAD);
    }

    @Test
    @DisplayName("O8 a cancel without an answer is looked at again")
    void aSilentCancelIsReadAgain() {
        patience = Duration.ofMillis(800);
        var model = model(Samples.ANNA);
        service.patches(FakeService.PatchMood.LOST);

        model.cancel(row(model, 1).id());

        assertThat(note(model)).contains("did not answer", "it still flies");

        service.patches(FakeService.PatchMood.DONE_SILENTLY);
        model.cancel(row(model, 2).id());
        assertThat(note(model)).startsWith("Pending");
        store.snapshot(service.state());
        model.refresh();
        assertThat(note(model)).contains("confirmed by the service");
    }

    @Test
    void aViewerIsToldWhyHeMayNotCancel() {
        var model = model(Samples.VIEWER);

        model.cancel(row(model, 1).id());

        assertThat(model.blocked().get()).contains("Read-only", "viewer");
        assertThat(dialogs.asked).isEmpty();
        assertThat(service.cancelled).isEmpty();
    }

    private static String note(FlightsViewModel model) {
        return model.cancelling().note().get().text();
    }

    private static FlightRow row(FlightsViewModel model, int index) {
        return model.flights().get(index);
    }

    private FlightsViewModel model(OperatorInfo operator) {
        service.close();
        service = new FakeService(Samples.snapshot(ManualClocks.START, operator));
        store.connection(new Connection.Live());
        store.snapshot(service.state());
        Endpoint endpoint = service.endpoint();
        var ops = new OpsClient(http, () -> Optional.of(endpoint), patience);
        var model =
                new FlightsViewModel(new Desk(ops, store, dialogs, Runnable::run, Runnable::run), new Viewpoint(store));
        model.refresh();
        return model;
    }
}
