package dev.sluice.ui.controls;

import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.NoteBar;
import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.Switch;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;

/// Wires one flag's card.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class SettingCard {
    private final SettingToggle model;
    private final Parent root;

    @FXML
    private Label title;

    @FXML
    private Label name;

    @FXML
    private Label meaning;

    @FXML
    private Label word;

    @FXML
    private Switch control;

    @FXML
    private Label origin;

    @FXML
    private NoteBar note;

    @FXML
    private Button undo;

    @FXML
    private Label blocked;

    SettingCard(SettingToggle model) {
        this.model = model;
        this.root = Fxml.load(this);
        title.setText(model.gate().title());
        name.setText(model.gate().setting());
        meaning.setText(model.gate().meaning());
        control.setOnAction(event -> model.request());
        undo.setOnAction(event -> model.undo());
        model.face().subscribe(this::show);
    }

    Parent node() {
        return root;
    }

    private void show(ToggleFace face) {
        control.onProperty().set(face.on());
        control.pendingProperty().set(face.pending());
        control.setDisable(!face.enabled());
        var deed = model.gate().verb(!face.on());
        control.setAccessibleText(model.gate().title() + ", " + face.word());
        control.setTooltip(new Tooltip(face.enabled() ? deed + "…" : face.blocked()));
        word.setText(face.word());
        origin.setText(face.origin());
        note.show(face.told());
        show(undo, face.undoable());
        boolean explain = !face.enabled() && face.told().mood() != Mood.WAITING;
        blocked.setText(face.blocked());
        show(blocked, explain);
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
