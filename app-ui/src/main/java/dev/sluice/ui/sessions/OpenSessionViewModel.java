package dev.sluice.ui.sessions;

import dev.sluice.model.session.SessionView;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.Note;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.fx.LogRow;
import dev.sluice.ui.link.LinkException;
import dev.sluice.ui.link.ReconnectPolicy;
import dev.sluice.ui.link.SessionClient;
import dev.sluice.ui.link.SessionFollower;
import dev.sluice.ui.parts.PlainText;
import dev.sluice.ui.store.Following;
import dev.sluice.ui.store.SessionLine;
import dev.sluice.ui.store.SessionLog;
import dev.sluice.ui.store.Viewpoint;
import java.time.Instant;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// The session that is open: its events as they are recorded and happen, or as they are played again.
/// Confined to the FX thread.
public final class OpenSessionViewModel {
    private final Desk desk;
    private final SessionClient sessions;
    private final Viewpoint viewpoint;
    private final ReconnectPolicy policy;
    private final ReplayViewModel replay;
    private final EventTypes types = new EventTypes();
    private final ReadOnlyObjectWrapper<@Nullable SessionView> session =
            new ReadOnlyObjectWrapper<>(this, "session", null);
    private final ReadOnlyObjectWrapper<Note> note = new ReadOnlyObjectWrapper<>(this, "note", Note.NONE);
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");
    private final ReadOnlyBooleanWrapper stale = new ReadOnlyBooleanWrapper(this, "stale", false);
    private SessionLog log = new SessionLog();
    private SessionLog.Content content = log.content();
    private @Nullable SessionFollower follower;
    private boolean attached;
    private int shown;
    private long version;

    /// Creates a model with nothing open.
    ///
    /// @param policy when a broken log is tried again
    /// @param nanos monotonic nanoseconds, by which replays go
    public OpenSessionViewModel(
            Desk desk, SessionClient sessions, Viewpoint viewpoint, ReconnectPolicy policy, LongSupplier nanos) {
        this.desk = desk;
        this.sessions = sessions;
        this.viewpoint = viewpoint;
        this.policy = policy;
        this.replay = new ReplayViewModel(nanos);
    }

    /// The session; null if none is open.
    ReadOnlyObjectProperty<@Nullable SessionView> session() {
        return session.getReadOnlyProperty();
    }

    /// Why its events cannot be read now, or what a jump did not find.
    ReadOnlyObjectProperty<Note> note() {
        return note.getReadOnlyProperty();
    }

    ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    /// Whether more may have happened than is shown.
    ReadOnlyBooleanProperty stale() {
        return stale.getReadOnlyProperty();
    }

    ReplayViewModel replay() {
        return replay;
    }

    /// The names of its events.
    EventTypes types() {
        return types;
    }

    /// Returns a number that differs once the log looks different.
    long version() {
        return version;
    }

    /// Returns the service's time, to compute ages with.
    Instant now() {
        return viewpoint.now();
    }

    /// Returns how many lines are shown.
    int shown() {
        return shown;
    }

    LogRow row(int index) {
        return EventLines.row(line(index), replay.timeline().offset(index));
    }

    SessionLine line(int index) {
        return content.line(index);
    }

    /// Opens a session; one that is open already is only described anew.
    void show(SessionView next) {
        var before = session.get();
        session.set(next);
        if (before != null && before.id().equals(next.id())) {
            return;
        }
        release();
        log = new SessionLog();
        note.set(Note.NONE);
        replay.begin();
        types.clear();
        take(log.content());
        if (attached) {
            follow();
        }
    }

    /// Closes it.
    void close() {
        release();
        session.set(null);
    }

    /// Begins to follow what is open.
    void attach() {
        attached = true;
        follow();
    }

    /// Ceases to follow; what was read stays.
    void detach() {
        attached = false;
        release();
    }

