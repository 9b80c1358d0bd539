package dev.sluice.ui.shell;

import dev.sluice.ui.store.Freshness;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;

/// The line at the foot of every screen: whether what is above may be believed.
final class StatusStrip extends HBox {
    private final FontIcon icon = new FontIcon("fth-loader");
    private final Label connection = new Label("Connecting…", icon);
    private final Label where = new Label();
    private final Label gaps = new Label();
    private final HBox badges = new HBox(6);
    private List<String> shown = List.of();

    StatusStrip() {
        getStyleClass().add("status-strip");
        connection.getStyleClass().add("connection-state");
        connection.setId("connection-state");
        gaps.setGraphic(new FontIcon("fth-alert-triangle"));
        var spring = new Region();
        setHgrow(spring, Priority.ALWAYS);
        getChildren().addAll(connection, gaps, spring, badges, where);
    }

    void show(StatusFace face) {
        connection.setText(face.connection());
        connection.setAccessibleText("Connection: " + face.connection());
        icon.setIconLiteral(icon(face.freshness()));
        for (var freshness : Freshness.values()) {
            connection.pseudoClassStateChanged(
                    PseudoClass.getPseudoClass(freshness.name().toLowerCase(Locale.ROOT)),
                    freshness == face.freshness());
        }
        where.setText(face.where());
        gaps.setText(face.gaps());
        gaps.setVisible(!face.gaps().isEmpty());
        gaps.setManaged(!face.gaps().isEmpty());
        if (!face.badges().equals(shown)) {
            shown = face.badges();
            badges.getChildren().setAll(shown.stream().map(StatusStrip::badge).toList());
        }
    }

    private static Label badge(String text) {
        var label = new Label(text);
        label.getStyleClass().add("badge");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private static String icon(Freshness freshness) {
        return switch (freshness) {
            case WAITING -> "fth-loader";
            case LIVE -> "fth-check-circle";
            case LATE -> "fth-clock";
            case LOST -> "fth-wifi-off";
        };
    }
}
