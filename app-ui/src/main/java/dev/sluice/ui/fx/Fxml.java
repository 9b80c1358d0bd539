package dev.sluice.ui.fx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/// Loads the layout that lies beside a view: `XView.fxml` beside `XView`.
public final class Fxml {
    private Fxml() {}

    /// Builds the layout of `view` and sets its fields.
    ///
    /// @throws UncheckedIOException if it is malformed: a programming error
    public static Parent load(Object view) {
        var name = view.getClass().getSimpleName() + ".fxml";
        var layout = Objects.requireNonNull(view.getClass().getResource(name), () -> name + " is missing");
        var loader = new FXMLLoader(layout);
        loader.setController(view);
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot build the layout " + name, e);
        }
    }
}