    /// Shows what was read meanwhile, and what time changed.
    void refresh() {
        if (session.get() == null) {
            return;
        }
        var latest = log.content();
        if (latest != content && !viewpoint.paused()) {
            take(latest);
        }
        replay.refresh();
        int now = replay.shown();
        if (now != shown) {
            shown = now;
            version++;
        }
        summarize(latest.size() - content.size());
    }

    /// Returns the first line after another that tells of a failure; -1 if there is none.
    int nextError(int after) {
        return next(after, "further failure", index -> EventLines.bad(line(index)));
    }

    /// Returns the first line after another of that name; -1 if there is none.
    int nextOf(String type, int after) {
        return next(
                after, "further " + type, index -> EventLines.name(line(index)).equals(type));
    }

    /// Returns the first line after another whose payload contains a text, whatever its case; -1 if there
    /// is none.
    int nextWith(String text, int after) {
        return next(
                after,
                "further line with “" + PlainText.line(text, 40) + "”",
                index -> line(index) instanceof SessionLine.Happened event && contains(event.data(), text));
    }

    private int next(int after, String what, IntPredicate wanted) {
        for (int i = after + 1; i < content.size(); i++) {
            if (wanted.test(i)) {
                replay.to(i);
                refresh();
                note.set(trouble(content.following()));
                return i;
            }
        }
        note.set(new Note("There is no " + what + " after this line.", Mood.QUIET));
        return -1;
    }

    private static boolean contains(String data, String text) {
        for (int i = 0; i <= data.length() - text.length(); i++) {
            if (data.regionMatches(true, i, text, 0, text.length())) {
                return true;
            }
        }
        return false;
    }

    private void take(SessionLog.Content latest) {
        var before = content;
        content = latest;
        replay.timeline().extend(latest);
        types.extend(latest);
        version++;
        if (!latest.following().equals(before.following()) || latest.size() == 0) {
            note.set(trouble(latest.following()));
            stale.set(latest.following() instanceof Following.Broken);
            if (latest.following() instanceof Following.Ended) {
                describeAnew();
            }
        }
    }

    private static Note trouble(Following following) {
        return switch (following) {
            case Following.Broken broken ->
                new Note(
                        "The log may be behind: " + broken.reason()
                                + ". It is tried again and goes on where it stopped.",
                        Mood.BAD);
            case Following.Refused refused -> new Note(refused.reason(), Mood.BAD);
            case Following.Reading reading -> Note.NONE;
            case Following.Live live -> Note.NONE;
            case Following.Ended ended -> Note.NONE;
        };
    }

    /// How it ended stands in its description, not in its log.
    private void describeAnew() {
        var open = session.get();
        if (open == null || !open.state().equals("running")) {
            return;
        }
        desk.background().execute(() -> {
            try {
                var described = sessions.session(open.id());
                desk.fx().execute(() -> {
                    if (open.equals(session.get())) {
                        session.set(described);
                    }
                });
            } catch (LinkException e) {
                desk.fx().execute(() -> note.set(new Note("How it ended is not known: " + e.told(), Mood.BAD)));
            }
        });
    }

    private void summarize(int unseen) {
        var count = replay.active().get()
                ? Figures.count(shown) + " of " + Figures.count(content.size()) + " lines"
                : Figures.count(shown) + (shown == 1 ? " line" : " lines");
        var state = switch (content.following()) {
            case Following.Reading reading -> "reading…";
            case Following.Live live -> "following live";
            case Following.Broken broken -> "interrupted";
            case Following.Ended ended -> "complete";
            case Following.Refused refused -> "not shown";
        };
        summary.set(count + " · " + state + (unseen > 0 ? " · paused, " + Figures.count(unseen) + " unseen" : ""));
    }

    private void follow() {
        var open = session.get();
        var over = content.following() instanceof Following.Ended || content.following() instanceof Following.Refused;
        if (open != null && follower == null && !over) {
            log.following(new Following.Reading());
            var started = new SessionFollower(sessions, open.id(), log, policy);
            follower = started;
            started.start();
        }
    }

    private void release() {
        if (follower != null) {
            follower.close();
            follower = null;
        }
    }
}
