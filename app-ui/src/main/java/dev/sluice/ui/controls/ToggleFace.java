package dev.sluice.ui.controls;

import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.model.ops.SettingView;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.store.Freshness;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Everything one flag's card shows at one moment.
///
/// @param on the position shown
/// @param pending whether the position awaits the service's word
/// @param undoable whether the last change can be taken back
/// @param word the position in a word
/// @param note what goes on, as a sentence; empty if nothing does
/// @param mood what kind of note it is
/// @param origin who set it, when, and what the default is
/// @param blocked why it cannot be changed now; empty if it can
public record ToggleFace(
        boolean on,
        boolean pending,
        boolean undoable,
        String word,
        String note,
        Mood mood,
        String origin,
        String blocked) {
    /// The kind of a note.
    public enum Mood {
        /// Nothing to say.
        QUIET,
        /// Something is awaited.
        WAITING,
        /// It is so.
        GOOD,
        /// It is not so.
        BAD
    }

    /// A flag nothing is known of.
    static final ToggleFace UNKNOWN =
            new ToggleFace(false, false, false, "Unknown", "", Mood.QUIET, "", "Not connected to a service yet");

    /// Returns whether the operator may turn it now.
    public boolean enabled() {
        return blocked.isEmpty();
    }

    static ToggleFace of(
            @Nullable OpsSnapshot snapshot, @Nullable SettingView setting, Progress progress, Freshness freshness) {
        if (snapshot == null || setting == null) {
            return UNKNOWN;
        }
        boolean on = switch (progress) {
            case Progress.Sent sent -> sent.target().equals("1");
            case Progress.Accepted accepted -> accepted.sent().target().equals("1");
            case Progress.Unknown unknown -> unknown.sent().target().equals("1");
            default -> setting.on();
        };
        return new ToggleFace(
                on,
                progress.pending(),
                progress instanceof Progress.Confirmed && snapshot.operator().mayWrite(),
                (on ? "On" : "Off") + (progress.pending() ? ", pending" : ""),
                note(on, progress),
                mood(progress),
                origin(setting),
                blocked(snapshot, progress, freshness));
    }

    private static String note(boolean on, Progress progress) {
        return switch (progress) {
            case Progress.Settled() -> "";
            case Progress.Checking() -> "Asking the service what would happen…";
            case Progress.Sent sent -> "Pending: sent to the service, " + (on ? "turning on…" : "turning off…");
            case Progress.Accepted accepted -> "Pending: accepted, waiting for the service's own event…";
            case Progress.Unknown(var sent, var reason) ->
                "Pending: " + reason + ". It is read again when the service is back";
            case Progress.Confirmed(var sent, var at) -> "Confirmed by the service, " + clock(at);
            case Progress.RolledBack(var reason) -> "Not changed: " + reason + ".";
        };
    }

    private static Mood mood(Progress progress) {
        return switch (progress) {
            case Progress.Settled() -> Mood.QUIET;
            case Progress.Confirmed confirmed -> Mood.GOOD;
            case Progress.RolledBack rolledBack -> Mood.BAD;
            default -> Mood.WAITING;
        };
    }

    private static String origin(SettingView setting) {
        var standard = "default " + (setting.defaultValue().equals("1") ? "on" : "off");
        var at = setting.changedAt();
        return setting.changedBy() != null && at != null
                ? "Set by " + setting.changedBy() + " on " + Figures.dayTime(at, ZoneId.systemDefault()) + " · "
                        + standard
                : setting.source().equals("default")
                        ? "At its default, nobody changed it"
                        : "From the " + setting.source() + " · " + standard;
    }

    private static String blocked(OpsSnapshot snapshot, Progress progress, Freshness freshness) {
        if (!snapshot.operator().mayWrite()) {
            return "Read-only: your token's role is " + snapshot.operator().role()
                    + ". An operator's token may change this.";
        }
        if (progress.pending() || progress instanceof Progress.Checking) {
            return "Waiting for the service";
        }
        return freshness == Freshness.LOST ? "Not connected: nothing can be changed until the service is back." : "";
    }

    private static String clock(Instant at) {
        return Figures.time(at, ZoneId.systemDefault());
    }
}
