package dev.sluice.ui.sessions;

import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.LogCanvas;
import dev.sluice.ui.parts.PlainText;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.javafx.FontIcon;

/// Wires what stands above the log: which session it is, how it fares, what can be done with it.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class SessionHead {
    private final SessionsViewModel screen;
    private final Parent root;

    @FXML
    private Label title;

    @FXML
    private Label summary;

    @FXML
    private ToggleButton follow;

    @FXML
    private ToggleButton details;

    @FXML
    private Button copyId;

    @FXML
    private Button export;

    @FXML
    private Button closer;

    /// @param clipboard where the id goes
    SessionHead(SessionsViewModel screen, LogCanvas log, Consumer<String> clipboard, Runnable close) {
        this.screen = screen;
        this.root = Fxml.load(this);
        summary.textProperty().bind(screen.open().summary());
        follow.selectedProperty().bindBidirectional(log.follows());
        copyId.setOnAction(event -> copy(clipboard));
        export.setOnAction(event -> screen.export());
        closer.setOnAction(event -> close.run());
    }

    Parent node() {
        return root;
    }

    /// Whether the details are to be shown.
    BooleanProperty details() {
        return details.selectedProperty();
    }

    void show(SessionRow row) {
        var sign = row.state();
        var icon = new FontIcon(sign.icon());
        icon.getStyleClass().addAll("state-icon", sign.style());
        title.setGraphic(icon);
        title.setText(row.kind() + " · " + sign.word() + " · " + PlainText.line(row.key(), 60));
        title.setTooltip(new Tooltip(title.getText()));
        export.setDisable(row.running());
        export.setTooltip(new Tooltip(
                row.running()
                        ? "It still runs: it can be exported when it has ended"
                        : "Write all of it to a file that can be imported elsewhere (Alt+X)"));
    }

    private void copy(Consumer<String> clipboard) {
        var session = screen.open().session().get();
        if (session != null) {
            clipboard.accept(session.id());
        }
    }
}
