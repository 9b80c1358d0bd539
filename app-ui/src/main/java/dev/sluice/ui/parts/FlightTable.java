package dev.sluice.ui.parts;

import dev.sluice.ui.fx.Figures;
import java.util.List;
import java.util.Objects;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/// Turns a table into one of flights. The service orders the rows, live ones first; sorting live data under the eyes
/// of its reader would only move what he looks for.
public final class FlightTable {
    private static final PseudoClass ENDED = PseudoClass.getPseudoClass("ended");

    private FlightTable() {}

    /// Dresses a table.
    ///
    /// @param address where clients send their messages
    public static void dress(
            TableView<FlightRow> table, ObservableList<FlightRow> rows, ObservableValue<String> address) {
        Columns.dress(table);
        table.setItems(rows);
        table.setPlaceholder(new EmptyState(
                "fth-wind",
                "Nothing in the air",
                address.map(url -> "A flight appears here as soon as a client posts a message to "
                        + Objects.requireNonNullElse(url, "the service") + "/api/threads/…/messages")));
        table.getColumns().add(Columns.sign("State", 118, row -> row.state().sign()));
        table.getColumns().add(Columns.number("Age", 84, FlightRow::age));
        table.getColumns().add(Columns.number("Followers", 84, row -> Figures.count(row.followers())));
        table.getColumns().add(Columns.number("Listening", 84, row -> Figures.count(row.listeners())));
        table.getColumns().add(Columns.number("First token", 92, FlightRow::firstToken));
        table.setRowFactory(view -> new Row());
    }

    /// Adds columns that make room while the details, which say the same, are open.
    ///
    /// @param narrow whether they are
    public static void addWide(
            TableView<FlightRow> table, ObservableValue<Boolean> narrow, List<TableColumn<FlightRow, String>> columns) {
        for (var column : columns) {
            column.visibleProperty().bind(narrow.map(open -> !open));
            table.getColumns().add(column);
        }
    }

    private static final class Row extends TableRow<FlightRow> {
        @Override
        protected void updateItem(@Nullable FlightRow row, boolean empty) {
            super.updateItem(row, empty);
            pseudoClassStateChanged(ENDED, !empty && row != null && !row.live());
        }
    }
}
