package dev.sluice.service.sms;

import dev.sluice.service.consolidate.Consolidator;
import dev.sluice.service.consolidate.SteadyTime;
import dev.sluice.service.consolidate.WindowHead;
import dev.sluice.service.consolidate.WindowState;
import dev.sluice.service.sms.SmsAudit.Actor;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.Row;
import dev.sluice.service.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What operators do with a sender's window. Each action is one transaction with its entry in the audit; it
/// wins over the timer or loses to it, whole. Thread-safe.
final class SenderActions {
    private static final Duration FURTHEST = Duration.ofDays(1);

    /// What may have been said cannot be taken back.
    private static final String UNANSWERED = " AND NOT EXISTS (SELECT 1 FROM replies r WHERE r.window_id = windows.id)";

    private final Database db;
    private final SmsAudit audit;
    private final Consolidator windows;
    private final SteadyTime time;
    private final InstantSource wall;

    SenderActions(Database db, SmsAudit audit, Consolidator windows, SteadyTime time, InstantSource wall) {
        this.db = db;
        this.audit = audit;
        this.windows = windows;
        this.time = time;
        this.wall = wall;
    }

    /// Keeps the window open, however late, and sends the sender nothing, until it is released.
    ///
    /// @throws ActionRefusedException if there is no such sender or it is held already
    void hold(String senderId, Actor actor) {
        act("hold a sender", senderId, actor, step -> {
            if (step.held) {
                throw ActionRefusedException.conflict("The sender is held already.");
            }
            step.sql.update("UPDATE senders SET held = 1 WHERE id = ?", senderId);
            step.gathering().ifPresent(window -> {
                step.sql.update("UPDATE windows SET state = 'held' WHERE id = ?", window.id);
                step.undoable(window, "hold");
                step.changed(window, WindowState.HELD, window.deadline);
            });
            step.note("sender.held", step.described(), "held");
        });
    }

    /// Lets a held sender go on: a window whose deadline passed meanwhile is due at once.
    ///
    /// @throws ActionRefusedException if there is no such sender or it is not held
    void release(String senderId, Actor actor) {
        act("release a sender", senderId, actor, step -> {
            if (!step.held) {
                throw ActionRefusedException.conflict("The sender is not held.");
            }
            step.release();
            step.note("sender.released", "held", step.described());
        });
    }

    /// Puts the deadline off.
    ///
    /// @param by more than zero
    /// @throws ActionRefusedException if no window is open, or it would stay open for more than a day
    void extend(String senderId, Duration by, Actor actor) {
        act("extend a window", senderId, actor, step -> {
            Window window = step.gathering().orElseThrow(SenderActions::nothingOpen);
            Instant from = window.deadline.isBefore(step.now) ? step.now : window.deadline;
            Instant deadline = from.plus(by);
            if (Duration.between(step.now, deadline).compareTo(FURTHEST) > 0) {
                throw ActionRefusedException.conflict("A window may not stay open for more than a day.");
            }
            step.redate(window, deadline);
            step.undoable(window, "extend");
            step.note("sender.extended", window.deadline.toString(), deadline.toString());
        });
    }

    /// Has the texts handled now, held or not.
    ///
    /// @throws ActionRefusedException if no window is open
    void flush(String senderId, Actor actor) {
        act("flush a window", senderId, actor, step -> {
            Window window = step.gathering().orElseThrow(SenderActions::nothingOpen);
            step.sql.update("UPDATE senders SET held = 0 WHERE id = ?", senderId);
            step.sql.update(
                    "UPDATE windows SET state = 'closed', closed_at = ?, close_reason = 'flushed' WHERE id = ?",
                    step.now,
                    window.id);
            step.undoable(window, "flush");
            step.changed(window, WindowState.CLOSED, window.deadline);
            step.note("sender.flushed", window.described(), "closed");
        });
    }

    /// Has the texts never handled; they are kept and can be brought back.
    ///
    /// @throws ActionRefusedException if no window is open and none waits for its turn
    void drop(String senderId, Actor actor) {
        act("drop a window", senderId, actor, step -> {
            Window window = step.gathering()
                    .or(() -> step.window("state = 'closed'" + UNANSWERED))
                    .orElseThrow(() -> ActionRefusedException.conflict("No window of this sender can be dropped."));
            step.sql.update("""
                    UPDATE windows SET state = 'dropped', outcome = 'SUPPRESSED', outcome_reason = 'dropped', ended_at = ?,
                        closed_at = COALESCE(closed_at, ?), close_reason = COALESCE(close_reason, 'dropped')
                    WHERE id = ?\
                    """, step.now, step.now, window.id);
            step.undoable(window, "drop");
            step.changed(window, WindowState.DROPPED, window.deadline);
            step.note("sender.dropped", window.described(), "dropped");
        });
    }

