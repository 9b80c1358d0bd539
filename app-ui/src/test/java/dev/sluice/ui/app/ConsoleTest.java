package dev.sluice.ui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.OperatorInfo;
import dev.sluice.ui.fake.FakeService;
import dev.sluice.ui.fake.SampleSenders;
import dev.sluice.ui.fake.SampleSessions;
import dev.sluice.ui.fake.Samples;
import dev.sluice.ui.fx.Complaints;
import dev.sluice.ui.fx.HoldButton;
import dev.sluice.ui.fx.MetricTile;
import dev.sluice.ui.fx.Switch;
import dev.sluice.ui.fx.Theme;
import dev.sluice.ui.fx.Toolkit;
import dev.sluice.ui.store.Clocks;
import dev.sluice.ui.store.OpsStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;

/// The whole window against a service over real sockets.
class ConsoleTest {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final AtomicLong later = new AtomicLong();
    private final OpsStore store =
            new OpsStore(new Clocks(InstantSource.system(), () -> System.nanoTime() + later.get()));

    @BeforeAll
    static void toolkit() {
        Toolkit.start();
    }

    @Test
    @DisplayName("O3 O6 by keyboard alone: asked with the verb, pending, confirmed by the event, undone")
    void aFlagIsTurnedAndUndoneByKeyboardAlone() {
        try (var service = new FakeService(Samples.ANNA);
                var window = live(service)) {
            var robot = new FxRobot();
            robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
            Toolkit.until("controls", () -> window.all(".switch").size() == 2);
            tabTo(robot, window, Switch.class);
            robot.push(KeyCode.SPACE);
            Toolkit.until("asked", () -> window.text(".dialog-title").equals("Turn coalescing off?"));
            assertThat(window.text(".dialog-effect")).contains("flights in the air finish");
            robot.push(KeyCode.W);
            robot.push(KeyCode.ENTER);
            Toolkit.until("confirmed", () -> window.text(".setting-word").equals("Off"));
            Toolkit.until("told", () -> window.text(".setting-note .label").startsWith("Confirmed"));
            assertThat(service.patches).containsExactly("{\"COALESCE_ENABLED\":\"0\",\"reason\":\"w\"}");

            robot.push(KeyCode.ALT, KeyCode.U);
            Toolkit.until("undone", () -> window.text(".setting-word").equals("On"));
        }
    }

