package dev.sluice.ui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ui.fake.FakeService;
import dev.sluice.ui.fake.SampleSessions;
import dev.sluice.ui.fake.Samples;
import dev.sluice.ui.fx.LogCanvas;
import dev.sluice.ui.fx.LogRow;
import dev.sluice.ui.fx.Theme;
import dev.sluice.ui.fx.Toolkit;
import dev.sluice.ui.store.Clocks;
import dev.sluice.ui.store.OpsStore;
import java.time.Instant;
import java.util.stream.IntStream;
import javafx.event.ActionEvent;
import javafx.scene.control.Button;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/// The screen of sessions in a whole window, against a service over real sockets.
class SessionsScreenTest {
    @BeforeAll
    static void toolkit() {
        Toolkit.start();
    }

    @Test
    void aRunningSessionIsFollowedLive() {
        try (var service = service();
                var window = live(service)) {
            open(window, SampleSessions.RUNNING);
            shows(window, "24 lines · following live");

            service.sessions.append(SampleSessions.RUNNING, Instant.now(), "delta", "{\"delta\":\"now\"}");

            shows(window, "25 lines · following live");
            assertThat(Toolkit.on(() -> log(window).row(24).text())).isEqualTo("{\"delta\":\"now\"}");
        }
    }

    @Test
    @DisplayName("O5 the log is read and left by keyboard alone, and says its line")
    void aLogIsReadByKeyboardAlone() {
        try (var service = service();
                var window = live(service)) {
            var robot = new FxRobot();
            open(window, SampleSessions.FAILED);
            shows(window, "5 lines · complete");
            Toolkit.run(() -> log(window).requestFocus());
            robot.push(KeyCode.DOWN);
            robot.push(KeyCode.DOWN);
            Toolkit.until("second", () -> said(window).startsWith("Line 2 of 5: 0:14.000 2 progress"));

            robot.push(KeyCode.E);
            Toolkit.until("error", () -> said(window).startsWith("Line 5 of 5"));
            robot.push(KeyCode.ESCAPE);
            Toolkit.until("none", () -> said(window).equals("Log of 5 lines"));
            robot.push(KeyCode.ESCAPE);
            Toolkit.until("closed", () -> window.all(".log-canvas").isEmpty());
            assertThat(window.focused()).isNotNull();
        }
    }

    @Test
    @DisplayName("X9 what a model wrote is shown as plain text, markup and all")
    void aPayloadIsPlainText() {
        try (var service = service();
                var window = live(service)) {
            open(window, SampleSessions.FAILED);
            shows(window, "5 lines · complete");
            Toolkit.run(() -> log(window).choose(4));

            Toolkit.until(
                    "text",
                    () -> window.all(".event-text").stream()
                            .anyMatch(area -> ((TextInputControl) area)
                                    .getText()
                                    .contains("\"error\" : \"<b>3 tests</b> failed\"")));
            assertThat(Toolkit.on(() -> log(window).row(4).text())).contains("<b>3 tests</b> failed");
        }
    }

    @Test
    void aSessionIsScrubbedAndShownWholeAgain() {
        try (var service = service();
                var window = live(service)) {
            open(window, SampleSessions.DONE);
            shows(window, "25 lines · complete");

            Toolkit.run(() -> ((Slider) window.all(".replay-bar .slider").getFirst()).setValue(0.3));
            Toolkit.until("scrubbed", () -> summary(window).equals("16 of 25 lines · complete"));
            Toolkit.run(() -> button(window, "Show all").fire());

            shows(window, "25 lines · complete");
        }
    }

    @Test
    void aFlightLeadsToItsSession() {
        try (var service = service();
                var window = live(service)) {
            window.press(KeyCode.DIGIT2);
            window.select(".table-view", 1);
            Toolkit.run(() -> button(window, "Open its sessio_n").fire());

            Toolkit.until("open", () -> window.all(".card-title").size() == 3);
            assertThat(window.text(".screen-title")).isEqualTo("Sessions");
            shows(window, "24 lines · following live");
        }
    }

    @Test
    void onlyTheRowsInSightAreAskedFor() {
        var asked = new int[1];
        var log = Toolkit.on(() -> {
            var canvas = new LogCanvas();
            canvas.resize(600, 400);
            canvas.layout();
            canvas.show(1_000_000, index -> {
                asked[0]++;
                return new LogRow("", Integer.toString(index), "x", "", LogRow.Tone.PLAIN);
            });
            return canvas;
        });
        Toolkit.run(() -> IntStream.range(0, 10).forEach(i -> log.choose(i * 100_000)));

        assertThat(asked[0]).isLessThan(1_000);
        assertThat(log.getAccessibleText()).startsWith("Line 900001 of 1000000");
    }

    private static FakeService service() {
        var service = new FakeService(Samples.ANNA);
        SampleSessions.fill(service.sessions, Instant.now());
        return service;
    }

    private static TestWindow live(FakeService service) {
        var window = new TestWindow(service.endpoint(), new OpsStore(Clocks.system()), Theme.LIGHT, 960, 640);
        window.start();
        Toolkit.until("live", () -> window.text(".connection-state").equals("Live"));
        return window;
    }

    private static void open(TestWindow window, String id) {
        window.press(KeyCode.DIGIT6);
        Toolkit.run(() -> {
            var field = (TextField) window.all(".filters .text-field").getFirst();
            field.setText(id);
            field.fireEvent(new ActionEvent());
        });
        Toolkit.until("found", () -> window.text(".card-summary").startsWith("1 session,"));
        window.select(".table-view", 0);
    }

    private static void shows(TestWindow window, String summary) {
        Toolkit.until(summary, () -> summary(window).equals(summary));
    }

    private static String summary(TestWindow window) {
        return window.text(".open-session .card-summary");
    }

    private static LogCanvas log(TestWindow window) {
        return (LogCanvas) window.all(".log-canvas").getFirst();
    }

    private static String said(TestWindow window) {
        return log(window).getAccessibleText();
    }

    private static Button button(TestWindow window, String text) {
        return (Button) window.all(".button").stream()
                .filter(each -> each instanceof Button button && text.equals(button.getText()))
                .findFirst()
                .orElseThrow();
    }
}