    /// Takes back the latest of these actions, as far as nothing came of it yet.
    ///
    /// @throws ActionRefusedException if there is nothing to take back any more
    void undo(String senderId, Actor actor) {
        act("undo an action", senderId, actor, step -> {
            Window window = step.window("undo IS NOT NULL")
                    .orElseThrow(() -> ActionRefusedException.conflict("There is nothing to undo."));
            String what = String.valueOf(window.undo);
            switch (what) {
                case "hold" -> step.release();
                case "extend" -> step.unextend(window);
                case "flush" -> step.reopen(window, "closed");
                case "drop" -> step.reopen(window, "dropped");
                default -> throw new IllegalStateException("unknown action " + what);
            }
            step.sql.update("UPDATE windows SET undo = NULL, undo_deadline_at = NULL WHERE id = ?", window.id);
            step.note("sender.undone", what, null);
        });
    }

    /// Gives a sender rules of its own; null follows the settings again. They count for windows that open
    /// from now on.
    void override(String senderId, @Nullable Duration window, @Nullable Boolean autoReply, Actor actor) {
        act("override a sender", senderId, actor, step -> {
            String before = step.sql
                    .first(
                            "SELECT own_window_ms, own_auto_reply FROM senders WHERE id = ?",
                            row -> described(row.numberOrNull("own_window_ms"), row.numberOrNull("own_auto_reply")),
                            senderId)
                    .orElse("");
            Long millis = window == null ? null : window.toMillis();
            Long reply = autoReply == null ? null : autoReply ? 1L : 0L;
            step.sql.update(
                    "UPDATE senders SET own_window_ms = ?, own_auto_reply = ? WHERE id = ?", millis, reply, senderId);
            step.note("sender.overridden", before, described(millis, reply));
        });
    }

    private void act(String what, String senderId, Actor actor, Action action) {
        List<WindowHead> heads = db.write(what, sql -> {
            boolean held = sql.first(
                            "SELECT held FROM senders WHERE id = ? AND (? IS NULL OR org = ?)",
                            row -> row.flag("held"),
                            senderId,
                            actor.org(),
                            actor.org())
                    .orElseThrow(ActionRefusedException::noSender);
            var step = new Step(sql, senderId, held, actor, time.now());
            action.run(step);
            return step.heads;
        });
        windows.changed(heads);
        windows.reconsider(senderId);
    }

    private static String described(@Nullable Long windowMillis, @Nullable Long autoReply) {
        return "window=" + (windowMillis == null ? "settings" : Duration.ofMillis(windowMillis)) + " auto_reply="
                + (autoReply == null ? "settings" : autoReply != 0);
    }

    private static ActionRefusedException nothingOpen() {
        return ActionRefusedException.conflict("No window of this sender is open.");
    }

    private interface Action {
        void run(Step step);
    }

    /// One transaction.
    private final class Step {
        private final Sql sql;
        private final String senderId;
        private final boolean held;
        private final Actor actor;
        private final Instant now;
        private final List<WindowHead> heads = new ArrayList<>();

        Step(Sql sql, String senderId, boolean held, Actor actor, Instant now) {
            this.sql = sql;
            this.senderId = senderId;
            this.held = held;
            this.actor = actor;
            this.now = now;
        }

        Optional<Window> gathering() {
            return window("state IN ('open', 'held')");
        }

        Optional<Window> window(String which) {
            return sql.first(
                    "SELECT * FROM windows WHERE sender_id = ? AND " + which + " ORDER BY number DESC LIMIT 1",
                    Window::of,
                    senderId);
        }

        String described() {
            return gathering().map(Window::described).orElse("nothing open");
        }

        void release() {
            sql.update("UPDATE senders SET held = 0 WHERE id = ?", senderId);
            gathering().ifPresent(window -> {
                sql.update("UPDATE windows SET state = 'open', undo = NULL WHERE id = ?", window.id);
                changed(window, WindowState.OPEN, window.deadline);
            });
        }

        void redate(Window window, Instant deadline) {
            sql.update(
                    "UPDATE windows SET deadline_at = ?, length_ms = ? WHERE id = ?",
                    deadline,
                    Duration.between(window.openedAt, deadline).toMillis(),
                    window.id);
            changed(window, window.state, deadline);
        }

