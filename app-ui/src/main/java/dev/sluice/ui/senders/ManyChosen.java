package dev.sluice.ui.senders;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/// Keeps a table's selection of many rows on the same things while all rows are replaced at once. The
/// place it is scrolled to stays, since the table goes by rows and not by things.
///
/// @param <R> the row
final class ManyChosen<R> {
    private final TableView<R> table;
    private final Function<R, String> key;
    private final Runnable chosen;
    private Set<String> wanted = Set.of();
    private @Nullable String last;
    private boolean following;

    /// Gives a table its items and begins to follow it. While rows are replaced the table chooses by
    /// itself: what is heard between the first listener and the last is not the operator's will.
    ///
    /// @param chosen runs after each choice of the operator's
    ManyChosen(TableView<R> table, ObservableList<R> items, Function<R, String> key, Runnable chosen) {
        this.table = table;
        this.key = key;
        this.chosen = chosen;
        items.addListener((ListChangeListener<R>) change -> following = true);
        table.setItems(items);
        items.addListener((ListChangeListener<R>) change -> follow());
        var model = table.getSelectionModel();
        model.setSelectionMode(SelectionMode.MULTIPLE);
        model.getSelectedIndices().addListener((ListChangeListener<Integer>) change -> select());
    }

    /// The keys of what is chosen, in sight or not.
    Set<String> keys() {
        return wanted;
    }

    /// What was chosen last; null if nothing is.
    @Nullable
    String last() {
        return last;
    }

    void clear() {
        wanted = Set.of();
        last = null;
        following = true;
        table.getSelectionModel().clearSelection();
        following = false;
        chosen.run();
    }

    /// A table drops its selection whenever rows are replaced, so nothing selected says nothing.
    private void select() {
        var selected = table.getSelectionModel().getSelectedIndices();
        if (following || selected.isEmpty()) {
            return;
        }
        var keys = new LinkedHashSet<String>();
        for (int index : selected) {
            if (index >= 0 && index < table.getItems().size()) {
                keys.add(key.apply(table.getItems().get(index)));
            }
        }
        wanted = keys;
        var focused = table.getFocusModel().getFocusedItem();
        var focusedKey = focused == null ? null : key.apply(focused);
        last = focusedKey != null && keys.contains(focusedKey)
                ? focusedKey
                : keys.stream().findFirst().orElse(null);
        chosen.run();
    }

    private void follow() {
        if (!wanted.isEmpty()) {
            chooseAgain();
        }
        following = false;
    }

    private void chooseAgain() {
        var model = table.getSelectionModel();
        var places = places();
        var indices = new ArrayList<Integer>();
        wanted.forEach(each -> {
            Integer index = places.get(each);
            if (index != null) {
                indices.add(index);
            }
        });
        model.clearSelection();
        if (!indices.isEmpty()) {
            int first = indices.getFirst();
            model.selectIndices(
                    first, indices.stream().skip(1).mapToInt(Integer::intValue).toArray());
        }
        Integer focus = last == null ? null : places.get(last);
        if (focus != null) {
            table.getFocusModel().focus(focus);
        }
    }

    private Map<String, Integer> places() {
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < table.getItems().size(); i++) {
            places.put(key.apply(table.getItems().get(i)), i);
        }
        return places;
    }
}
