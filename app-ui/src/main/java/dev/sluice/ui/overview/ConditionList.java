package dev.sluice.ui.overview;

import dev.sluice.ui.fx.LiveRows;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// What is not well, a line each; nothing if all is well.
final class ConditionList {
    private ConditionList() {}

    static void dress(VBox box, LiveRows<ConditionRow> rows) {
        box.setVisible(false);
        box.setManaged(false);
        rows.shown().addListener((ListChangeListener<ConditionRow>) change -> draw(box, rows.shown()));
    }

    private static void draw(VBox box, List<ConditionRow> rows) {
        box.getChildren().setAll(rows.stream().map(ConditionList::line).toList());
        box.setVisible(!rows.isEmpty());
        box.setManaged(!rows.isEmpty());
    }

    private static HBox line(ConditionRow row) {
        var sign = row.level().sign();
        var icon = new FontIcon(sign.icon());
        icon.getStyleClass().addAll("state-icon", sign.style());
        var word = new Label(sign.word(), icon);
        word.getStyleClass().add("condition-level");
        word.setMinWidth(Region.USE_PREF_SIZE);
        var name = new Label(row.name());
        name.getStyleClass().add("condition-name");
        name.setMinWidth(Region.USE_PREF_SIZE);
        var detail = new Label(row.detail());
        detail.setMaxWidth(Double.MAX_VALUE);
        detail.setTooltip(new Tooltip(row.detail()));
        HBox.setHgrow(detail, Priority.ALWAYS);
        var seen = new Label(row.seen());
        seen.getStyleClass().add("setting-origin");
        seen.setMinWidth(Region.USE_PREF_SIZE);
        var line = new HBox(word, name, detail, seen);
        line.getStyleClass().add("condition");
        line.setAccessibleText(row.spoken());
        return line;
    }
}
