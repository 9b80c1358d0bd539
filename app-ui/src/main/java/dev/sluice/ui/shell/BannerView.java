package dev.sluice.ui.shell;

import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.store.Freshness;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import org.kordamp.ikonli.javafx.FontIcon;

/// Wires the banner that says that what is on screen is not live.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class BannerView {
    private final Parent root;

    @FXML
    private FontIcon icon;

    @FXML
    private Label text;

    @FXML
    private Button retry;

    BannerView(StatusViewModel model, ShellActions actions) {
        this.root = Fxml.load(this);
        retry.setOnAction(event -> actions.retry().run());
        model.status().subscribe(this::show);
    }

    Parent node() {
        return root;
    }

    private void show(Status status) {
        boolean shown = status.freshness() == Freshness.LATE || status.freshness() == Freshness.LOST;
        root.setVisible(shown);
        root.setManaged(shown);
        StatusStripView.mark(root, status.freshness());
        icon.setIconLiteral(StatusStripView.icon(status.freshness()));
        text.setText(status.banner());
        retry.setVisible(status.freshness() == Freshness.LOST);
    }
}
