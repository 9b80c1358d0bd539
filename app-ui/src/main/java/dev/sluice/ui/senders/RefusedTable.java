package dev.sluice.ui.senders;

import dev.sluice.ui.parts.Columns;
import dev.sluice.ui.parts.EmptyState;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ObservableList;
import javafx.scene.Parent;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The table of what was not taken, newest first.
final class RefusedTable {
    private RefusedTable() {}

    static Parent of(ObservableList<RefusedRow> rows) {
        var table = new TableView<RefusedRow>();
        Columns.dress(table);
        table.setItems(rows);
        table.setAccessibleText("Texts and calls that were not taken");
        table.getStyleClass().add("dense");
        table.setPlaceholder(new EmptyState(
                "fth-shield",
                "Nothing was refused",
                new ReadOnlyStringWrapper("Texts and calls that are not taken stand here, with why.")));
        table.getColumns().add(Columns.whole("When", 136, RefusedRow::at));
        table.getColumns().add(Columns.text("By", 100, RefusedRow::account));
        table.getColumns().add(Columns.text("Why", 130, RefusedRow::reason));
        table.getColumns().add(Columns.whole("Sender", 128, RefusedRow::sender));
        table.getColumns().add(Columns.sentence("In full", 360, RefusedRow::detail));
        VBox.setVgrow(table, Priority.ALWAYS);
        var card = new VBox(table);
        card.getStyleClass().add("card");
        return card;
    }
}
