package dev.sluice.ui.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.OperatorInfo;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.fake.FakeDialogs;
import dev.sluice.ui.fake.FakeService;
import dev.sluice.ui.fake.ManualClocks;
import dev.sluice.ui.fake.SampleSessions;
import dev.sluice.ui.fake.Samples;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.link.OpsClient;
import dev.sluice.ui.link.ReconnectPolicy;
import dev.sluice.ui.link.SessionClient;
import dev.sluice.ui.store.Connection;
import dev.sluice.ui.store.OpsStore;
import dev.sluice.ui.store.Viewpoint;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything runs on the calling thread, against a real HTTP server, and time passes when a test says so.
class SessionsViewModelTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final ManualClocks time = new ManualClocks();
    private final OpsStore store = new OpsStore(time.clocks());
    private final Viewpoint viewpoint = new Viewpoint(store);
    private final FakeDialogs dialogs = new FakeDialogs(new Answer.Declined());
    private FakeService service = new FakeService(Samples.ANNA);

    @AfterEach
    void end() {
        service.close();
        http.shutdownNow();
    }

    @Test
    void tellsWhatEachSessionWasAndHowItWent() {
        var model = model(Samples.ANNA);

        assertThat(model.rows()).hasSize(15);
        assertThat(model.rows().getFirst().state().word()).isEqualTo("Running");
        assertThat(model.rows().getFirst().lasted()).isEqualTo("3 s");
        assertThat(model.rows().get(1).about()).isEqualTo("Thread t-7310");
        assertThat(model.rows().get(1).lasted()).isEqualTo("9.9 s");
        assertThat(model.rows())
                .filteredOn(row -> row.kind().equals("Refactor"))
                .singleElement()
                .satisfies(row -> assertThat(row.state().word()).isEqualTo("Failed"));
        assertThat(model.summary().get()).isEqualTo("15 sessions, 1 running, all there are");
    }

    @Test
    void asksTheServiceForWhatTheFiltersSay() {
        var model = model(Samples.ANNA);
        model.filters().kind.set("Chat");
        model.filters().state.set("Ended");
        model.filters().outcome.set("Cancelled");
        model.filters().org.set("northwind ");
        model.filters().text.set("f-00j8");
        model.filters().from.set(LocalDate.of(2026, 3, 1));
        model.filters().to.set(LocalDate.of(2026, 3, 2));

        model.reload();

        assertThat(service.sessions.asked.getLast())
                .startsWith("limit=100&kind=chat&state=ended&outcome=cancelled&org=northwind&q=f-00j8&from=2026-0")
                .contains("&to=2026-03-0");
        assertThat(model.rows()).hasSize(1);
        model.filters().clear();
        model.reload();
        assertThat(service.sessions.asked.getLast()).isEqualTo("limit=100");
        assertThat(model.rows()).hasSize(15);
    }

    @Test
    void readsPageByPageAndKeepsOlderPagesWhenTheNewestIsReadAgain() {
        var model = model(Samples.ANNA);
        for (int i = 0; i < 240; i++) {
            service.sessions.add(SampleSessions.view(
                    "f-more" + (1_000 + i), "chat", "acme", ManualClocks.START.minusSeconds(5_000 + i)));
        }
        model.reload();
        assertThat(model.rows()).hasSize(100);
        assertThat(model.more().get()).isTrue();
        model.readOlder();
        model.readOlder();
        assertThat(model.rows()).hasSize(255);
        assertThat(model.more().get()).isFalse();

        service.sessions.add(SampleSessions.view("f-new", "chat", "acme", ManualClocks.START));
        pass(Duration.ofSeconds(2));
        model.refresh();

        assertThat(model.rows()).hasSize(256).doesNotHaveDuplicates();
        assertThat(model.rows().getFirst().key()).isEqualTo("f-new");
    }

    @Test
    void theListIsReadAgainByItselfUnlessItIsPausedOrTheServiceIsSilent() {
        var model = model(Samples.ANNA);
        int before = service.sessions.asked.size();
        pass(Duration.ofMillis(1_900));
        model.refresh();
        assertThat(service.sessions.asked).hasSize(before);

        viewpoint.pause();
        pass(Duration.ofSeconds(1));
        model.refresh();
        assertThat(service.sessions.asked).hasSize(before);

        viewpoint.resume();
        model.refresh();
        assertThat(service.sessions.asked).hasSize(before + 1);

        time.advance(Duration.ofSeconds(4));
        model.refresh();
        assertThat(service.sessions.asked).hasSize(before + 1);
        assertThat(model.age().get()).isEqualTo("4 s");
    }

    @Test
    void aListThatCannotBeReadSaysWhyAndKeepsItsRows() {
        var model = model(Samples.ANNA);
        service.sessions.down(true);

        model.reload();

        assertThat(model.summary().get()).isEqualTo("The list could not be read: The store takes no requests now.");
        assertThat(model.rows()).hasSize(15);
    }

    @Test
    void aFlightLeadsToItsSession() {
        var model = model(Samples.ANNA);

        model.lookFor(SampleSessions.DONE);

        assertThat(model.rows()).extracting(SessionRow::key).containsExactly(SampleSessions.DONE);
        assertThat(Objects.requireNonNull(model.open().session().get()).id()).isEqualTo(SampleSessions.DONE);
    }

    @Test
    void aSessionThatIsNotThereIsToldSo() {
        var model = model(Samples.ANNA);

        model.lookFor("f-nobody");

        assertThat(model.open().session().get()).isNull();
        assertThat(model.note().get().text()).isEqualTo("Session f-nobody cannot be opened: There is no such session.");
        assertThat(model.note().get().mood()).isEqualTo(Mood.BAD);
    }

    @Test
    void theOpenSessionIsExported(@TempDir Path folder) throws IOException {
        var model = model(Samples.ANNA);
        model.lookFor(SampleSessions.DONE);
        var file = folder.resolve("session.ndjson");
        dialogs.chooseFile(file);

        model.export();

        assertThat(Files.readAllLines(file)).hasSize(26).first().asString().contains(SampleSessions.DONE);
        assertThat(model.note().get().text()).startsWith("The session is in " + file);
        assertThat(model.note().get().mood()).isEqualTo(Mood.GOOD);
    }

    @Test
    void aFileIsImportedAndOpened(@TempDir Path folder) throws IOException {
        var model = model(Samples.ANNA);
        var file = Files.writeString(folder.resolve("x.ndjson"), "{\"format\":\"sluice-session\"}\n");
        dialogs.chooseFile(file);

        model.bringIn();

        assertThat(service.sessions.imported).containsExactly("application/x-ndjson {\"format\":\"sluice-session\"}\n");
        assertThat(model.note().get().text()).startsWith("Imported as import_7c1");
        assertThat(Objects.requireNonNull(model.open().session().get()).id()).isEqualTo("import_7c1");
        assertThat(model.rows()).extracting(SessionRow::key).contains("import_7c1");
    }

    @Test
    void aFileThatIsNoSessionIsRefusedWithTheReason(@TempDir Path folder) throws IOException {
        var model = model(Samples.ANNA);
        dialogs.chooseFile(Files.writeString(folder.resolve("x.ndjson"), "hello"));

        model.bringIn();

        assertThat(model.note().get().text()).startsWith("The file was not imported: The file is not a whole");
        assertThat(model.open().session().get()).isNull();
    }

    @Test
    void aViewerIsToldWhyHeMayNotImport(@TempDir Path folder) throws IOException {
        var model = model(Samples.VIEWER);
        dialogs.chooseFile(Files.writeString(folder.resolve("x.ndjson"), "{}"));

        model.bringIn();

        assertThat(model.blocked().get()).contains("Read-only", "viewer");
        assertThat(service.sessions.imported).isEmpty();
    }

    /// Lets time pass in a service that is heard all the while.
    private void pass(Duration span) {
        time.advance(span);
        store.heard();
    }

    private SessionsViewModel model(OperatorInfo operator) {
        service.close();
        service = new FakeService(Samples.snapshot(ManualClocks.START, operator));
        SampleSessions.fill(service.sessions, ManualClocks.START);
        store.connection(new Connection.Live());
        store.snapshot(service.state());
        var endpoint = service.endpoint();
        var patience = Duration.ofSeconds(20);
        var ops = new OpsClient(http, () -> Optional.of(endpoint), patience);
        var desk = new Desk(ops, store, dialogs, Runnable::run, Runnable::run);
        var client = new SessionClient(http, () -> Optional.of(endpoint), patience);
        var open = new OpenSessionViewModel(
                desk,
                client,
                viewpoint,
                ReconnectPolicy.standard(new Random(1)),
                time.clocks().nanos());
        var model = new SessionsViewModel(desk, client, viewpoint, open);
        model.reload();
        model.refresh();
        return model;
    }
}
