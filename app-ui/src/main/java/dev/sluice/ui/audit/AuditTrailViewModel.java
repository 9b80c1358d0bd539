package dev.sluice.ui.audit;

import dev.sluice.model.ops.AuditView;
import dev.sluice.ui.change.Changes;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.Note;
import dev.sluice.ui.change.Wording;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.fx.Question;
import dev.sluice.ui.link.AuditQuery;
import dev.sluice.ui.link.LinkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The pages of the audit that were read so far. Confined to the FX thread.
public final class AuditTrailViewModel {
    private static final int PAGE = 100;
    private static final int EXPORT_PAGE = 1_000;

    private final Desk desk;
    private final Changes changes;
    private final Filters filters = new Filters();
    private final ObservableList<EntryRow> entries = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Note> chain = new ReadOnlyObjectWrapper<>(this, "chain", Note.NONE);
    private final ReadOnlyObjectWrapper<Note> note = new ReadOnlyObjectWrapper<>(this, "note", Note.NONE);
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "Loading…");
    private final ReadOnlyStringWrapper blocked = new ReadOnlyStringWrapper(this, "blocked", "");
    private final ReadOnlyBooleanWrapper more = new ReadOnlyBooleanWrapper(this, "more", false);
    private @Nullable Long cursor;
    private String rolled = "";
    private long readVersion = -1;
    private int asked;

    /// Creates the model.
    public AuditTrailViewModel(Desk desk, Changes changes) {
        this.desk = desk;
        this.changes = changes;
    }

    Filters filters() {
        return filters;
    }

    ObservableList<EntryRow> entries() {
        return entries;
    }

    /// Whether the audit is whole.
    ReadOnlyObjectProperty<Note> chain() {
        return chain.getReadOnlyProperty();
    }

    /// What became of the last export or roll-back.
    ReadOnlyObjectProperty<Note> note() {
        return note.getReadOnlyProperty();
    }

    ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    /// Why nothing can be rolled back; empty if something can.
    ReadOnlyStringProperty blocked() {
        return blocked.getReadOnlyProperty();
    }

    /// Whether there are older entries to read.
    ReadOnlyBooleanProperty more() {
        return more.getReadOnlyProperty();
    }

    /// Reads the newest page that matches.
    void reload() {
        var snapshot = desk.store().state().snapshot();
        readVersion = snapshot == null ? -1 : snapshot.settings().version();
        read(filters.query(PAGE), true);
    }

    /// Reads the page after the last one.
    void readOlder() {
        if (cursor != null) {
            read(filters.query(PAGE).page(PAGE, cursor), false);
        }
    }

    /// Takes in the service's latest word; a change of a setting has the newest page read again, unless that would
    /// take older pages from under the reader's eyes.
    void refresh() {
        blocked.set(desk.obstacle());
        if (!rolled.isEmpty()) {
            var change = changes.of(rolled);
            change.refresh();
            note.set(change.note());
        }
        var snapshot = desk.store().state().snapshot();
        if (snapshot != null && snapshot.settings().version() != readVersion && entries.size() <= PAGE) {
            reload();
        }
    }

    /// Asks to set a setting back to what it was before an entry.
    void rollBack(EntryRow row) {
        var before = row.entry().before();
        if (before == null || !row.obstacle().isEmpty() || !desk.obstacle().isEmpty()) {
            return;
        }
        var name = row.entry().subject();
        rolled = name;
        var verb = "Set " + name + " back to " + before;
        changes.of(name)
                .propose(
                        before,
                        new Wording(
                                verb + "?",
                                "Entry #" + row.entry().id() + " of " + row.at() + " by "
                                        + row.entry().actor() + " changed it from " + before + " to " + row.after()
                                        + ".",
                                verb,
                                "Leave it",
                                new Question.Extras(
                                        true, "Undo of #" + row.entry().id(), true, "")));
        refresh();
    }

    /// Asks for a file and writes every entry that matches into it.
    void export(AuditExport form) {
        var query = filters.query(EXPORT_PAGE);
        desk.dialogs()
                .saveFile(
                        "Export the audit",
                        "sluice-audit." + form.extension(),
                        file -> desk.background().execute(() -> write(form, query, file)));
    }

    private void write(AuditExport form, AuditQuery query, Path file) {
        desk.fx().execute(() -> tell("Reading the audit…", Mood.WAITING));
        try {
            var all = all(query);
            Files.writeString(file, form.write(all));
            desk.fx().execute(() -> tell(Figures.count(all.size()) + " entries are in " + file, Mood.GOOD));
        } catch (IOException e) {
            desk.fx().execute(() -> tell("The file could not be written: " + e.getMessage(), Mood.BAD));
        } catch (LinkException e) {
            desk.fx().execute(() -> tell("The audit could not be read: " + e.told(), Mood.BAD));
        }
    }

    private List<AuditView.Entry> all(AuditQuery query) {
        var all = new ArrayList<AuditView.Entry>();
        var page = desk.ops().audit(query);
        all.addAll(page.entries());
        while (page.before() != null) {
            page = desk.ops().audit(query.page(EXPORT_PAGE, page.before()));
            all.addAll(page.entries());
        }
        return all;
    }

    private void tell(String text, Mood mood) {
        rolled = "";
        note.set(new Note(text, mood));
    }

    private void read(AuditQuery query, boolean anew) {
        int number = ++asked;
        desk.background().execute(() -> {
            try {
                var page = desk.ops().audit(query);
                desk.fx().execute(() -> {
                    if (number == asked) {
                        show(page, anew);
                    }
                });
            } catch (LinkException e) {
                desk.fx().execute(() -> tell("The audit could not be read: " + e.told(), Mood.BAD));
            }
        });
    }

    private void show(AuditView page, boolean anew) {
        var rows = page.entries().stream().map(EntryRow::of).toList();
        if (anew) {
            entries.setAll(rows);
        } else {
            entries.addAll(rows);
        }
        cursor = page.before();
        more.set(cursor != null);
        summary.set(Figures.count(entries.size())
                + (entries.size() == 1 ? " entry" : " entries")
                + (cursor != null ? ", older ones follow" : ", all there are"));
        chain.set(chain(page.chain()));
    }

    private static Note chain(AuditView.Chain chain) {
        if (chain.intact()) {
            return new Note("Chain intact, checked up to #" + chain.checked(), Mood.GOOD);
        }
        return new Note(
                "Chain broken at #" + chain.brokenAt()
                        + ": this entry is missing or not what was written. Keep a copy of the data directory and find"
                        + " out who had access to it.",
                Mood.BAD);
    }
}
