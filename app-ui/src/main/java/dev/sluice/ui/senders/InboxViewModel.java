package dev.sluice.ui.senders;

import dev.sluice.model.sms.BatchList;
import dev.sluice.model.sms.RefusedText;
import dev.sluice.model.sms.SmsView;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.Note;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.fx.LiveRows;
import dev.sluice.ui.fx.Question;
import dev.sluice.ui.link.LinkException;
import dev.sluice.ui.link.SmsClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableList;

/// What waits for an operator: replies of which nobody knows whether they were sent, batches that could
/// not be handled; and what was not taken in the first place. Confined to the FX thread.
final class InboxViewModel {
    private static final int MOST = 200;
    private static final Duration EVERY = Duration.ofSeconds(1);

    /// What tells that there is something else to read.
    private record Counts(int unknown, int quarantined, long refused) {}

    private record Found(BatchList unknown, BatchList quarantined, List<RefusedText> refused) {}

    private final Desk desk;
    private final SmsClient sms;
    private final LiveRows<BatchRow> unknown = new LiveRows<>();
    private final LiveRows<BatchRow> quarantined = new LiveRows<>();
    private final LiveRows<RefusedRow> refused = new LiveRows<>();
    private final ReadOnlyObjectWrapper<Note> note = new ReadOnlyObjectWrapper<>(this, "note", Note.NONE);
    private Instant readAt = Instant.EPOCH;
    private Counts read = new Counts(-1, -1, -1);
    private boolean reading;

    InboxViewModel(Desk desk, SmsClient sms) {
        this.desk = desk;
        this.sms = sms;
    }

    ObservableList<BatchRow> unknown() {
        return unknown.shown();
    }

    ObservableList<BatchRow> quarantined() {
        return quarantined.shown();
    }

    ObservableList<RefusedRow> refused() {
        return refused.shown();
    }

    /// What became of the latest thing done here.
    ReadOnlyObjectProperty<Note> note() {
        return note.getReadOnlyProperty();
    }

    /// Reads all of it again at the next refresh.
    void reload() {
        read = new Counts(-1, -1, -1);
        readAt = Instant.EPOCH;
    }

    /// Reads again what changed by its numbers.
    void refresh(SmsView glance) {
        var counts = new Counts(glance.unknown(), glance.quarantined(), glance.refused());
        if (!reading && !counts.equals(read) && !desk.store().now().isBefore(readAt.plus(EVERY))) {
            read(counts);
        }
    }

    /// Says what became of a reply, after asking.
    void settle(BatchRow row, boolean sent) {
        if (!desk.obstacle().isEmpty()) {
            return;
        }
        desk.dialogs().ask(question(row, sent), answer -> {
            if (answer instanceof Answer.Confirmed confirmed) {
                settle(row, sent, confirmed.reason());
            }
        });
    }

    /// Has a quarantined batch handled once more, after asking.
    void retry(BatchRow row) {
        if (!desk.obstacle().isEmpty()) {
            return;
        }
        desk.dialogs().ask(retrying(row), answer -> {
            if (answer instanceof Answer.Confirmed confirmed) {
                send(
                        () -> {
                            sms.retry(row.id(), confirmed.reason());
                            return "The batch of " + row.batch().address() + " is handled again";
                        },
                        row,
                        "state",
                        "quarantined");
            }
        });
    }

    private void settle(BatchRow row, boolean sent, Optional<String> reason) {
        send(
                () -> {
                    sms.settle(row.id(), sent, reason);
                    return "The reply to " + row.batch().address() + (sent ? " counts as sent" : " counts as not sent");
                },
                row,
                "outcome",
                "UNKNOWN");
    }

    /// Does something that takes a batch out of a list; after silence the list tells whether it was done.
    private void send(Supplier<String> deed, BatchRow row, String name, String value) {
        note.set(new Note("Pending: telling the service…", Mood.WAITING));
        desk.background().execute(() -> {
            var outcome = ReplyWords.outcome(
                    deed,
                    () -> Optional.of(sms.batches(name, value, MOST).batches().stream()
                            .noneMatch(each -> each.id().equals(row.id()))));
            desk.fx().execute(() -> {
                note.set(outcome);
                reload();
            });
        });
    }

    private void read(Counts counts) {
        reading = true;
        readAt = desk.store().now();
        desk.background().execute(() -> {
            try {
                var found = new Found(
                        sms.batches("outcome", "UNKNOWN", MOST),
                        sms.batches("state", "quarantined", MOST),
                        sms.refused(MOST).refused());
                desk.fx().execute(() -> take(counts, found));
            } catch (LinkException e) {
                desk.fx().execute(() -> {
                    reading = false;
                    note.set(new Note("The inbox could not be read: " + e.told(), Mood.BAD));
                });
            }
        });
    }

    private void take(Counts counts, Found found) {
        reading = false;
        read = counts;
        unknown.show(found.unknown().batches().stream().map(BatchRow::of).toList());
        quarantined.show(
                found.quarantined().batches().stream().map(BatchRow::of).toList());
        refused.show(found.refused().stream().map(RefusedRow::of).toList());
    }

    private static Question question(BatchRow row, boolean sent) {
        return new Question(
                sent ? "Was the reply sent?" : "Was the reply not sent?",
                "The reply to " + row.batch().address() + " for " + row.texts() + ", " + row.ended()
                        + ". Look at the provider's log first: Sluice does not know.",
                List.of(
                        sent ? "It counts as sent." : "It counts as not sent, and is not sent again by itself.",
                        "The audit says that you found out."),
                sent ? "It was sent" : "It was not sent",
                Optional.empty(),
                "Leave it unknown",
                Question.Extras.REASON);
    }

    private static Question retrying(BatchRow row) {
        return new Question(
                "Handle the batch of " + row.batch().address() + " again?",
                "It was put aside: " + row.why() + ".",
                List.of("Its " + row.texts() + " are classified, and answered if auto-reply is on."),
                "Handle it again",
                Optional.empty(),
                "Leave it aside",
                Question.Extras.REASON);
    }
}
