package dev.sluice.ui.controls;

import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Draws one entry of the audit: what, who and when, why.
final class AuditCell extends ListCell<AuditRow> {
    private final Label subject = new Label();
    private final Label deed = new Label();
    private final Label who = new Label();
    private final Label why = new Label();
    private final VBox box = new VBox(new HBox(8, subject, deed), who, why);

    AuditCell() {
        subject.getStyleClass().add("audit-subject");
        deed.getStyleClass().add("audit-deed");
        deed.setMinWidth(Region.USE_PREF_SIZE);
        who.getStyleClass().add("audit-who");
        why.getStyleClass().add("audit-why");
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
        subject.setText(row.subject());
        deed.setText(row.deed());
        who.setText(row.actor() + " · " + row.at());
        why.setText("“" + row.reason() + "”");
        why.setVisible(!row.reason().isEmpty());
        why.setManaged(!row.reason().isEmpty());
        setGraphic(box);
        setAccessibleText(row.spoken());
    }
}
