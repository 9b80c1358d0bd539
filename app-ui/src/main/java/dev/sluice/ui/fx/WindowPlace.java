package dev.sluice.ui.fx;

import java.util.List;
import javafx.geometry.Rectangle2D;

/// Where a window is.
///
/// @param x left edge
/// @param y top edge
/// @param width width
/// @param height height
/// @param maximized whether it fills the screen
public record WindowPlace(double x, double y, double width, double height, boolean maximized) {
    /// Less of the title bar than this in sight, and it can hardly be grabbed.
    private static final double GRAB_WIDTH = 120;
    private static final double GRAB_HEIGHT = 24;

    /// Returns this place if the window can be reached there, else the nearest thing to it in the middle of the first
    /// screen: screens come and go between two starts.
    ///
    /// @param screens the visible parts of the screens, the main one first
    public WindowPlace rescued(List<Rectangle2D> screens) {
        boolean reachable = screens.stream().anyMatch(this::reachableOn);
        if (reachable || screens.isEmpty()) {
            return this;
        }
        var main = screens.getFirst();
        double w = Math.min(width, main.getWidth());
        double h = Math.min(height, main.getHeight());
        return new WindowPlace(
                main.getMinX() + (main.getWidth() - w) / 2,
                main.getMinY() + (main.getHeight() - h) / 2,
                w,
                h,
                maximized);
    }

    private boolean reachableOn(Rectangle2D screen) {
        double seen = Math.min(x + width, screen.getMaxX()) - Math.max(x, screen.getMinX());
        return seen >= GRAB_WIDTH && y >= screen.getMinY() && y + GRAB_HEIGHT <= screen.getMaxY();
    }
}
