package dev.sluice.ui.sessions;

import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.LogCanvas;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;

/// Wires what jumps from the chosen line of a log to another.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class EventJumps {
    private final OpenSessionViewModel model;
    private final LogCanvas log;
    private final Runnable refresh;
    private final Parent root;

    @FXML
    private Button error;

    @FXML
    private ComboBox<String> type;

    @FXML
    private Button next;

    @FXML
    private TextField text;

    @FXML
    private Button find;

    /// @param refresh brings the log up to date, so that a line can be chosen that a jump in time has
    ///     uncovered
    EventJumps(OpenSessionViewModel model, LogCanvas log, Runnable refresh) {
        this.model = model;
        this.log = log;
        this.refresh = refresh;
        this.root = Fxml.load(this);
        type.setItems(model.types().names());
        next.disableProperty().bind(type.valueProperty().isNull());
        error.setOnAction(event -> toError());
        next.setOnAction(event -> toType());
        type.setOnAction(event -> toType());
        find.setOnAction(event -> toText());
        text.setOnAction(event -> toText());
    }

    Parent node() {
        return root;
    }

    void toError() {
        go(model.nextError(from()));
    }

    private void toType() {
        var chosen = type.getValue();
        if (chosen != null) {
            go(model.nextOf(chosen, from()));
        }
    }

    private void toText() {
        if (!text.getText().isEmpty()) {
            go(model.nextWith(text.getText(), from()));
        }
    }

    private int from() {
        return log.chosen().get();
    }

    private void go(int line) {
        if (line >= 0) {
            refresh.run();
            log.choose(line);
        }
    }
}
