package dev.sluice.ui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.OperatorInfo;
import dev.sluice.ui.fake.FakeService;
import dev.sluice.ui.fake.SampleSenders;
import dev.sluice.ui.fake.Samples;
import dev.sluice.ui.fx.Theme;
import dev.sluice.ui.fx.Toolkit;
import dev.sluice.ui.store.Clocks;
import dev.sluice.ui.store.OpsStore;
import java.time.Instant;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/// The screen of senders in a whole window, against a service over real sockets.
class SendersScreenTest {
    @BeforeAll
    static void toolkit() {
        Toolkit.start();
    }

    @Test
    @DisplayName("O3 O5 O6 by keyboard alone: held, dropped after a question, undone though the row is gone")
    void aSenderIsActedOnByKeyboardAlone() {
        try (var service = service(Samples.ANNA);
                var window = live(service)) {
            var robot = new FxRobot();
            window.select(".table-view", 3);
            Toolkit.run(() -> window.all(".table-view").getFirst().requestFocus());

            robot.push(KeyCode.H);
            Toolkit.until("held", () -> note(window).equals("+63*******211 is held, confirmed by the service."));
            robot.push(KeyCode.D);
            Toolkit.until("asked", () -> window.text(".dialog-title").equals("Drop +63*******211?"));
            robot.push(KeyCode.ENTER);
            Toolkit.until("dropped", () -> note(window).startsWith("+63*******211 is dropped"));
            Toolkit.until("gone", () -> rows(window) == 11);
            robot.push(KeyCode.U);
            Toolkit.until("back", () -> rows(window) == 12);

            assertThat(service.senders.acted).element(0).isEqualTo("s3 hold {}");
            assertThat(service.senders.acted).element(1).isEqualTo("s3 drop {}");
            assertThat(service.senders.acted).element(2).asString().startsWith("s3 undo");
        }
    }

    @Test
    void theChoiceStaysOnItsSendersWhileTheListIsReplaced() {
        try (var service = service(Samples.ANNA);
                var window = live(service)) {
            window.select(".table-view", 6);
            Toolkit.run(() -> table(window).getSelectionModel().select(8));
            service.senders.remove("s0");
            service.senders.remove("s1");
            service.publish(SampleSenders.glance(service.state().sms(), service.senders.version()));

            Toolkit.until("shorter", () -> rows(window) == 10);
            assertThat(Toolkit.on(
                            () -> List.copyOf(table(window).getSelectionModel().getSelectedIndices())))
                    .containsExactlyInAnyOrder(4, 6);
            assertThat(Toolkit.on(() -> buttons(window))).contains("Flush (2)", "Hold (2)");
        }
    }

    @Test
    void whatCanBeDoneStandsInThePalette() {
        try (var service = service(Samples.ANNA);
                var window = live(service)) {
            window.select(".table-view", 4);
            window.press(KeyCode.K);
            window.type(".palette .text-field", "extend chosen");
            new FxRobot().push(KeyCode.ENTER);

            Toolkit.until("extended", () -> note(window).startsWith("+63*******248 is extended by 60 s"));
        }
    }

    @Test
    @DisplayName("O5 what waits for an operator is counted in the navigation, in words too")
    void theNavigationCountsWhatWaits() {
        try (var service = service(Samples.ANNA);
                var window = live(service)) {
            Toolkit.until("badge", () -> window.text(".navigation-badge").equals("3"));
            assertThat(window.all(".navigation-button"))
                    .anyMatch(button -> "Senders screen, 3 wait for an operator".equals(button.getAccessibleText()));
        }
    }

    @Test
    void aBatchLeadsToItsSession() {
        try (var service = service(Samples.ANNA);
                var window = live(service)) {
            window.select(".table-view", 4);
            Toolkit.until("batches", () -> buttons(window).contains("Open session"));
            Toolkit.run(() -> window.all(".batch-entry .button").stream()
                    .map(Button.class::cast)
                    .filter(button -> button.getText().equals("Open session"))
                    .findFirst()
                    .orElseThrow()
                    .fire());

            assertThat(window.text(".screen-title")).isEqualTo("Sessions");
        }
    }

    private static FakeService service(OperatorInfo operator) {
        var service = new FakeService(operator);
        SampleSenders.fill(service, Instant.now());
        return service;
    }

    private static TestWindow live(FakeService service) {
        var window = new TestWindow(service.endpoint(), new OpsStore(Clocks.system()), Theme.DARK, 960, 640);
        window.start();
        Toolkit.until("live", () -> window.text(".connection-state").equals("Live"));
        window.press(KeyCode.DIGIT7);
        Toolkit.until("listed", () -> rows(window) == 12);
        return window;
    }

    private static TableView<?> table(TestWindow window) {
        return (TableView<?>) window.all(".table-view").getFirst();
    }

    private static int rows(TestWindow window) {
        return window.all(".table-view").isEmpty()
                ? 0
                : table(window).getItems().size();
    }

    private static String note(TestWindow window) {
        return window.text(".setting-note .label");
    }

    private static List<String> buttons(TestWindow window) {
        return window.all(".button").stream()
                .map(button -> String.valueOf(((Labeled) button).getText()))
                .toList();
    }
}