    @Test
    @DisplayName("O6 the Stop by keyboard alone: told what happens, typed, loud on every screen, ended again")
    void everythingIsStoppedByKeyboardAlone() {
        try (var service = new FakeService(Samples.ANNA);
                var window = live(service)) {
            var robot = new FxRobot();
            robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
            Toolkit.until("asked", () -> window.text(".dialog-title").startsWith("Stop everything"));
            assertThat(window.text(".dialog-effect")).isEqualTo("OUTBOUND becomes stop at once.");
            window.fire(".hold-button", 0);
            assertThat(window.all(".dialog-card")).isNotEmpty();
            window.type(".dialog-card .text-field", "STOP");
            robot.push(KeyCode.ENTER);
            Toolkit.until("loud", () -> window.text(".outbound-banner .label").startsWith("STOPPED"));
            assertThat(service.patches).containsExactly("{\"OUTBOUND\":\"stop\"}");
            window.press(KeyCode.DIGIT3);
            assertThat(window.text(".outbound-banner .label")).startsWith("STOPPED");

            robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.G);
            Toolkit.until("asked", () -> window.text(".dialog-title").equals("Let traffic go on?"));
            robot.push(KeyCode.ENTER);
            Toolkit.until("quiet", () -> window.all(".outbound-banner").isEmpty());
        }
    }

    @Test
    @DisplayName("O6 a held button stops after a second, a short press does nothing")
    void aHeldButtonStops() {
        try (var service = new FakeService(Samples.ANNA);
                var window = live(service)) {
            var robot = new FxRobot();
            window.fire(".stop-button", 0);
            Toolkit.until("asked", () -> !window.all(".hold-button").isEmpty());
            tabTo(robot, window, HoldButton.class);
            robot.push(KeyCode.SPACE);
            assertThat(window.all(".dialog-card")).isNotEmpty();
            robot.press(KeyCode.SPACE);
            Toolkit.until(
                    "stopped", () -> window.text(".outbound-banner .label").startsWith("STOPPED"));
            robot.release(KeyCode.SPACE);
        }
    }

    @Test
    void thePaletteFindsScreensActionsAndSettings() {
        try (var service = new FakeService(Samples.ANNA);
                var window = live(service)) {
            var robot = new FxRobot();
            robot.push(KeyCode.CONTROL, KeyCode.K);
            Toolkit.until("open", () -> !window.all(".palette").isEmpty());
            window.type(".palette .text-field", "provid slots");
            robot.push(KeyCode.ENTER);
            Toolkit.until("providers", () -> window.text(".screen-title").equals("Providers"));

            robot.push(KeyCode.CONTROL, KeyCode.K);
            window.type(".palette .text-field", "openai_rps");
            robot.push(KeyCode.ENTER);
            Toolkit.until("controls", () -> window.text(".screen-title").equals("Controls"));
            robot.push(KeyCode.F1);
            Toolkit.until("keys", () -> window.text(".dialog-title").equals("Keys"));
        }
    }

    @Test
    void aTileLeadsToTheScreenBehindIt() {
        try (var service = new FakeService(Samples.ANNA);
                var window = live(service)) {
            var robot = new FxRobot();
            tabTo(robot, window, MetricTile.class);
            robot.push(KeyCode.TAB);
            robot.push(KeyCode.ENTER);
            Toolkit.until("flights", () -> window.text(".screen-title").equals("Flights"));
            assertThat(window.text(".condition-level")).isEmpty();
        }
    }

    @Test
    void conditionsAreListedAndCounted() {
        try (var service = new FakeService(Samples.ANNA);
                var window = live(service)) {
            assertThat(window.all(".condition")).hasSize(3);
            assertThat(window.text(".condition-level")).isEqualTo("Critical");
            assertThat(window.text(".strip-button")).isEqualTo("1 critical");
        }
    }

    @Test
    void escapeChangesNothingAndGivesTheKeyboardBack() {
        try (var service = new FakeService(Samples.ANNA);
                var window = live(service)) {
            var robot = new FxRobot();
            window.press(KeyCode.DIGIT4);
            Toolkit.until("controls", () -> window.all(".switch").size() == 2);
            tabTo(robot, window, Switch.class);
            robot.push(KeyCode.SPACE);
            Toolkit.until("asked", () -> !window.all(".dialog-card").isEmpty());
            for (int i = 0; i < 8; i++) {
                robot.push(KeyCode.TAB);
                assertThat(inside(window.focused(), "dialog-card")).isTrue();
            }
            robot.push(KeyCode.ESCAPE);
            Toolkit.until("gone", () -> window.all(".dialog-card").isEmpty());

            assertThat(service.patches).isEmpty();
            assertThat(window.text(".setting-word")).isEqualTo("On");
        }
    }

    @Test
    @DisplayName("O4 silent for 3 s: a clear state, every value marked with its age; then live again by itself")
    void silenceMarksEveryValue() {
        try (var service = new FakeService(Samples.ANNA);
                var window = live(service)) {
            service.mute(true);
            later.addAndGet(Duration.ofSeconds(4).toNanos());
            Toolkit.until("late", () -> window.text(".connection-state").startsWith("Late"));

            assertThat(window.text(".stale-banner .label")).contains("silent for");
            assertThat(window.all(".metric-tile")).hasSize(7).allMatch(ConsoleTest::stale);
            assertThat(window.all(".small-figure")).hasSize(8).allMatch(ConsoleTest::stale);
            assertThat(window.all(".table-view")).allMatch(ConsoleTest::stale);
            assertThat(window.all(".tile-foot")).allMatch(foot -> text(foot).startsWith("as of "));

            service.mute(false);
            Toolkit.until("live", () -> window.text(".connection-state").equals("Live"));
            assertThat(window.all(".metric-tile")).noneMatch(ConsoleTest::stale);
        }
    }

    @Test
    @DisplayName("O4 a cut marks the values at once and heals by itself")
    void aCutIsLostAtOnceAndHeals() {
        try (var service = new FakeService(Samples.ANNA);
                var window = live(service)) {
            service.cut();
            Toolkit.until("resumed", () -> service.resumedFrom.size() == 2);
            Toolkit.until("live", () -> window.text(".connection-state").equals("Live"));
            service.publish(Samples.change(Instant.now(), Samples.totals(50_000)));
            Toolkit.until(
                    "shown",
                    () -> window.text(".metric-tile .tile-value").equals("7")
                            && window.all(".tile-value").stream()
                                    .anyMatch(value -> text(value).equals("10,000")));

            assertThat(service.resumedFrom).containsExactly("", "e1:0");
            assertThat(window.text(".gap-count")).isEqualTo("No gaps");
        }
    }

    @Test
    void pauseFreezesTheFiguresAndCountsTheUnseen() {
        try (var service = new FakeService(Samples.ANNA);
                var window = live(service)) {
            window.press(KeyCode.P);
            service.publish(Samples.change(Instant.now(), Samples.totals(50_000)));
            Toolkit.until("counted", () -> window.text(".badge-paused").equals("Paused · 1 unseen"));
            assertThat(window.all(".tile-value")).noneMatch(value -> text(value).equals("10,000"));

            window.press(KeyCode.P);
            Toolkit.until("shown", () -> window.all(".tile-value").stream().anyMatch(v -> text(v).equals("10,000")));
            assertThat(window.all(".badge-paused")).isEmpty();
        }
    }

    @Test
    void aSelectedFlightIsToldInFull() {
        try (var service = new FakeService(Samples.ANNA);
                var window = live(service)) {
            window.select(".table-view", 9);
            Toolkit.until(
                    "details",
                    () -> window.all(".failure-box .text-area").stream()
                            .anyMatch(area ->
                                    ((TextInputControl) area).getText().contains("upstream closed the stream")));
        }
    }

    @Test
    void theChoiceStaysOnItsFlightWhileRowsChange() {
        try (var service = new FakeService(Samples.ANNA);
                var window = live(service)) {
            window.press(KeyCode.DIGIT2);
            window.select(".table-view", 1);
            var flights = service.state().flights();
            service.publish(Samples.flown(Instant.now(), flights.subList(1, flights.size())));

            Toolkit.until("moved", () -> window.text(".card-summary").startsWith("6 in the air"));
            assertThat(window.selected(".table-view")).isZero();
            assertThat(window.all(".detail-value"))
                    .anyMatch(field -> ((TextInputControl) field)
                            .getText()
                            .equals(flights.get(1).id()));
        }
    }

    @ParameterizedTest
    @EnumSource(OperatorKind.class)
    @DisplayName("O5 every control has a name, a keyboard way and a tooltip; no style or uncaught complaint")
    void everyControlIsAccessible(OperatorKind kind) {
        try (var complaints = new Complaints();
                var service = new FakeService(kind.operator());
                var window = live(service)) {
            SampleSessions.fill(service.sessions, Instant.now());
            accessible(window.scene().getRoot());
            window.select(".table-view", 0);
            accessible(window.scene().getRoot());
            window.press(KeyCode.DIGIT2);
            window.select(".table-view", 0);
            accessible(window.scene().getRoot());
            window.press(KeyCode.DIGIT3);
            accessible(window.scene().getRoot());
            window.press(KeyCode.DIGIT4);
            Toolkit.until("audit", () -> !window.all(".audit-entry").isEmpty());
            accessible(window.scene().getRoot());
            window.select(".table-view", 3);
            accessible(window.scene().getRoot());
            window.press(KeyCode.DIGIT5);
            Toolkit.until("entries", () -> !window.all(".table-row-cell").isEmpty());
            window.select(".table-view", 1);
            accessible(window.scene().getRoot());
            window.press(KeyCode.DIGIT6);
            window.select(".table-view", 0);
            Toolkit.until("log", () -> !window.all(".log-canvas").isEmpty());
            accessible(window.scene().getRoot());
            window.press(KeyCode.K);
            accessible(window.scene().getRoot());
            window.escape();
            SampleSenders.fill(service, Instant.now());
            window.press(KeyCode.DIGIT7);
            window.select(".table-view", 3);
            Toolkit.until("sender", () -> !window.all(".batch-entry").isEmpty());
            for (int tab = 0; tab < 4; tab++) {
                int chosen = tab;
                Toolkit.run(() -> ((TabPane) window.all(".screen-tabs").getFirst())
                        .getSelectionModel()
                        .select(chosen));
                accessible(window.scene().getRoot());
            }
            window.press(KeyCode.DIGIT4);
            if (kind == OperatorKind.OPERATOR) {
                window.fire(".switch", 1);
                Toolkit.until("asked", () -> !window.all(".dialog-card").isEmpty());
                accessible(window.scene().getRoot());
            }
            window.press(KeyCode.L);
            assertThat(complaints.heard()).isEmpty();
        }
    }

    /// Who looks.
    enum OperatorKind {
        OPERATOR,
        VIEWER;

        OperatorInfo operator() {
            return this == OPERATOR ? Samples.ANNA : Samples.VIEWER;
        }
    }

    private TestWindow live(FakeService service) {
        var window = new TestWindow(service.endpoint(), store, Theme.DARK, 960, 640);
        window.start();
        Toolkit.until("live", () -> window.text(".connection-state").equals("Live"));
        return window;
    }

    private static void tabTo(FxRobot robot, TestWindow window, Class<? extends Node> type) {
        for (int i = 0; i < 30 && !type.isInstance(window.focused()); i++) {
            robot.push(KeyCode.TAB);
        }
        assertThat(window.focused()).isInstanceOf(type);
    }

    private static void accessible(Node node) {
        if (node instanceof Control control && control.isFocusTraversable() && control.isVisible()) {
            assertThat(named(control)).as("name of %s", control).isTrue();
            if (control instanceof ButtonBase || control instanceof TextInputControl) {
                assertThat(control.getTooltip()).as("tooltip of %s", control).isNotNull();
            }
        }
        if (node instanceof ButtonBase button
                && button.isVisible()
                && !button.getStyleClass().contains("arrow-button")) {
            assertThat(button.isFocusTraversable())
                    .as("keyboard way to %s", button)
                    .isTrue();
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(ConsoleTest::accessible);
        }
    }

    private static boolean named(Control control) {
        var said = control.getAccessibleText();
        return (said != null && !said.isBlank())
                || (control instanceof Labeled labeled && !text(labeled).isBlank());
    }

    private static boolean inside(@Nullable Node node, String styleClass) {
        for (var each = node; each != null; each = each.getParent()) {
            if (each.getStyleClass().contains(styleClass)) {
                return true;
            }
        }
        return false;
    }

    private static boolean stale(Node node) {
        return node.getPseudoClassStates().contains(STALE);
    }

    private static String text(Node node) {
        return node instanceof Labeled labeled && labeled.getText() != null ? labeled.getText() : "";
    }
}
