package dev.sluice.ui.fx;

import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The window: shown where it was left, if that can still be seen.
public final class ConsoleWindow {
    private static final double FIRST_WIDTH = 1440;
    private static final double FIRST_HEIGHT = 900;
    private static final double LEAST_WIDTH = 960;
    private static final double LEAST_HEIGHT = 600;

    private final Stage stage;
    private final ConsoleMemory memory;
    private final Appearance look;
    private final @Nullable WindowPlace place;

    /// Creates the window; it is not shown yet.
    public ConsoleWindow(Stage stage, ConsoleMemory memory, Appearance look) {
        this.stage = stage;
        this.memory = memory;
        this.look = look;
        var kept = memory.recall().place();
        this.place = kept != null ? kept.rescued(screens()) : null;
    }

    /// Returns the width its content begins with.
    public double width() {
        return place != null ? place.width() : Math.min(FIRST_WIDTH, main().getWidth());
    }

    /// Returns the height its content begins with.
    public double height() {
        return place != null ? place.height() : Math.min(FIRST_HEIGHT, main().getHeight() - 40);
    }

    /// Shows it.
    public void show(Scene scene) {
        stage.setTitle("Sluice");
        stage.setMinWidth(Math.min(LEAST_WIDTH, main().getWidth()));
        stage.setMinHeight(Math.min(LEAST_HEIGHT, main().getHeight()));
        stage.setScene(scene);
        if (place != null) {
            stage.setX(place.x());
            stage.setY(place.y());
            stage.setWidth(place.width());
            stage.setHeight(place.height());
            stage.setMaximized(place.maximized());
        }
        stage.show();
    }

    /// Keeps where it is and how it looks for the next start.
    public void remember() {
        var now = new WindowPlace(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), stage.isMaximized());
        memory.keep(
                new ConsoleMemory.Kept(now, look.theme().get(), look.density().get()));
    }

    private static List<Rectangle2D> screens() {
        return Screen.getScreens().stream().map(Screen::getVisualBounds).toList();
    }

    private static Rectangle2D main() {
        return Screen.getPrimary().getVisualBounds();
    }
}
