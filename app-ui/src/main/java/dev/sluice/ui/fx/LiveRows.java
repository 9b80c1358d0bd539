package dev.sluice.ui.fx;

import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Rows that are replaced often: only those that differ are drawn anew. Confined to the FX thread.
///
/// @param <R> the row; equal ones look equal
public final class LiveRows<R> {
    private final ObservableList<R> shown = FXCollections.observableArrayList();

    /// Creates no rows.
    public LiveRows() {}

    /// Returns what is shown; others must not change it.
    public ObservableList<R> shown() {
        return shown;
    }

    /// Shows these rows.
    public void show(List<R> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (i >= shown.size()) {
                shown.add(rows.get(i));
            } else if (!shown.get(i).equals(rows.get(i))) {
                shown.set(i, rows.get(i));
            }
        }
        if (shown.size() > rows.size()) {
            shown.remove(rows.size(), shown.size());
        }
    }
}
