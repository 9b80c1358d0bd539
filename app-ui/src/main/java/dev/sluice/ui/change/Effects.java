package dev.sluice.ui.change;

import dev.sluice.model.ops.SettingsPreview;
import dev.sluice.ui.fx.Figures;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// What a change would do, and what became of it, in sentences.
final class Effects {
    private Effects() {}

    static List<String> of(SettingsPreview preview) {
        var lines = new ArrayList<String>();
        for (var change : preview.changes()) {
            lines.add(change.effect());
            var calls = change.callsAdded();
            if (calls != null) {
                var tokens = change.tokensAdded();
                lines.add("Over the last hour it would have meant " + added(calls, "call")
                        + (tokens == null ? "." : " and " + added(tokens, "token") + "."));
            }
        }
        return lines;
    }

    static Note note(Progress progress) {
        return switch (progress) {
            case Progress.Settled() -> Note.NONE;
            case Progress.Checking() -> new Note("Asking the service what would happen…", Mood.WAITING);
            case Progress.Sent sent -> new Note("Pending: sent to the service…", Mood.WAITING);
            case Progress.Accepted accepted ->
                new Note("Pending: accepted, waiting for the service's own event…", Mood.WAITING);
            case Progress.Unknown(var sent, var reason) ->
                new Note("Pending: " + reason + ". It is read again when the service is back", Mood.WAITING);
            case Progress.Confirmed(var sent, var at) ->
                new Note("Confirmed by the service, " + Figures.time(at, ZoneId.systemDefault()), Mood.GOOD);
            case Progress.RolledBack(var reason) -> new Note("Not changed: " + sentence(reason), Mood.BAD);
        };
    }

    private static String sentence(String reason) {
        return reason.endsWith(".") ? reason : reason + ".";
    }

    private static String added(long count, String what) {
        var plural = Math.abs(count) == 1 ? what : what + "s";
        if (count == 0) {
            return "no more " + what + "s";
        }
        return Figures.count(Math.abs(count)) + (count > 0 ? " more " : " fewer ") + plural;
    }
}
