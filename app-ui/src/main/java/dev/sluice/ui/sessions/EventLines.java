package dev.sluice.ui.sessions;

import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.fx.LogRow;
import dev.sluice.ui.fx.LogRow.Tone;
import dev.sluice.ui.parts.Detail;
import dev.sluice.ui.parts.PlainText;
import dev.sluice.ui.store.SessionLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/// Puts the lines of a session into words.
final class EventLines {
    private static final int MOST = 400;
    private static final String SESSION = "{\"session_id\":\"";

    private EventLines() {}

    /// @param offset when it happened, nanoseconds from the first event
    static LogRow row(SessionLine line, long offset) {
        return switch (line) {
            case SessionLine.Happened event ->
                new LogRow(
                        Figures.offset(Duration.ofNanos(offset)),
                        Long.toString(event.seq()),
                        PlainText.line(event.type(), 60),
                        PlainText.line(told(event.data()), MOST),
                        tone(event));
            case SessionLine.Gap gap -> new LogRow("–", "", "gap", lost(gap) + " missing here", Tone.WARN);
            case SessionLine.Anew anew ->
                new LogRow(
                        "–",
                        "",
                        "reset",
                        "The log began anew (" + PlainText.line(anew.reason(), 60) + "); this is all of it",
                        Tone.WARN);
        };
    }

    /// @param offset when it happened, nanoseconds from the first event
    static List<Detail> details(SessionLine line, long offset) {
        return line instanceof SessionLine.Happened event
                ? List.of(
                        new Detail("Event", PlainText.line(event.type(), 100)),
                        new Detail("Recorded", recorded(event)),
                        new Detail("After the first", Figures.offset(Duration.ofNanos(offset))),
                        new Detail("Size", Figures.bytes(event.data().getBytes(StandardCharsets.UTF_8).length)),
                        new Detail("Event id", event.id()))
                : List.of();
    }

    /// Returns the whole payload in lines.
    static String text(SessionLine line) {
        return switch (line) {
            case SessionLine.Happened event -> PlainText.pretty(event.data());
            case SessionLine.Gap gap ->
                lost(gap) + " missing between the line before and the next one: the service keeps them no longer.";
            case SessionLine.Anew anew ->
                "What was shown before is no longer what happened, so it was replaced. The service says: "
                        + PlainText.block(anew.reason());
        };
    }

    /// Returns whether a line tells of a failure.
    static boolean bad(SessionLine line) {
        return line instanceof SessionLine.Happened event && tone(event) == Tone.BAD;
    }

    /// Returns a line's name, as the log shows it.
    static String name(SessionLine line) {
        return switch (line) {
            case SessionLine.Happened event -> event.type();
            case SessionLine.Gap gap -> "gap";
            case SessionLine.Anew anew -> "reset";
        };
    }

    /// Leaves out the session's own id, which would hide what each line tells; the details have the whole
    /// payload.
    private static String told(String data) {
        int end = data.startsWith(SESSION) ? data.indexOf("\",", SESSION.length()) : -1;
        return end < 0 || end > 2 * SESSION.length() + 60
                ? data
                : "{" + data.substring(end + 2, Math.min(data.length(), end + 3 + MOST));
    }

    private static String lost(SessionLine.Gap gap) {
        return gap.lost() == 1 ? "1 event is" : Figures.count(gap.lost()) + " events are";
    }

    private static String recorded(SessionLine.Happened event) {
        return Figures.dayTime(event.at(), ZoneId.systemDefault()) + " · " + event.at();
    }

    private static Tone tone(SessionLine.Happened event) {
        if (event.type().equals("error") || event.data().contains("\"status\":\"failed\"")) {
            return Tone.BAD;
        }
        return event.terminal() ? Tone.GOOD : Tone.PLAIN;
    }
}
