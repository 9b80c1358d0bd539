package dev.sluice.ui.fake;

import dev.sluice.model.ops.OpsChange;
import dev.sluice.model.sms.BatchView;
import dev.sluice.model.sms.RefusedText;
import dev.sluice.model.sms.SenderRow;
import dev.sluice.model.sms.SenderView;
import dev.sluice.model.sms.SmsView;
import dev.sluice.model.sms.TextView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Senders in each state, and what became of their batches.
public final class SampleSenders {
    private SampleSenders() {}

    /// Fills a service with a dozen senders, and tells its streams of them.
    public static void fill(FakeService service, Instant now) {
        for (int i = 0; i < 12; i++) {
            var state = i == 2 ? "held" : i == 0 ? "claimed" : i == 1 ? "closed" : "open";
            var row = row(i, state, now);
            service.senders.add(view(row, now), row);
        }
        for (int i = 0; i < 2; i++) {
            service.senders.add(batch(20 + i, "done", "UNKNOWN", now));
        }
        service.senders.add(batch(30, "quarantined", "SUPPRESSED", now));
        service.senders.add(new RefusedText(
                "x1", now.minusSeconds(40), "sms-mobile-api", "bad_signature", null, "The signature is 12 min old."));
        service.senders.add(new RefusedText(
                "x2", now.minusSeconds(95), "generic", "bad_number", "+63*******", "Too short for a number."));
        service.publish(glance(SmsView.NONE, service.senders.version()));
    }

    /// A change to a version of the list.
    public static OpsChange glance(SmsView before, long version) {
        var now = new SmsView(
                version,
                60,
                "fixed",
                before.paused(),
                true,
                "twilio",
                true,
                12,
                10,
                1,
                0,
                1,
                null,
                12,
                2,
                1,
                1_204,
                31,
                2,
                402,
                402,
                388,
                802,
                816);
        return new OpsChange(Instant.now(), null, null, null, null, null, null, null, now);
    }

    /// A sender with texts that wait.
    public static SenderRow row(int number, String state, Instant now) {
        return new SenderRow(
                "s" + number,
                number % 3 == 0 ? "acme" : "demo",
                number == 5 ? "B*****K" : String.format("+63*******%03d", 100 + number * 37),
                number == 5 ? "alphanumeric" : "number",
                "w" + number,
                state,
                number % 4 + 1,
                now.minusSeconds(40 - number * 3L),
                now.minusSeconds(12 - number),
                now.plusSeconds(20 + number * 3L),
                number == 1 ? 1 : 0,
                state.equals("held"),
                number == 7,
                state.equals("held") ? "hold" : null);
    }

    /// The same sender in full.
    public static SenderView view(SenderRow row, Instant now) {
        var texts = List.of(
                text("t1-" + row.senderId(), now.minusSeconds(30), "Yes", null),
                text("t2-" + row.senderId(), now.minusSeconds(24), "I can help", null),
                text("t3-" + row.senderId(), now.minusSeconds(22), "I can help", "t2-" + row.senderId()),
                text("t4-" + row.senderId(), now.minusSeconds(9), "see you at 8", null));
        return new SenderView(
                row.senderId(),
                row.org(),
                row.address(),
                row.kind(),
                "PH",
                row.held(),
                row.optedOut() ? now.minusSeconds(86_400) : null,
                null,
                null,
                row.undo(),
                row.windowId(),
                row.state(),
                row.deadlineAt(),
                texts,
                "Yes\nI can help\nsee you at 8",
                List.of(batch(3, "done", "SENT", now), batch(2, "done", "SUPPRESSED", now)));
    }

