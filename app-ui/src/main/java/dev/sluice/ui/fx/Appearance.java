package dev.sluice.ui.fx;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.scene.Scene;

/// How the console looks: theme and density, applied to a scene and kept applied.
public final class Appearance {
    private static final PseudoClass COMPACT = PseudoClass.getPseudoClass("compact");
    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");
    private static final String STYLESHEET = Objects.requireNonNull(
                    Appearance.class.getResource("sluice.css"), "sluice.css is missing from the class path")
            .toExternalForm();

    private final ObjectProperty<Theme> theme;
    private final ObjectProperty<Density> density;

    /// Creates a look.
    public Appearance(Theme theme, Density density) {
        this.theme = new SimpleObjectProperty<>(this, "theme", theme);
        this.density = new SimpleObjectProperty<>(this, "density", density);
    }

    /// Dresses a scene, and again whenever the look or the desktop's colours change.
    public void dress(Scene scene) {
        scene.getStylesheets().setAll(STYLESHEET);
        theme.subscribe(() -> paint(scene));
        density.subscribe(value -> scene.getRoot().pseudoClassStateChanged(COMPACT, value == Density.COMPACT));
        Platform.getPreferences().colorSchemeProperty().subscribe(() -> paint(scene));
        paint(scene);
    }

    /// Returns the theme.
    public ObjectProperty<Theme> theme() {
        return theme;
    }

    /// Returns the density.
    public ObjectProperty<Density> density() {
        return density;
    }

    /// Returns whether the console is dark now.
    public boolean dark() {
        return switch (theme.get()) {
            case DARK -> true;
            case LIGHT -> false;
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        };
    }

    private void paint(Scene scene) {
        Application.setUserAgentStylesheet(
                dark() ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
        scene.getRoot().pseudoClassStateChanged(DARK, dark());
    }
}
