package dev.sluice.ui.shell;

import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.store.Freshness;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import org.kordamp.ikonli.javafx.FontIcon;

/// Wires the strip at the foot of every screen.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class StatusStripView {
    private final Parent root;

    @FXML
    private Label connection;

    @FXML
    private FontIcon connectionIcon;

    @FXML
    private Label lastEvent;

    @FXML
    private Label gaps;

    @FXML
    private Button conditions;

    @FXML
    private FontIcon conditionIcon;

    @FXML
    private Label unseen;

    @FXML
    private Label simulated;

    @FXML
    private Label trust;

    @FXML
    private Label readOnly;

    @FXML
    private Label exposed;

    @FXML
    private Label person;

    @FXML
    private Label service;

    /// @param toConditions leads to the screen that lists the conditions
    StatusStripView(StatusViewModel model, Runnable toConditions) {
        this.root = Fxml.load(this);
        conditions.setOnAction(event -> toConditions.run());
        model.status().subscribe(this::show);
    }

    Parent node() {
        return root;
    }

    private void show(Status status) {
        connection.setText(status.connection());
        connectionIcon.setIconLiteral(icon(status.freshness()));
        mark(connection, status.freshness());
        lastEvent.setText(status.lastEvent());
        gaps.setText(status.gaps());
        gaps.pseudoClassStateChanged(PseudoClass.getPseudoClass("gapped"), status.gapped());
        var sign = status.worst().sign();
        conditions.setText(status.conditions());
        conditions.setAccessibleText("Conditions: " + status.allConditions());
        conditions.getTooltip().setText("Watched: " + status.allConditions() + ". Opens the overview (Ctrl+1)");
        conditionIcon.setIconLiteral(sign.icon());
        conditionIcon.getStyleClass().setAll("ikonli-font-icon", sign.style());
        show(conditions, !status.conditions().isEmpty());
        unseen.setText(status.unseen());
        show(unseen, status.paused());
        show(simulated, status.simulated());
        show(trust, status.trustMode());
        show(readOnly, status.readOnly());
        show(exposed, status.exposed());
        person.setText(status.person());
        show(person, !status.person().isEmpty());
        service.setText(status.service());
    }

    /// Marks a node with the freshness, for the style sheet; a sign and a word always go with it.
    static void mark(Node node, Freshness freshness) {
        for (var each : Freshness.values()) {
            node.pseudoClassStateChanged(
                    PseudoClass.getPseudoClass(each.name().toLowerCase(Locale.ROOT)), each == freshness);
        }
    }

    static String icon(Freshness freshness) {
        return switch (freshness) {
            case WAITING -> "fth-loader";
            case LIVE -> "fth-check-circle";
            case LATE -> "fth-alert-triangle";
            case LOST -> "fth-wifi-off";
        };
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
