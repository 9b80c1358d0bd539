package dev.sluice.ui.senders;

import dev.sluice.ui.change.NoteBar;
import dev.sluice.ui.fx.Switch;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// One flag: its name, its position in a word, its switch, and what became of its latest change.
final class FlagLine extends VBox {
    private final String title;
    private final SettingDraft setting;
    private final Label word = new Label();
    private final Switch control = new Switch();
    private final NoteBar note = new NoteBar();
    private final Button undo = new Button("Undo", new FontIcon("fth-corner-up-left"));

    /// @param turn asks whether it shall be turned
    FlagLine(String title, String name, SettingDraft setting, Runnable turn) {
        this.title = title;
        this.setting = setting;
        var heading = new Label(title);
        heading.getStyleClass().add("setting-title");
        var small = new Label(name);
        small.getStyleClass().add("setting-name");
        var names = new VBox(heading, small);
        HBox.setHgrow(names, Priority.ALWAYS);
        word.getStyleClass().add("setting-word");
        word.setMinWidth(Region.USE_PREF_SIZE);
        control.setTooltip(new Tooltip("Turn it; what would happen is shown first"));
        control.setOnAction(event -> turn.run());
        undo.setMinWidth(Region.USE_PREF_SIZE);
        undo.setAccessibleText("Undo the last change of " + title);
        undo.setTooltip(new Tooltip("Turn it back"));
        undo.setOnAction(event -> setting.undo());
        note.getChildren().add(undo);
        var head = new HBox(names, word, control);
        head.getStyleClass().add("setting-head");
        getStyleClass().add("flag-line");
        getChildren().addAll(head, note);
        setting.face().subscribe(this::show);
    }

    private void show() {
        var face = setting.face().get();
        word.setText((face.on() ? "On" : "Off") + (face.pending() ? ", pending" : ""));
        control.onProperty().set(face.on());
        control.pendingProperty().set(face.pending());
        control.setDisable(!face.blocked().isEmpty());
        control.setAccessibleText(title + ", " + word.getText());
        note.show(face.note());
        undo.setVisible(face.undoable());
        undo.setManaged(face.undoable());
    }
}