        void unextend(Window window) {
            boolean gathers = window.state == WindowState.OPEN || window.state == WindowState.HELD;
            if (!gathers || window.undoDeadline == null) {
                throw ActionRefusedException.conflict("The window has closed since.");
            }
            redate(window, window.undoDeadline);
        }

        /// Opens a window again that was closed or dropped; if another one gathers by now, the texts go
        /// there.
        void reopen(Window window, String from) {
            if (!window.state.wireName().equals(from)) {
                throw ActionRefusedException.conflict("The texts have been handled since.");
            }
            if (window.undoHeld && !held) {
                sql.update("UPDATE senders SET held = 1 WHERE id = ?", senderId);
            }
            Optional<Window> other = gathering();
            if (other.isPresent() && !window.alone) {
                merge(window, other.get());
                if (window.undoHeld && other.get().state == WindowState.OPEN) {
                    sql.update("UPDATE windows SET state = 'held' WHERE id = ?", other.get().id);
                    changed(other.get(), WindowState.HELD, other.get().deadline);
                }
                return;
            }
            Instant deadline =
                    window.undoDeadline == null || window.undoDeadline.isBefore(now) ? now : window.undoDeadline;
            WindowState state = held || window.undoHeld ? WindowState.HELD : WindowState.OPEN;
            if (window.alone) {
                // it takes no other texts, and goes on where it was
                sql.update("""
                        UPDATE windows SET state = 'closed', outcome = NULL, outcome_reason = NULL, ended_at = NULL
                        WHERE id = ?\
                        """, window.id);
                changed(window, WindowState.CLOSED, window.deadline);
                return;
            }
            sql.update("""
                    UPDATE windows SET state = ?, deadline_at = ?, closed_at = NULL, close_reason = NULL, outcome = NULL,
                        outcome_reason = NULL, ended_at = NULL WHERE id = ?\
                    """, state.wireName(), deadline, window.id);
            changed(window, state, deadline);
        }

        private void merge(Window window, Window into) {
            sql.update("""
                    UPDATE texts SET window_id = ?, ordinal = ordinal - ?
                    WHERE sender_id = ? AND said_at BETWEEN ? AND ? AND window_id = ?\
                    """, into.id, window.items, senderId, window.firstSaid, window.lastSaid, window.id);
            sql.update("""
                    UPDATE windows SET items = items + ?, bytes = bytes + ?, first_said_at = MIN(first_said_at, ?),
                        last_said_at = MAX(last_said_at, ?) WHERE id = ?\
                    """, window.items, window.bytes, window.firstSaid, window.lastSaid, into.id);
            sql.update("""
                    UPDATE windows SET state = 'dropped', items = 0, bytes = 0, outcome = 'SUPPRESSED',
                        outcome_reason = 'merged', ended_at = COALESCE(ended_at, ?) WHERE id = ?\
                    """, now, window.id);
            changed(window, WindowState.DROPPED, window.deadline);
        }

        void undoable(Window window, String what) {
            sql.update("UPDATE windows SET undo = NULL WHERE sender_id = ? AND undo IS NOT NULL", senderId);
            sql.update(
                    "UPDATE windows SET undo = ?, undo_deadline_at = ?, undo_held = ? WHERE id = ?",
                    what,
                    window.deadline,
                    held,
                    window.id);
        }

        void changed(Window window, WindowState state, Instant deadline) {
            heads.add(new WindowHead(window.id, senderId, window.number, state, deadline));
        }

        void note(String action, @Nullable String before, @Nullable String after) {
            audit.append(sql, wall.instant(), actor.name(), action, senderId, before, after, actor.reason());
        }
    }

    /// @param alone whether its texts are judged, or are a word that came alone: others do not belong to
    ///     them
    private record Window(
            String id,
            int number,
            WindowState state,
            Instant openedAt,
            Instant deadline,
            int items,
            long bytes,
            Instant firstSaid,
            Instant lastSaid,
            boolean alone,
            @Nullable String undo,
            @Nullable Instant undoDeadline,
            boolean undoHeld) {
        static Window of(Row row) {
            return new Window(
                    row.text("id"),
                    (int) row.number("number"),
                    WindowState.of(row.text("state")),
                    row.instant("opened_at"),
                    row.instant("deadline_at"),
                    (int) row.number("items"),
                    row.number("bytes"),
                    row.instant("first_said_at"),
                    row.instant("last_said_at"),
                    row.number("claims") > 0 || row.textOrNull("consent") != null,
                    row.textOrNull("undo"),
                    row.instantOrNull("undo_deadline_at"),
                    row.flag("undo_held"));
        }

        String described() {
            return state.wireName() + " with " + items + " texts";
        }
    }
}
