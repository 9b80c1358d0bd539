package dev.sluice.ui.fx;

import dev.sluice.ui.store.Series;
import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One figure: its name, its value, its pace, its recent course, and what it means or how old it is.
public final class MetricTile extends VBox {
    /// What is said beside the value.
    public enum Pace {
        /// How much it grows in a second.
        RATE,
        /// The largest value in sight.
        PEAK,
        /// Nothing.
        NONE
    }

    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final Label title = new Label();
    private final Label value = new Label(Figures.UNKNOWN);
    private final Label pace = new Label();
    private final Label foot = new Label();
    private final Sparkline line = new Sparkline();
    private final Tooltip tooltip = new Tooltip();
    private String meaning = "";
    private Pace kind = Pace.RATE;

    /// Creates a tile without a value.
    public MetricTile() {
        getStyleClass().add("metric-tile");
        title.getStyleClass().add("tile-title");
        value.getStyleClass().add("tile-value");
        value.setMinWidth(Region.USE_PREF_SIZE);
        pace.getStyleClass().add("tile-pace");
        foot.getStyleClass().add("tile-foot");
        foot.setWrapText(true);
        foot.setMinHeight(Region.USE_PREF_SIZE);
        var spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        var head = new HBox(title, spring, pace);
        head.getStyleClass().add("tile-head");
        pace.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(head, value, line, foot);
        VBox.setVgrow(line, Priority.ALWAYS);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(360);
        Tooltip.install(this, tooltip);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT);
        value.textProperty().subscribe(this::speak);
        foot.textProperty().subscribe(this::speak);
    }

    /// Has the tile lead somewhere when it is pressed, by mouse, Space or Enter.
    public void setOnAction(Runnable deed) {
        setAccessibleRole(AccessibleRole.BUTTON);
        getStyleClass().add("leading-tile");
        setOnMouseClicked(event -> deed.run());
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.SPACE || event.getCode() == KeyCode.ENTER) {
                event.consume();
                deed.run();
            }
        });
    }

    /// Returns the value's text.
    public StringProperty valueProperty() {
        return value.textProperty();
    }

    /// Names the figure.
    public void setTitle(String text) {
        title.setText(text);
        speak();
    }

    /// Returns the figure's name.
    public String getTitle() {
        return title.getText();
    }

    /// Says in a few words what the figure means.
    public void setMeaning(String text) {
        meaning = text;
        foot.setText(text);
    }

    /// Returns what the figure means.
    public String getMeaning() {
        return meaning;
    }

    /// Explains the figure in full: its formula.
    public void setFormula(String text) {
        tooltip.setText(text);
        setAccessibleHelp(text);
    }

    /// Returns the explanation.
    public String getFormula() {
        return tooltip.getText();
    }

    /// Sets the smallest height of the scale.
    public void setLeast(double least) {
        line.setLeast(least);
    }

    /// Returns the smallest height of the scale.
    public double getLeast() {
        return line.getLeast();
    }

    /// Chooses what is said beside the value.
    public void setPace(Pace pace) {
        kind = pace;
    }

    /// Returns what is said beside the value.
    public Pace getPace() {
        return kind;
    }

    /// Draws the recent course.
    public void show(Series series) {
        line.show(series);
        pace.setText(
                switch (kind) {
                    case RATE -> Double.isNaN(line.latest()) ? "" : Figures.rate(line.latest());
                    case PEAK -> "peak " + Math.round(line.peak());
                    case NONE -> "";
                });
    }

    /// Marks the value as believable, or as history of the given age.
    ///
    /// @param age the age in words; empty if the value is live
    public void setAge(String age) {
        boolean stale = !age.isEmpty();
        pseudoClassStateChanged(STALE, stale);
        foot.setText(stale ? "as of " + age + " ago" : meaning);
    }

    private void speak() {
        setAccessibleText(title.getText() + " " + value.getText() + ", " + foot.getText());
    }
}
