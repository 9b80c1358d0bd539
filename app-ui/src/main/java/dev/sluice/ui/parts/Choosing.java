package dev.sluice.ui.parts;

import java.util.function.Consumer;
import java.util.function.Function;
import javafx.collections.ListChangeListener;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;

/// Keeps a table's selection on the same thing while its rows move and change.
///
/// @param <R> the row
public final class Choosing<R> {
    private final TableView<R> table;
    private final Function<R, String> key;
    private final Consumer<@Nullable R> chosen;
    private @Nullable String wanted;
    private boolean following;

    /// Begins to follow a table whose items are set.
    ///
    /// @param key tells rows apart
    /// @param chosen hears of each choice, and again when the chosen row changed; null if there is none
    public Choosing(TableView<R> table, Function<R, String> key, Consumer<@Nullable R> chosen) {
        this.table = table;
        this.key = key;
        this.chosen = chosen;
        table.getSelectionModel().selectedItemProperty().subscribe(this::select);
        table.getItems().addListener((ListChangeListener<R>) change -> follow());
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                clear();
            }
        });
    }

    /// Chooses nothing.
    public void clear() {
        wanted = null;
        table.getSelectionModel().clearSelection();
        chosen.accept(null);
    }

    /// A table drops its selection whenever the selected row is replaced, so nothing selected says nothing: only
    /// [#clear] means it.
    private void select(@Nullable R row) {
        if (!following && row != null) {
            wanted = key.apply(row);
            chosen.accept(row);
        }
    }

    private void follow() {
        var sought = wanted;
        if (sought == null) {
            return;
        }
        following = true;
        int index = indexOf(sought);
        if (index >= 0) {
            table.getSelectionModel().clearAndSelect(index);
            chosen.accept(table.getItems().get(index));
        } else {
            table.getSelectionModel().clearSelection();
        }
        following = false;
    }

    private int indexOf(String sought) {
        var rows = table.getItems();
        for (int i = 0; i < rows.size(); i++) {
            if (key.apply(rows.get(i)).equals(sought)) {
                return i;
            }
        }
        return -1;
    }
}
