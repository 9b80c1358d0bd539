package dev.sluice.ui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.ui.fake.FakeService;
import dev.sluice.ui.fake.ManualClocks;
import dev.sluice.ui.fake.SampleSenders;
import dev.sluice.ui.fake.SampleSessions;
import dev.sluice.ui.fake.Samples;
import dev.sluice.ui.fx.LogCanvas;
import dev.sluice.ui.fx.Theme;
import dev.sluice.ui.fx.Toolkit;
import dev.sluice.ui.store.Clocks;
import dev.sluice.ui.store.OpsStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javafx.scene.control.SingleSelectionModel;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Draws the window into `target/screenshots`, to be looked at.
class ScreenshotTest {
    private static final int SECONDS = 120;
    private static final Path FOLDER = Path.of("target", "screenshots");

    @BeforeAll
    static void start() throws IOException {
        Toolkit.start();
        Files.createDirectories(FOLDER);
    }

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"LIGHT", "DARK"})
    void everyScreenIsDrawn(Theme theme) throws IOException {
        var name = theme == Theme.DARK ? "dark" : "light";
        var clocks = new ManualClocks();
        var store = new OpsStore(clocks.clocks());
        var last = course(clocks);
        try (var service = new FakeService(last);
                var window = new TestWindow(service.endpoint(), store, theme, 1440, 900)) {
            draw(window, name + "-0-waiting");
            feed(store, clocks, last);
            window.start();
            Toolkit.until("live", () -> window.text(".connection-state").equals("Live"));
            draw(window, name + "-1-overview");
            window.select(".table-view", 9);
            draw(window, name + "-2-details");
            window.select(".table-view", -1);
            window.press(KeyCode.DIGIT4);
            Toolkit.until("audit", () -> !window.all(".audit-entry").isEmpty());
            draw(window, name + "-3-controls");
            window.fire(".switch", 0);
            Toolkit.until("asked", () -> !window.all(".dialog-card").isEmpty());
            draw(window, name + "-4-confirm");
            window.fire(".dialog-buttons .accent", 0);
            Toolkit.until("confirmed", () -> window.text(".setting-note .label").contains("Confirmed"));
            draw(window, name + "-5-confirmed");
            service.patches(FakeService.PatchMood.LOST);
            window.fire(".switch", 1);
            Toolkit.until("asked", () -> !window.all(".dialog-card").isEmpty());
            window.fire(".dialog-buttons .accent", 0);
            draw(window, name + "-6-pending");
            window.press(KeyCode.DIGIT1);
            service.stop();
            Toolkit.until("lost", () -> window.text(".connection-state").startsWith("Lost"));
            clocks.advance(Duration.ofSeconds(12));
            Toolkit.until("aged", () -> window.text(".tile-foot").contains("12 s"));
            Toolkit.until("said", () -> window.text(".stale-banner .label").contains("12 s"));
            draw(window, name + "-7-stale");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"LIGHT", "DARK"})
    void flightsAndProvidersAreDrawn(Theme theme) throws IOException {
        try (var service = new FakeService(Samples.ANNA);
                var window = live(service, theme, 1440, 900)) {
            var name = theme == Theme.DARK ? "dark" : "light";
            window.press(KeyCode.DIGIT2);
            draw(window, name + "-flights-1");
            window.select(".table-view", 1);
            draw(window, name + "-flights-2-details");
            window.select(".table-view", 9);
            draw(window, name + "-flights-3-failed");
            window.press(KeyCode.DIGIT3);
            draw(window, name + "-providers");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"LIGHT", "DARK"})
    void changingStoppingAndFindingAreDrawn(Theme theme) throws IOException {
        try (var service = new FakeService(Samples.ANNA);
                var window = live(service, theme, 1440, 900)) {
            var name = theme == Theme.DARK ? "dark" : "light";
            window.press(KeyCode.DIGIT4);
            window.select(".table-view", 3);
            window.type(".inspector .text-field", "11m");
            Toolkit.until("history", () -> !window.all(".audit-entry").isEmpty());
            Toolkit.until("checked", () -> window.text(".setting-problem").startsWith("Out of range"));
            draw(window, name + "-controls-editor");
            window.press(KeyCode.DIGIT5);
            Toolkit.until("audit", () -> window.text(".setting-note .label").startsWith("Chain"));
            window.select(".table-view", 2);
            draw(window, name + "-audit");
            window.press(KeyCode.K);
            window.type(".palette .text-field", "t");
            draw(window, name + "-palette");
            window.escape();
            window.fire(".stop-button", 0);
            Toolkit.until("asked", () -> !window.all(".hold-button").isEmpty());
            draw(window, name + "-stop");
            window.type(".dialog-card .text-field", "STOP");
            window.fire(".hold-button", 0);
            Toolkit.until(
                    "stopped", () -> window.text(".outbound-banner .label").startsWith("STOPPED"));
            window.press(KeyCode.DIGIT1);
            draw(window, name + "-stopped");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"LIGHT", "DARK"})
    void sessionsAreDrawn(Theme theme) throws IOException {
        try (var service = new FakeService(Samples.ANNA);
                var window = live(service, theme, 1440, 900)) {
            var name = theme == Theme.DARK ? "dark" : "light";
            SampleSessions.fill(service.sessions, Instant.now());
            window.press(KeyCode.DIGIT6);
            window.select(".table-view", 13);
            Toolkit.until(
                    "whole", () -> window.text(".open-session .card-summary").equals("25 lines · complete"));
            window.select(".table-view", -1);
            window.select(".table-view", 0);
            Toolkit.until(
                    "live", () -> window.text(".open-session .card-summary").equals("24 lines · following live"));
            draw(window, name + "-sessions-1-live");
            Toolkit.run(() -> ((LogCanvas) window.all(".log-canvas").getFirst()).choose(20));
            draw(window, name + "-sessions-2-event");
            service.sessions.down(true);
            Toolkit.until(
                    "stale", () -> window.text(".open-session .card-summary").equals("24 lines · interrupted"));
            draw(window, name + "-sessions-3-stale");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"LIGHT", "DARK"})
    void sendersAreDrawn(Theme theme) throws IOException {
        try (var service = new FakeService(Samples.ANNA);
                var window = live(service, theme, 1440, 900)) {
            var name = theme == Theme.DARK ? "dark" : "light";
            SampleSenders.fill(service, Instant.now());
            window.press(KeyCode.DIGIT7);
            window.select(".table-view", 11);
            Toolkit.until("sender", () -> !window.all(".batch-entry").isEmpty());
            draw(window, name + "-senders-1");
            Toolkit.run(() -> tabs(window).select(1));
            Toolkit.until("inbox", () -> !window.all(".inbox .table-row-cell").isEmpty());
            window.select(".inbox .table-view", 0);
            draw(window, name + "-senders-2-unknown");
            Toolkit.run(() -> tabs(window).select(3));
            window.type(".setting-card .text-field", "10s");
            Toolkit.until(
                    "foreseen", () -> window.text(".window-preview").endsWith("9 would move and 3 would close now."));
            window.type(".setting-card .text-area", "Thank you, we count on you – 8 o'clock.");
            draw(window, name + "-senders-3-window");
            Toolkit.run(() -> tabs(window).select(2));
            draw(window, name + "-senders-4-refused");
        }
    }

    private static SingleSelectionModel<Tab> tabs(TestWindow window) {
        return ((TabPane) window.all(".screen-tabs").getFirst()).getSelectionModel();
    }

    @Test
    void aViewersSmallWindowIsDrawn() throws IOException {
        var store = new OpsStore(Clocks.system());
        try (var service = new FakeService(Samples.VIEWER);
                var window = new TestWindow(service.endpoint(), store, Theme.LIGHT, 960, 640)) {
            window.start();
            Toolkit.until("live", () -> window.text(".connection-state").equals("Live"));
            draw(window, "small-1-overview");
            window.press(KeyCode.P);
            service.publish(Samples.change(Instant.now(), Samples.totals(13_000)));
            Toolkit.until("unseen", () -> window.text(".badge-paused").contains("1 unseen"));
            window.press(KeyCode.DIGIT4);
            Toolkit.until("audit", () -> !window.all(".audit-entry").isEmpty());
            draw(window, "small-2-controls");
            window.press(KeyCode.P);
            SampleSessions.fill(service.sessions, Instant.now());
            window.press(KeyCode.DIGIT6);
            window.select(".table-view", 10);
            Toolkit.until(
                    "whole", () -> window.text(".open-session .card-summary").endsWith("complete"));
            draw(window, "small-4-sessions");
            SampleSenders.fill(service, Instant.now());
            window.press(KeyCode.DIGIT7);
            window.select(".table-view", 3);
            Toolkit.until("sender", () -> !window.all(".batch-entry").isEmpty());
            draw(window, "small-5-senders");
            window.press(KeyCode.L);
            Toolkit.until("log", () -> !window.all(".log-text").isEmpty());
            draw(window, "small-3-log");
        }
    }

    private static TestWindow live(FakeService service, Theme theme, double width, double height) {
        var window = new TestWindow(service.endpoint(), new OpsStore(Clocks.system()), theme, width, height);
        window.start();
        Toolkit.until("live", () -> window.text(".connection-state").equals("Live"));
        return window;
    }

    /// Returns the state after two minutes of traffic.
    private static OpsSnapshot course(ManualClocks clocks) {
        var now = clocks.clocks().wall().instant().plusSeconds(SECONDS);
        return Samples.snapshot(now, Samples.ANNA);
    }

    /// Lets the store live through those two minutes.
    private static void feed(OpsStore store, ManualClocks clocks, OpsSnapshot last) {
        store.snapshot(at(last, 0));
        for (int second = 1; second <= SECONDS; second++) {
            clocks.advance(Duration.ofSeconds(1));
            store.snapshot(at(last, second));
        }
    }

    private static OpsSnapshot at(OpsSnapshot last, int second) {
        double wave = Math.sin(second / 9.0) + 0.5 * Math.sin(second / 2.3);
        long requests = second == SECONDS ? 12_480 : Math.round(9_920 + second * 21 + 60 * Math.sin(second / 9.0));
        int inFlight = second == SECONDS ? 7 : (int) Math.round(6 + 3 * wave);
        return new OpsSnapshot(
                last.service(),
                last.operator(),
                Samples.totals(requests),
                Samples.load(inFlight),
                last.flights(),
                last.recent(),
                last.settings(),
                last.providers(),
                last.conditions(),
                last.sms());
    }

    private static void draw(TestWindow window, String name) throws IOException {
        var image = Toolkit.on(() -> {
            window.scene().getRoot().applyCss();
            window.scene().getRoot().layout();
            return window.scene().snapshot(null);
        });
        var file = FOLDER.resolve(name + ".png");
        ImageIO.write(buffered(image), "png", file.toFile());
        assertThat(file).isNotEmptyFile();
    }

    private static BufferedImage buffered(WritableImage image) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        var copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                copy.setRGB(x, y, image.getPixelReader().getArgb(x, y));
            }
        }
        return copy;
    }
}
