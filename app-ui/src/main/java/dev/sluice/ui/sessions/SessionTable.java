package dev.sluice.ui.sessions;

import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.parts.Columns;
import dev.sluice.ui.parts.EmptyState;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ObservableList;
import javafx.scene.control.TableView;

/// Turns a table into one of sessions, newest first.
final class SessionTable {
    private SessionTable() {}

    static void dress(TableView<SessionRow> table, ObservableList<SessionRow> rows) {
        Columns.dress(table);
        table.setItems(rows);
        table.setPlaceholder(new EmptyState(
                "fth-film",
                "No session matches",
                new ReadOnlyStringWrapper(
                        "Each chat that calls a provider leaves one; clear the filters to see all.")));
        table.getColumns().add(Columns.whole("Began", 136, SessionRow::began));
        table.getColumns().add(Columns.sign("State", 112, SessionRow::state));
        table.getColumns().add(Columns.text("Kind", 70, SessionRow::kind));
        table.getColumns().add(Columns.number("Lasted", 84, SessionRow::lasted));
        table.getColumns()
                .add(Columns.number(
                        "Events", 66, row -> Figures.count(row.session().events())));
        table.getColumns().add(Columns.sentence("About", 210, SessionRow::about));
        table.getColumns().add(Columns.text("Answered by", 150, SessionRow::asked));
        table.getColumns()
                .add(Columns.text("Organisation", 96, row -> row.session().org()));
    }
}
