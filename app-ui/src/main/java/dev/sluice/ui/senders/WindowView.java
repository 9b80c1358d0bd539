package dev.sluice.ui.senders;

import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.NoteBar;
import dev.sluice.ui.fx.Fxml;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// Wires the window that texts gather in, and what they are answered.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class WindowView {
    private final WindowViewModel model;
    private final Parent root;

    @FXML
    private TextField window;

    @FXML
    private Button setWindow;

    @FXML
    private ComboBox<String> mode;

    @FXML
    private Button setMode;

    @FXML
    private Label problem;

    @FXML
    private Label preview;

    @FXML
    private NoteBar windowNote;

    @FXML
    private Button undoWindow;

    @FXML
    private Button retime;

    @FXML
    private Button closeAll;

    @FXML
    private NoteBar deedNote;

    @FXML
    private Label blocked;

    @FXML
    private VBox flags;

    @FXML
    private TextArea text;

    @FXML
    private Button setText;

    @FXML
    private Label cost;

    @FXML
    private NoteBar textNote;

    @FXML
    private Button undoText;

    WindowView(WindowViewModel model) {
        this.model = model;
        this.root = Fxml.load(this);
        mode.getItems().setAll(List.of("fixed", "sliding"));
        flags.getChildren()
                .addAll(
                        new FlagLine("Pause", "CONSOLIDATION_PAUSED", model.paused(), model::turnPause),
                        new FlagLine("Auto-reply", "SMS_AUTO_REPLY_ENABLED", model.autoReply(), model::turnAutoReply));
        window.textProperty().bindBidirectional(model.window().draft());
        mode.valueProperty().bindBidirectional(model.mode().draft());
        text.textProperty().bindBidirectional(model.text().draft());
        preview.textProperty().bind(model.preview());
        window.setOnAction(event -> setWindow.fire());
        setWindow.setOnAction(event -> model.setWindow());
        setMode.setOnAction(event -> model.setMode());
        setText.setOnAction(event -> model.setText());
        retime.setOnAction(event -> model.retime());
        closeAll.setOnAction(event -> model.closeAll());
        undoText.setOnAction(event -> model.text().undo());
        model.note().subscribe(deedNote::show);
        model.window().face().subscribe(this::showWindow);
        model.mode().face().subscribe(this::showWindow);
        model.text().face().subscribe(this::showText);
    }

    Parent node() {
        return root;
    }

    private void showWindow() {
        var length = model.window().face().get();
        var way = model.mode().face().get();
        setWindow.setDisable(!length.sendable());
        setMode.setDisable(!way.sendable());
        say(problem, length.problem());
        // the mode's word counts if it has the later one to say
        boolean ofMode = way.pending() || way.undoable() || way.note().mood() == Mood.BAD;
        windowNote.show(ofMode ? way.note() : length.note());
        show(undoWindow, ofMode ? way.undoable() : length.undoable());
        undoWindow.setOnAction(event -> (ofMode ? model.mode() : model.window()).undo());
        boolean free = length.blocked().isEmpty();
        window.setDisable(!free);
        mode.setDisable(!way.blocked().isEmpty());
        retime.setDisable(!free);
        closeAll.setDisable(!free);
        say(blocked, length.blocked());
    }

    private void showText() {
        var face = model.text().face().get();
        var drafted = model.text().draft().get().strip();
        setText.setDisable(!face.sendable());
        text.setDisable(!face.blocked().isEmpty());
        cost.setText(drafted.isEmpty() ? "It depends on the verdict" : ReplyWords.cost(drafted));
        textNote.show(face.note());
        show(undoText, face.undoable());
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
