package dev.sluice.ui.senders;

import dev.sluice.ui.fx.Fxml;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;

/// Wires the text that an operator sends by hand.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class ReplyForm {
    private final SenderDetailViewModel model;
    private final Parent root;

    @FXML
    private TextArea text;

    @FXML
    private Button send;

    @FXML
    private Label cost;

    @FXML
    private Label why;

    ReplyForm(SenderDetailViewModel model) {
        this.model = model;
        this.root = Fxml.load(this);
        text.textProperty().subscribe(this::show);
        send.setOnAction(event -> model.reply(text.getText().strip(), this::clear));
    }

    Parent node() {
        return root;
    }

    void clear() {
        text.clear();
    }

    /// Shows what the text costs and whether it can be sent.
    void show() {
        var blocked = model.unsendable();
        var words = text.getText().strip();
        cost.setText(words.isEmpty() ? "" : ReplyWords.cost(words));
        send.setDisable(!blocked.isEmpty() || words.isEmpty());
        text.setDisable(!blocked.isEmpty());
        why.setText(blocked);
        why.setVisible(!blocked.isEmpty());
        why.setManaged(!blocked.isEmpty());
    }
}
