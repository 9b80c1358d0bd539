package dev.sluice.ui.controls;

import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.NoteBar;
import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.Switch;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/// Wires the editor of the chosen setting.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class InspectorView {
    private final InspectorViewModel model;
    private final Parent root;

    @FXML
    private Label name;

    @FXML
    private Label description;

    @FXML
    private Label origin;

    @FXML
    private Label revert;

    @FXML
    private Switch flag;

    @FXML
    private ComboBox<String> choice;

    @FXML
    private TextField text;

    @FXML
    private Label rule;

    @FXML
    private Label problem;

    @FXML
    private Button send;

    @FXML
    private Button standard;

    @FXML
    private Button close;

    @FXML
    private NoteBar note;

    @FXML
    private Button undo;

    @FXML
    private Label blocked;

    InspectorView(InspectorViewModel model, Runnable closing) {
        this.model = model;
        this.root = Fxml.load(this);
        flag.setOnAction(event -> model.turn());
        text.textProperty().bindBidirectional(model.draft());
        choice.valueProperty().bindBidirectional(model.draft());
        text.setOnAction(event -> send.fire());
        send.setOnAction(event -> model.send());
        standard.setOnAction(event -> model.draftDefault());
        undo.setOnAction(event -> model.undo());
        close.setOnAction(event -> closing.run());
        model.shown().subscribe(this::show);
    }

    Parent node() {
        return root;
    }

    private void show(@Nullable Inspection now) {
        show(root, now != null);
        if (now == null) {
            return;
        }
        boolean isFlag = now.type().equals("flag");
        boolean chosen = !isFlag && !now.choices().isEmpty();
        name.setText(now.name());
        description.setText(now.description());
        origin.setText(now.origin());
        say(revert, now.revert());
        say(rule, isFlag ? "" : now.rule());
        say(problem, now.problem());
        show(flag, isFlag);
        show(choice, chosen);
        show(text, !isFlag && !chosen);
        show(send, !isFlag);
        show(standard, !isFlag);
        if (chosen && !choice.getItems().equals(now.choices())) {
            var draft = model.draft().get();
            choice.getItems().setAll(now.choices());
            model.draft().set(draft);
        }
        boolean able = now.blocked().isEmpty();
        boolean free = able && !now.told().mood().equals(Mood.WAITING);
        flag.onProperty().set(now.on());
        flag.pendingProperty().set(now.told().mood() == Mood.WAITING);
        flag.setDisable(!free);
        flag.setAccessibleText(now.name() + ", " + (now.on() ? "on" : "off"));
        choice.setDisable(!free);
        text.setDisable(!free);
        text.setAccessibleText("New value of " + now.name());
        choice.setAccessibleText("New value of " + now.name());
        standard.setDisable(!free);
        send.setDisable(!now.sendable());
        send.setTooltip(new Tooltip(now.verb() + "; what would happen is shown first (Enter)"));
        note.show(now.told());
        show(undo, now.undoable());
        say(blocked, now.blocked());
    }

    private static void say(Label label, String words) {
        label.setText(words);
        show(label, !words.isEmpty());
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
