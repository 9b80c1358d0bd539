package dev.sluice.ui.fx;

import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The card of a dialog: a title, then whatever it is about, then buttons.
final class Card extends VBox {
    Card(String title) {
        getStyleClass().add("dialog-card");
        setAccessibleRole(AccessibleRole.DIALOG);
        setAccessibleText(title);
        setMaxHeight(Region.USE_PREF_SIZE);
        getChildren().add(wrapped(title, "dialog-title"));
    }

    void addButtons(HBox buttons) {
        buttons.getStyleClass().add("dialog-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().add(buttons);
    }

    static Button button(String text, Runnable deed) {
        var button = new Button(text);
        button.setOnAction(event -> deed.run());
        button.setAccessibleText(text);
        button.setTooltip(new Tooltip(text));
        return button;
    }

    static Label wrapped(String text, String style) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().add(style);
        return label;
    }
}