    /// A batch.
    public static BatchView batch(int number, String state, String outcome, Instant now) {
        boolean unknown = outcome.equals("UNKNOWN");
        boolean broken = state.equals("quarantined");
        boolean quiet = outcome.equals("SUPPRESSED");
        return new BatchView(
                "b" + number,
                "s" + number % 12,
                "demo",
                String.format("+63*******%03d", 100 + number * 7 % 900),
                number,
                state,
                3,
                1,
                now.minusSeconds(3_600),
                now.minusSeconds(3_540),
                now.minusSeconds(3_540),
                "deadline",
                broken ? null : "AGREE",
                broken ? null : "AGREE",
                broken ? null : "PROVIDER",
                null,
                broken ? null : "gpt-4o-mini",
                outcome,
                unknown ? "timed out after 212 bytes" : quiet ? "reply_off" : null,
                quiet ? null : "r" + number,
                quiet ? null : unknown ? "unknown" : "delivered",
                quiet ? 0 : 1,
                41,
                broken ? 3 : 0,
                broken ? "the verdict could not be stored: disk full" : null,
                broken ? null : "sms-" + number,
                now.minusSeconds(3_500));
    }

    private static TextView text(String id, Instant at, String words, @Nullable String twinOf) {
        return new TextView(id, "generic", at, at, words.length(), words, twinOf, 0);
    }

    static SenderRow after(SenderRow row, String deed) {
        return row(row, deed.equals("hold"), deed.equals("extend") ? Duration.ofSeconds(60) : Duration.ZERO, deed);
    }

    private static SenderRow row(SenderRow row, boolean held, Duration later, @Nullable String undo) {
        return new SenderRow(
                row.senderId(),
                row.org(),
                row.address(),
                row.kind(),
                row.windowId(),
                held ? "held" : "open",
                row.texts(),
                row.openedAt(),
                row.latestAt(),
                row.deadlineAt().plus(later),
                row.waiting(),
                held,
                row.optedOut(),
                undo);
    }

    static SenderView after(SenderView view, String deed) {
        var deadline = view.deadlineAt();
        return with(
                view,
                deed.equals("hold"),
                deed.equals("hold") ? "held" : "open",
                deadline == null ? null : deadline.plusSeconds(deed.equals("extend") ? 60 : 0),
                view.pending(),
                deed);
    }

    static SenderView done(SenderView view, String deed) {
        return with(view, view.held(), null, null, List.of(), deed);
    }

    static SenderView forgotten(SenderView view) {
        return new SenderView(
                view.senderId(),
                view.org(),
                "forgotten",
                view.kind(),
                null,
                view.held(),
                view.optedOutAt(),
                view.ownWindowSeconds(),
                view.ownAutoReply(),
                null,
                null,
                null,
                null,
                List.of(),
                null,
                view.batches());
    }

    static SenderRow restored(SenderView view) {
        var now = Instant.now();
        return new SenderRow(
                view.senderId(),
                view.org(),
                view.address(),
                view.kind(),
                "w" + view.senderId().substring(1),
                "open",
                3,
                now.minusSeconds(30),
                now.minusSeconds(5),
                now.plusSeconds(30),
                0,
                false,
                false,
                null);
    }

    static SenderView restored(SenderView view, SenderRow row) {
        return with(
                view(row, Instant.now()),
                false,
                "open",
                row.deadlineAt(),
                view(row, Instant.now()).pending(),
                null);
    }

    static SenderView with(SenderView view, List<TextView> texts) {
        return with(view, view.held(), view.state(), view.deadlineAt(), texts, view.undo());
    }

    private static SenderView with(
            SenderView view,
            boolean held,
            @Nullable String state,
            @Nullable Instant deadline,
            List<TextView> texts,
            @Nullable String undo) {
        return new SenderView(
                view.senderId(),
                view.org(),
                view.address(),
                view.kind(),
                view.region(),
                held,
                view.optedOutAt(),
                view.ownWindowSeconds(),
                view.ownAutoReply(),
                undo,
                state == null ? null : view.windowId(),
                state,
                deadline,
                texts,
                texts.isEmpty() ? null : view.joined(),
                view.batches());
    }

    static SenderView with(SenderView view, String window, @Nullable Boolean autoReply) {
        return new SenderView(
                view.senderId(),
                view.org(),
                view.address(),
                view.kind(),
                view.region(),
                view.held(),
                view.optedOutAt(),
                window.isEmpty() ? null : Long.parseLong(window.replace("s", "")),
                autoReply,
                view.undo(),
                view.windowId(),
                view.state(),
                view.deadlineAt(),
                view.pending(),
                view.joined(),
                view.batches());
    }
}
