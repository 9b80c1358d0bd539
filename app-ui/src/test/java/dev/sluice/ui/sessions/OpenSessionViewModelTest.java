package dev.sluice.ui.sessions;

import static dev.sluice.ui.fake.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ui.change.Desk;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.fake.FakeDialogs;
import dev.sluice.ui.fake.FakeService;
import dev.sluice.ui.fake.ManualClocks;
import dev.sluice.ui.fake.SampleSessions;
import dev.sluice.ui.fake.Samples;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.fx.LogRow;
import dev.sluice.ui.link.OpsClient;
import dev.sluice.ui.link.ReconnectPolicy;
import dev.sluice.ui.link.SessionClient;
import dev.sluice.ui.store.Connection;
import dev.sluice.ui.store.OpsStore;
import dev.sluice.ui.store.Viewpoint;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The follower reads in its own thread, from a real HTTP server; all else runs in the test's, by virtual
/// time.
class OpenSessionViewModelTest {
    private static final Instant NOW = ManualClocks.START;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ManualClocks time = new ManualClocks();
    private final OpsStore store = new OpsStore(time.clocks());
    private final Viewpoint viewpoint = new Viewpoint(store);
    private final FakeService service = new FakeService(Samples.snapshot(NOW, Samples.ANNA));
    private final OpenSessionViewModel model = model();

    @BeforeEach
    void begin() {
        SampleSessions.fill(service.sessions, NOW);
        store.connection(new Connection.Live());
        store.snapshot(service.state());
        model.attach();
    }

    @AfterEach
    void end() {
        model.detach();
        service.close();
        http.shutdownNow();
    }

    @Test
    void showsEachEventWithItsRecordedTime() throws InterruptedException {
        open(SampleSessions.DONE, 25);

        assertThat(model.summary().get()).isEqualTo("25 lines · complete");
        assertThat(model.row(1))
                .isEqualTo(new LogRow(
                        "0:00.040", "2", "delta", "{\"type\":\"delta\",\"delta\":\"sluice \"}", LogRow.Tone.PLAIN));
        assertThat(model.row(24).tone()).isEqualTo(LogRow.Tone.GOOD);
        assertThat(model.types().names()).containsExactly("delta", "done");
    }

    @Test
    void followsARunningSessionToItsEndAndTellsHowItEnded() throws InterruptedException {
        open(SampleSessions.RUNNING, 24);
        shows("following live");
        service.sessions.append(SampleSessions.RUNNING, NOW, "error", "{\"type\":\"error\"}");
        service.sessions.end(SampleSessions.RUNNING, "failed", NOW);

        shows("25 lines · complete");

        assertThat(Objects.requireNonNull(model.session().get()).outcome()).isEqualTo("failed");
        assertThat(model.row(24).tone()).isEqualTo(LogRow.Tone.BAD);
    }

    @Test
    @DisplayName("O4 a log that may be behind says so, and heals by itself")
    void aBrokenLogLooksStale() throws InterruptedException {
        open(SampleSessions.RUNNING, 24);
        shows("following live");

        service.sessions.down(true);
        shows("interrupted");
        assertThat(model.stale().get()).isTrue();
        assertThat(model.note().get().text()).startsWith("The log may be behind: ");

        service.sessions.append(SampleSessions.RUNNING, NOW, "delta", "{}");
        service.sessions.down(false);
        shows("25 lines · following live");
        assertThat(model.stale().get()).isFalse();
        assertThat(model.note().get().text()).isEmpty();
    }

    @Test
    void pauseFreezesTheLogAndCountsTheUnseen() throws InterruptedException {
        open(SampleSessions.RUNNING, 24);
        shows("following live");
        viewpoint.pause();

        service.sessions.append(SampleSessions.RUNNING, NOW, "delta", "{}");
        shows("24 lines · following live · paused, 1 unseen");

        viewpoint.resume();
        shows("25 lines · following live");
    }

    @Test
    void whatIsHiddenIsNotFollowed() throws InterruptedException {
        open(SampleSessions.RUNNING, 24);
        shows("following live");
        model.detach();
        service.sessions.append(SampleSessions.RUNNING, NOW, "delta", "{}");

        model.attach();

        shows("25 lines · following live");
        assertThat(service.sessions.resumedFrom).hasSize(2);
    }

