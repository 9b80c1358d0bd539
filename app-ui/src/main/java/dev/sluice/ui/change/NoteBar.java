package dev.sluice.ui.change;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows a [Note]: icon, sentence, and room for a button.
public final class NoteBar extends HBox {
    private final FontIcon icon = new FontIcon(Mood.QUIET.icon());
    private final Label text = new Label();

    /// Creates a bar that says nothing.
    public NoteBar() {
        getStyleClass().add("setting-note");
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        setMinHeight(Region.USE_PREF_SIZE);
        getChildren().addAll(icon, text);
        show(Note.NONE);
    }

    /// Shows a note; a quiet one takes no room.
    public void show(Note note) {
        text.setText(note.text());
        icon.setIconLiteral(note.mood().icon());
        for (var mood : Mood.values()) {
            pseudoClassStateChanged(PseudoClass.getPseudoClass(mood.style()), mood == note.mood());
        }
        setVisible(!note.text().isEmpty());
        setManaged(!note.text().isEmpty());
    }
}
