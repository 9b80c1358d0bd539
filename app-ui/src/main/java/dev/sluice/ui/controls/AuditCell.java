package dev.sluice.ui.controls;

import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Draws one entry of the audit: what, who and when, why.
final class AuditCell extends ListCell<AuditRow> {
    private final Label deed = new Label();
    private final Label who = new Label();
    private final Label why = new Label();
    private final VBox box = new VBox(deed, who, why);

    AuditCell() {
        deed.getStyleClass().add("audit-deed");
        who.getStyleClass().add("audit-who");
        why.getStyleClass().add("audit-why");
        deed.setWrapText(true);
        why.setWrapText(true);
        box.getStyleClass().add("audit-entry");
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable AuditRow row, boolean empty) {
        super.updateItem(row, empty);
        if (empty || row == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        deed.setText(row.deed());
        who.setText(row.actor() + " · " + row.at());
        why.setText("“" + row.reason() + "”");
        why.setVisible(!row.reason().isEmpty());
        why.setManaged(!row.reason().isEmpty());
        setGraphic(box);
        setAccessibleText(row.spoken());
    }
}