    @Test
    void isPlayedAgainByTheRecordedTimes() throws InterruptedException {
        open(SampleSessions.DONE, 25);

        model.replay().toggle();
        model.refresh();
        assertThat(model.shown()).isEqualTo(1);
        assertThat(model.replay().playing().get()).isTrue();
        assertThat(model.replay().time().get()).isEqualTo("0:00.000 of 0:09.590");

        after(100);
        assertThat(model.shown()).isEqualTo(3);
        assertThat(model.summary().get()).isEqualTo("3 of 25 lines · complete");

        model.replay().speed().set("16×");
        after(600);
        assertThat(model.shown()).isEqualTo(25);
        assertThat(model.replay().playing().get()).isFalse();

        model.replay().restart();
        model.refresh();
        assertThat(model.shown()).isEqualTo(1);
        model.replay().showAll();
        model.refresh();
        assertThat(model.shown()).isEqualTo(25);
    }

    @Test
    void isScrubbedAndSkipsIdleTimes() throws InterruptedException {
        open(SampleSessions.DONE, 25);
        model.replay().scrub(0.3);
        model.refresh();
        assertThat(model.shown()).isEqualTo(16);

        model.replay().skipIdle().set(true);
        model.replay().toggle();
        after(100);

        assertThat(model.shown()).isEqualTo(19);
        assertThat(model.replay().progress().get()).isGreaterThan(0.45);
    }

    @Test
    void jumpsToTheNextFailureAndToTheNextOfAName() throws InterruptedException {
        open(SampleSessions.FAILED, 5);

        assertThat(model.nextError(-1)).isEqualTo(4);
        assertThat(model.nextOf("progress", 1)).isEqualTo(2);
        assertThat(model.nextWith("VALIDATION", -1)).isEqualTo(3);
        assertThat(model.nextError(4)).isEqualTo(-1);
        assertThat(model.note().get().text()).isEqualTo("There is no further failure after this line.");
        assertThat(model.note().get().mood()).isEqualTo(Mood.QUIET);
    }

    @Test
    void aJumpMovesTheReplayToThatTime() throws InterruptedException {
        open(SampleSessions.FAILED, 5);
        model.replay().restart();
        model.refresh();

        int found = model.nextOf("progress", 2);

        assertThat(found).isEqualTo(3);
        assertThat(model.shown()).isEqualTo(4);
        assertThat(model.replay().time().get()).startsWith("0:42.000");
    }

    @Test
    void aSessionThatIsGoneSaysSo() throws InterruptedException {
        var view = service.sessions.view(SampleSessions.DONE);
        service.sessions.forget(SampleSessions.DONE);
        model.show(view);

        shows("not shown");

        assertThat(model.note().get().text()).isEqualTo("There is no such session.");
    }

    @Test
    void anotherSessionReplacesTheOpenOne() throws InterruptedException {
        open(SampleSessions.DONE, 25);
        model.replay().toggle();

        open(SampleSessions.FAILED, 5);

        assertThat(model.replay().active().get()).isFalse();
        assertThat(model.types().names()).containsExactly("progress", "error");
        assertThat(model.replay().time().get()).endsWith("of 1:01.000");
    }

    private void open(String id, int lines) throws InterruptedException {
        model.show(service.sessions.view(id));
        until(lines + " lines", () -> {
            model.refresh();
            return model.shown() == lines;
        });
        if (service.sessions.view(id).state().equals("ended")) {
            shows("complete");
        }
    }

    private void shows(String summary) throws InterruptedException {
        until(summary, () -> {
            model.refresh();
            return model.summary().get().endsWith(summary);
        });
    }

    private void after(long millis) {
        time.advance(Duration.ofMillis(millis));
        model.refresh();
    }

    private OpenSessionViewModel model() {
        var endpoint = service.endpoint();
        var patience = Duration.ofSeconds(20);
        var ops = new OpsClient(http, () -> Optional.of(endpoint), patience);
        var desk = new Desk(ops, store, new FakeDialogs(new Answer.Declined()), Runnable::run, Runnable::run);
        return new OpenSessionViewModel(
                desk,
                new SessionClient(http, () -> Optional.of(endpoint), patience),
                viewpoint,
                new ReconnectPolicy(Duration.ofMillis(4), Duration.ofMillis(8), Duration.ZERO, new Random(1)),
                time.clocks().nanos());
    }
}
