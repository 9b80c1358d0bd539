package dev.sluice.ui.app;

import dev.sluice.ui.fx.Appearance;
import dev.sluice.ui.fx.Density;
import dev.sluice.ui.fx.Theme;
import dev.sluice.ui.fx.Toolkit;
import dev.sluice.ui.link.Endpoint;
import dev.sluice.ui.link.FixedService;
import dev.sluice.ui.store.OpsStore;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Objects;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// A whole console in a window, for tests that look at it from outside.
final class TestWindow implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Console console;
    private final Stage stage;

    TestWindow(Endpoint endpoint, OpsStore store, Theme theme, double width, double height) {
        console = Toolkit.on(() -> new Console(
                http,
                new FixedService(endpoint),
                store,
                new Appearance(theme, Density.COMFORTABLE),
                () -> List.of("listening on " + endpoint.base()),
                width,
                height));
        stage = Toolkit.on(() -> {
            var shown = new Stage();
            shown.setScene(console.scene());
            shown.show();
            return shown;
        });
    }

    void start() {
        Toolkit.run(console::start);
    }

    Scene scene() {
        return console.scene();
    }

    /// Returns the text of the first visible node that matches, on the FX thread or off it.
    String text(String selector) {
        return all(selector).stream()
                .filter(Labeled.class::isInstance)
                .map(node -> ((Labeled) node).getText())
                .findFirst()
                .orElse("");
    }

    /// Returns all visible nodes that match.
    List<Node> all(String selector) {
        return scene().getRoot().lookupAll(selector).stream()
                .filter(TestWindow::visible)
                .toList();
    }

    /// Presses the button at an index among the visible ones that match.
    void fire(String selector, int index) {
        Toolkit.run(() -> ((Button) all(selector).get(index)).fire());
    }

    /// Puts text into the last visible field that matches.
    void type(String selector, String text) {
        Toolkit.run(() -> ((TextInputControl) all(selector).getLast()).setText(text));
    }

    /// Presses Escape where the keyboard is.
    void escape() {
        Toolkit.run(() -> Event.fireEvent(
                Objects.requireNonNull(focused()),
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ESCAPE, false, false, false, false)));
    }

    /// Selects a row of the first table that matches, once it is there; none if negative.
    void select(String selector, int row) {
        Toolkit.until(
                "row " + row + " of " + selector,
                () -> all(selector).stream()
                        .limit(1)
                        .anyMatch(table -> ((TableView<?>) table).getItems().size() > row));
        Toolkit.run(() -> {
            var model = ((TableView<?>) all(selector).getFirst()).getSelectionModel();
            if (row < 0) {
                model.clearSelection();
            } else {
                model.select(row);
            }
        });
    }

    /// Returns which row of the first table that matches is selected; negative if none.
    int selected(String selector) {
        return Toolkit.on(() ->
                ((TableView<?>) all(selector).getFirst()).getSelectionModel().getSelectedIndex());
    }

    /// Returns the node that has the keyboard.
    @Nullable
    Node focused() {
        return scene().getFocusOwner();
    }

    /// Presses a key with Ctrl held.
    void press(KeyCode code) {
        Toolkit.run(() ->
                Event.fireEvent(scene(), new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, true, false, false)));
    }

    @Override
    public void close() {
        Toolkit.run(() -> {
            stage.close();
            console.close();
        });
        http.shutdownNow();
    }

    private static boolean visible(Node node) {
        for (var each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return true;
    }
}
