package dev.sluice.ui.flights;

import dev.sluice.ui.parts.Columns;
import dev.sluice.ui.parts.EmptyState;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/// Turns a table into one of requests, newest first.
final class RequestTable {
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");

    private RequestTable() {}

    /// @param narrow whether the details, which say the same, are open
    static void dress(TableView<RequestRow> table, ObservableList<RequestRow> rows, ObservableValue<Boolean> narrow) {
        Columns.dress(table);
        table.setItems(rows);
        table.setPlaceholder(new EmptyState(
                "fth-inbox",
                "No requests to show",
                new ReadOnlyStringWrapper("Requests appear here when they have been answered, newest first.")));
        table.getColumns().add(Columns.whole("Time", 82, RequestRow::time));
        table.getColumns().add(Columns.sign("Role", 104, row -> row.role().sign()));
        table.getColumns().add(Columns.sentence("Why", 300, RequestRow::why));
        table.getColumns().add(Columns.number("Status", 62, row -> Integer.toString(row.status())));
        table.getColumns().add(Columns.number("Saved", 118, RequestRow::saved));
        Stream.<TableColumn<RequestRow, String>>of(
                        Columns.number("Age", 74, RequestRow::age),
                        Columns.number("Waited", 74, RequestRow::waited),
                        Columns.number("Took", 74, RequestRow::latency),
                        Columns.text("Organisation", 100, RequestRow::org),
                        Columns.text("Request", 150, RequestRow::id))
                .forEach(column -> {
                    column.visibleProperty().bind(narrow.map(open -> !open));
                    table.getColumns().add(column);
                });
        table.setRowFactory(view -> new Row());
    }

    private static final class Row extends TableRow<RequestRow> {
        @Override
        protected void updateItem(@Nullable RequestRow row, boolean empty) {
            super.updateItem(row, empty);
            pseudoClassStateChanged(FAILED, !empty && row != null && row.failed());
        }
    }
}
