package dev.sluice.ui.audit;

import dev.sluice.ui.parts.Detail;
import dev.sluice.ui.parts.DetailPane;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The chosen entry and what can be done with it: copy it, roll it back.
final class EntryDetail {
    private final AuditTrailViewModel model;
    private final Button roll = new Button("_Roll back…", new FontIcon("fth-corner-up-left"));
    private final DetailPane pane;
    private @Nullable EntryRow row;

    EntryDetail(AuditTrailViewModel model, Consumer<String> clipboard, Runnable close) {
        this.model = model;
        this.pane = new DetailPane(close);
        var copy = new Button("C_opy", new FontIcon("fth-copy"));
        copy.setAccessibleText("Copy the entry");
        copy.setTooltip(new Tooltip("Copy all of this as text (Alt+O)"));
        copy.setOnAction(event -> {
            if (row != null) {
                clipboard.accept(Detail.lines(row.details()));
            }
        });
        roll.setAccessibleText("Roll this change back");
        roll.setOnAction(event -> {
            if (row != null) {
                model.rollBack(row);
            }
        });
        pane.addDeed(copy);
        pane.addDeed(roll);
        model.blocked().subscribe(this::explain);
    }

    Parent node() {
        return pane;
    }

    void show(EntryRow chosen) {
        row = chosen;
        pane.show("Entry #" + chosen.entry().id(), chosen.details(), "");
        explain();
    }

    private void explain() {
        var chosen = row;
        var why = chosen == null || !model.blocked().get().isEmpty()
                ? model.blocked().get()
                : chosen.obstacle();
        roll.setDisable(!why.isEmpty());
        roll.setTooltip(new Tooltip(why.isEmpty() ? "Set it back to what it was; it is asked first (Alt+R)" : why));
        pane.explain(why);
    }
}
