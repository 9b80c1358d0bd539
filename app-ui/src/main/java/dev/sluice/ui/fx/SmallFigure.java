package dev.sluice.ui.fx;

import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

/// A secondary figure: name above, value below.
public final class SmallFigure extends VBox {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final Label title = new Label();
    private final Label value = new Label(Figures.UNKNOWN);
    private final Tooltip tooltip = new Tooltip();

    /// Creates a figure without a value.
    public SmallFigure() {
        getStyleClass().add("small-figure");
        title.getStyleClass().add("small-title");
        value.getStyleClass().add("small-value");
        getChildren().addAll(title, value);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(320);
        Tooltip.install(this, tooltip);
        value.textProperty().subscribe(this::speak);
    }

    /// Names the figure.
    public void setTitle(String text) {
        title.setText(text);
        speak();
    }

    /// Returns its name.
    public String getTitle() {
        return title.getText();
    }

    /// Explains it.
    public void setMeaning(String text) {
        tooltip.setText(text);
        setAccessibleHelp(text);
    }

    /// Returns the explanation.
    public String getMeaning() {
        return tooltip.getText();
    }

    /// Returns the value's text.
    public StringProperty valueProperty() {
        return value.textProperty();
    }

    /// Marks the value as believable or not.
    public void setStale(boolean stale) {
        pseudoClassStateChanged(STALE, stale);
    }

    private void speak() {
        setAccessibleText(title.getText() + " " + value.getText());
    }
}
