package dev.sluice.ui.shell;

import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.store.Freshness;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import org.kordamp.ikonli.javafx.FontIcon;

/// Wires what stands in place of a screen while nothing is known of the service.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class WaitingView {
    private final Parent root;

    @FXML
    private Label title;

    @FXML
    private Label text;

    @FXML
    private ProgressIndicator busy;

    @FXML
    private FontIcon icon;

    @FXML
    private Button retry;

    @FXML
    private Button log;

    WaitingView(StatusViewModel model, ShellActions actions) {
        this.root = Fxml.load(this);
        retry.setOnAction(event -> actions.retry().run());
        log.setOnAction(event -> actions.showLog().run());
        model.status().subscribe(this::show);
    }

    Parent node() {
        return root;
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    private void show(Status status) {
        if (status.freshness() == Freshness.WAITING) {
            title.setText(status.connection());
            text.setText(status.banner());
            show(busy, !status.failing());
            show(icon, status.failing());
            show(retry, status.failing());
        }
    }
}
