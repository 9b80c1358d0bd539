package dev.sluice.ui.sessions;

import dev.sluice.model.session.SessionList;
import dev.sluice.model.session.SessionView;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.Note;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.fx.LiveRows;
import dev.sluice.ui.link.LinkException;
import dev.sluice.ui.link.SessionClient;
import dev.sluice.ui.link.SessionQuery;
import dev.sluice.ui.store.Freshness;
import dev.sluice.ui.store.Viewpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ObservableList;

/// The sessions that match what the operator looks for, kept up to date, and the one that is open. Confined
/// to the FX thread.
public final class SessionsViewModel {
    private static final int PAGE = 100;
    /// How often the newest page is read again.
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Desk desk;
    private final SessionClient sessions;
    private final Viewpoint viewpoint;
    private final SessionFiles files;
    private final OpenSessionViewModel open;
    private final SessionFilters filters = new SessionFilters();
    private final SessionPages pages = new SessionPages();
    private final LiveRows<SessionRow> rows = new LiveRows<>();
    private final ReadOnlyObjectWrapper<Note> note = new ReadOnlyObjectWrapper<>(this, "note", Note.NONE);
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "Loading…");
    private final ReadOnlyStringWrapper age = new ReadOnlyStringWrapper(this, "age", "");
    private final ReadOnlyStringWrapper blocked = new ReadOnlyStringWrapper(this, "blocked", "");
    private final ReadOnlyBooleanWrapper more = new ReadOnlyBooleanWrapper(this, "more", false);
    private Instant readAt = Instant.EPOCH;
    private boolean reading;
    private int asked;

    /// Creates a model that has read nothing yet.
    public SessionsViewModel(Desk desk, SessionClient sessions, Viewpoint viewpoint, OpenSessionViewModel open) {
        this.desk = desk;
        this.sessions = sessions;
        this.viewpoint = viewpoint;
        this.open = open;
        this.files = new SessionFiles(desk, sessions);
        files.note().subscribe(note::set);
    }

    SessionFilters filters() {
        return filters;
    }

    ObservableList<SessionRow> rows() {
        return rows.shown();
    }

    OpenSessionViewModel open() {
        return open;
    }

    /// What became of the last thing that was done.
    ReadOnlyObjectProperty<Note> note() {
        return note.getReadOnlyProperty();
    }

    ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    /// How old the list is, in words; empty while it is live.
    ReadOnlyStringProperty age() {
        return age.getReadOnlyProperty();
    }

    /// Why nothing can be imported; empty if something can.
    ReadOnlyStringProperty blocked() {
        return blocked.getReadOnlyProperty();
    }

    /// Whether there are older sessions to read.
    ReadOnlyBooleanProperty more() {
        return more.getReadOnlyProperty();
    }

    /// Reads the newest page that matches.
    void reload() {
        read(filters.query(PAGE), pages::replace);
    }

    /// Reads the page after the last one.
    void readOlder() {
        var next = pages.next();
        if (next != null) {
            read(filters.query(PAGE).page(next), pages::append);
        }
    }

    /// Shows what time changed, and reads the newest page again when it is time.
    void refresh() {
        var freshness = desk.store().freshness();
        blocked.set(desk.obstacle());
        age.set(freshness == Freshness.LIVE ? "" : Figures.wholeAge(desk.store().silence()));
        if (viewpoint.paused()) {
            return;
        }
        show();
        var due = readAt.plus(EVERY);
        if (!reading && freshness == Freshness.LIVE && !desk.store().now().isBefore(due)) {
            read(filters.query(PAGE), pages::renew);
        }
    }

    /// Looks for a session and opens it, running or not.
    void lookFor(String id) {
        filters.clear();
        filters.text.set(id);
        reload();
        desk.background().execute(() -> {
            try {
                var session = sessions.session(id);
                desk.fx().execute(() -> open.show(session));
            } catch (LinkException e) {
                tell("Session " + id + " cannot be opened: " + e.told(), Mood.BAD);
            }
        });
    }

    /// Asks for a file and imports the session in it.
    void bringIn() {
        files.bringIn(session -> {
            filters.clear();
            reload();
            open.show(session);
        });
    }

    /// Writes the open session to a file.
    void export() {
        var session = open.session().get();
        if (session != null) {
            files.export(session);
        }
    }

    private void read(SessionQuery query, Consumer<SessionList> take) {
        int number = ++asked;
        reading = true;
        desk.background().execute(() -> {
            try {
                var page = sessions.list(query);
                desk.fx().execute(() -> take(number, page, take));
            } catch (LinkException e) {
                desk.fx().execute(() -> failed(number, e));
            }
        });
    }

    private void take(int number, SessionList page, Consumer<SessionList> take) {
        if (number == asked) {
            done();
            take.accept(page);
            more.set(pages.next() != null);
            show();
        }
    }

    private void failed(int number, LinkException e) {
        if (number == asked) {
            done();
            summary.set("The list could not be read: " + e.told());
        }
    }

    private void done() {
        reading = false;
        readAt = desk.store().now();
    }

    private void show() {
        if (readAt.equals(Instant.EPOCH)) {
            return;
        }
        var now = viewpoint.now();
        rows.show(pages.sessions().stream()
                .map(session -> SessionRow.of(session, now))
                .toList());
        long running = pages.sessions().stream().filter(this::runs).count();
        int count = pages.sessions().size();
        summary.set(Figures.count(count)
                + (count == 1 ? " session, " : " sessions, ")
                + Figures.count(running)
                + " running"
                + (more.get() ? ", older ones follow" : ", all there are"));
    }

    private boolean runs(SessionView session) {
        return session.state().equals("running");
    }

    private void tell(String text, Mood mood) {
        desk.fx().execute(() -> note.set(new Note(text, mood)));
    }
}
