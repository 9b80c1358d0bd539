package dev.sluice.ui.parts;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// Says why there is nothing, and what would change that.
public final class EmptyState extends VBox {
    /// Creates one.
    public EmptyState(String icon, String title, ObservableValue<String> text) {
        var heading = new Label(title);
        heading.getStyleClass().add("empty-title");
        var words = new Label();
        words.textProperty().bind(text);
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.getStyleClass().add("empty-text");
        getChildren().addAll(new FontIcon(icon), heading, words);
        getStyleClass().add("empty-state");
        setAlignment(Pos.CENTER);
    }
}
