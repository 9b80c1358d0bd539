package dev.sluice.ui.senders;

import dev.sluice.model.sms.BatchView;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.parts.PlainText;
import dev.sluice.ui.parts.Sign;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One batch and what became of it, in words. Equal rows look equal.
///
/// @param verdict the label and what it means; a dash before there is one
/// @param reply what became of the reply, and its cost
record BatchRow(BatchView batch, Sign state, String ended, String texts, String verdict, String method, String reply) {
    static BatchRow of(BatchView batch) {
        var ended = batch.endedAt();
        return new BatchRow(
                batch,
                sign(batch),
                ended == null ? Figures.UNKNOWN : Figures.dayTime(ended, ZoneId.systemDefault()),
                texts(batch),
                verdict(batch),
                method(batch),
                reply(batch));
    }

    String id() {
        return batch.id();
    }

    String session() {
        return Objects.requireNonNullElse(batch.sessionId(), "");
    }

    /// Why it ended so, how it failed; empty if there is nothing to say.
    String why() {
        var parts = new ArrayList<String>();
        add(parts, batch.reason());
        add(parts, batch.why());
        if (batch.failures() > 0) {
            parts.add("failed " + DeedWords.counted(batch.failures(), "time") + ": "
                    + PlainText.line(Objects.requireNonNullElse(batch.failure(), "no reason"), 200));
        }
        return String.join(" · ", parts);
    }

    /// Returns whether it has a label that can be corrected.
    boolean judged() {
        return batch.label() != null;
    }

    private static void add(List<String> parts, @Nullable String words) {
        if (words != null && !words.isEmpty()) {
            parts.add(PlainText.line(words.replace('_', ' '), 200));
        }
    }

    private static String texts(BatchView batch) {
        return DeedWords.counted(batch.texts(), "text")
                + (batch.twins() == 0 ? "" : ", " + batch.twins() + (batch.twins() == 1 ? " twin" : " twins"));
    }

    private static String verdict(BatchView batch) {
        var label = batch.label();
        var result = batch.result();
        if (label == null) {
            return Figures.UNKNOWN;
        }
        return result == null || result.equals(label) ? label : label + " → " + result;
    }

    private static String method(BatchView batch) {
        var method = batch.method();
        if (method == null) {
            return Figures.UNKNOWN;
        }
        var model = batch.model();
        return method.toLowerCase(Locale.ROOT).replace('_', ' ') + (model == null ? "" : " · " + model);
    }

    private static String reply(BatchView batch) {
        var state = batch.replyState();
        return state == null ? "no reply" : "reply " + state + ", " + DeedWords.counted(batch.segments(), "message");
    }

    private static Sign sign(BatchView batch) {
        var outcome = batch.outcome();
        return switch (outcome == null ? batch.state() : outcome) {
            case "SENT" -> new Sign("Sent", "fth-check-circle", "batch-sent");
            case "REFUSED" -> new Sign("Refused", "fth-x-circle", "batch-refused");
            case "UNKNOWN" -> new Sign("Unknown", "fth-help-circle", "batch-unknown");
            case "SUPPRESSED" ->
                new Sign(
                        batch.state().equals("quarantined") ? "Quarantined" : "Not answered",
                        "fth-slash",
                        "batch-quiet");
            case "open" -> new Sign("Gathering", "fth-inbox", "window-open");
            case "held" -> new Sign("Held", "fth-lock", "window-held");
            case "closed" -> new Sign("Waiting", "fth-clock", "window-closed");
            case "claimed" -> new Sign("In process", "fth-loader", "window-claimed");
            default -> new Sign(batch.state(), "fth-help-circle", "batch-quiet");
        };
    }
}
