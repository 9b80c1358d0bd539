package dev.sluice.ui.senders;

import dev.sluice.model.sms.SenderView;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.Note;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.link.LinkException;
import dev.sluice.ui.link.SmsClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// One sender in full: it stays open when its texts have been handled, so that what became of them is
/// seen. Confined to the FX thread.
final class SenderDetailViewModel {
    private static final Duration EVERY = Duration.ofSeconds(1);
    /// What the list's version does not tell, such as a provider's report.
    private static final Duration ANYWAY = Duration.ofSeconds(5);

    /// What the service shows in place of the number of somebody who was forgotten.
    private static final String FORGOTTEN = "forgotten";

    private final Desk desk;
    private final SmsClient sms;
    private final ReadOnlyObjectWrapper<@Nullable SenderView> sender =
            new ReadOnlyObjectWrapper<>(this, "sender", null);
    private final ReadOnlyObjectWrapper<Note> note = new ReadOnlyObjectWrapper<>(this, "note", Note.NONE);
    private String wanted = "";
    private Instant readAt = Instant.EPOCH;
    private long readVersion = -1;
    private boolean reading;

    SenderDetailViewModel(Desk desk, SmsClient sms) {
        this.desk = desk;
        this.sms = sms;
    }

    /// What is known of the sender; null while none is open.
    ReadOnlyObjectProperty<@Nullable SenderView> sender() {
        return sender.getReadOnlyProperty();
    }

    /// What became of the latest thing done here.
    ReadOnlyObjectProperty<Note> note() {
        return note.getReadOnlyProperty();
    }

    /// Returns why nothing can be done; empty if something can.
    String blocked() {
        return desk.obstacle();
    }

    /// Returns why no text can be sent by hand; empty if one can.
    String unsendable() {
        var snapshot = desk.store().state().snapshot();
        var now = sender.get();
        if (!desk.obstacle().isEmpty()) {
            return desk.obstacle();
        }
        if (snapshot == null || now == null) {
            return "No sender is chosen";
        }
        if (!snapshot.sms().real()) {
            return "SMS_SENDER is " + snapshot.sms().sender() + ": nothing leaves this service";
        }
        if (!now.kind().equals("number") || now.address().equals(FORGOTTEN)) {
            return "Such a sender cannot be answered";
        }
        return now.optedOutAt() != null ? "The sender wants no replies" : now.held() ? "The sender is held" : "";
    }

    /// Opens a sender.
    void show(String id) {
        if (!id.equals(wanted)) {
            wanted = id;
            note.set(Note.NONE);
            reload();
        }
    }

    /// Closes it.
    void close() {
        wanted = "";
        note.set(Note.NONE);
        sender.set(null);
    }

    /// Reads it again, if one is open.
    void reload() {
        readVersion = -1;
        reading = false;
        read(-1);
    }

    /// Reads it again if the service has news of it.
    void refresh(long version) {
        var waited = Duration.between(readAt, desk.store().now());
        if (version != readVersion ? waited.compareTo(EVERY) >= 0 : waited.compareTo(ANYWAY) >= 0) {
            read(version);
        }
    }

    /// Takes a sender as a deed left it.
    void told(SenderView now) {
        if (now.senderId().equals(wanted)) {
            sender.set(now);
        }
    }

    /// Corrects a batch's label.
    void relabel(String batch, String label) {
        act(
                "relabel",
                Map.of("batch_id", batch, "label", label),
                "The label is " + label,
                now -> now.batches().stream().anyMatch(each -> each.id().equals(batch) && label.equals(each.label())));
    }

    /// Gives the sender rules of its own.
    ///
    /// @param window such as `90s`; empty to follow the settings
    /// @param autoReply null to follow the settings
    void override(String window, @Nullable Boolean autoReply) {
        var body = new HashMap<String, Object>();
        if (!window.isBlank()) {
            body.put("window", window.strip());
        }
        if (autoReply != null) {
            body.put("auto_reply", autoReply);
        }
        act(
                "override",
                body,
                body.isEmpty() ? "The sender follows the settings again" : "Its next window goes by its own rules",
                now -> OwnRules.of(now).equals(new OwnRules(window.strip(), autoReply)));
    }

    /// Has a twin count.
    void count(String text) {
        run(
                "count the text",
                id -> {
                    sms.count(text);
                    return "The text counts";
                },
                now -> now.pending().stream().anyMatch(each -> each.id().equals(text) && each.twinOf() == null));
    }

    /// Sends the sender a text, after asking.
    ///
    /// @param sent hears of it once it is on its way
    void reply(String text, Runnable sent) {
        var now = sender.get();
        if (now == null || !unsendable().isEmpty() || text.isBlank()) {
            return;
        }
        desk.dialogs().ask(ReplyWords.question(now.address(), text), answer -> {
            if (answer instanceof Answer.Confirmed) {
                sent.run();
                run("send the text", id -> ReplyWords.told(sms.reply(id, text)), null);
            }
        });
    }

    /// Tells the full number, after asking: it is noted in the audit.
    void unmask(Consumer<String> told) {
        var now = sender.get();
        if (now == null || !unreadable().isEmpty()) {
            return;
        }
        desk.dialogs().ask(ReplyWords.unmasking(now.address()), answer -> {
            if (answer instanceof Answer.Confirmed confirmed) {
                run(
                        "read the number",
                        id -> {
                            var number = sms.unmask(id, confirmed.reason());
                            desk.fx().execute(() -> told.accept(number));
                            return "The full number was shown, the audit says so";
                        },
                        null);
            }
        });
    }

    /// Has all that is known of the person removed, after asking: it cannot be undone.
    void forget() {
        var now = sender.get();
        if (now == null || !unforgettable().isEmpty()) {
            return;
        }
        desk.dialogs().ask(ReplyWords.forgetting(now.address()), answer -> {
            if (answer instanceof Answer.Confirmed confirmed) {
                run(
                        "forget the sender",
                        id -> ReplyWords.forgotten(sms.forget(id, confirmed.reason())),
                        after -> after.address().equals(FORGOTTEN));
            }
        });
    }

    /// Returns why the full number cannot be read; empty if it can.
    String unreadable() {
        var now = sender.get();
        return desk.obstacle().isEmpty() && now != null && now.address().equals(FORGOTTEN)
                ? "The number was forgotten"
                : desk.obstacle();
    }

    /// Returns why the sender cannot be forgotten; empty if it can.
    String unforgettable() {
        var now = sender.get();
        if (!desk.obstacle().isEmpty()) {
            return desk.obstacle();
        }
        if (now == null) {
            return "No sender is chosen";
        }
        if (now.address().equals(FORGOTTEN)) {
            return "Nothing is known of the sender any more";
        }
        return now.pending().isEmpty() ? "" : "Texts of the sender wait: flush or drop them first";
    }

    private void act(String deed, Map<String, ?> body, String done, Predicate<SenderView> isSo) {
        run(
                deed,
                id -> {
                    var now = sms.act(id, deed, body);
                    desk.fx().execute(() -> told(now));
                    return done;
                },
                isSo);
    }

    /// Does something, and after silence looks whether it is so (O8).
    ///
    /// @param isSo tells by the sender; null if it cannot be told
    private void run(String what, Function<String, String> deed, @Nullable Predicate<SenderView> isSo) {
        var id = wanted;
        if (id.isEmpty() || !desk.obstacle().isEmpty()) {
            return;
        }
        note.set(new Note("Pending: " + what + "…", Mood.WAITING));
        desk.background().execute(() -> {
            var outcome = ReplyWords.outcome(() -> deed.apply(id), () -> isSo(id, isSo));
            desk.fx().execute(() -> {
                note.set(outcome);
                reload();
            });
        });
    }

    private Optional<Boolean> isSo(String id, @Nullable Predicate<SenderView> isSo) {
        return isSo == null ? Optional.empty() : Optional.of(isSo.test(sms.sender(id)));
    }

    private void read(long version) {
        var id = wanted;
        if (id.isEmpty() || reading) {
            return;
        }
        reading = true;
        readAt = desk.store().now();
        readVersion = version;
        desk.background().execute(() -> {
            try {
                var now = sms.sender(id);
                desk.fx().execute(() -> {
                    reading = false;
                    told(now);
                });
            } catch (LinkException e) {
                desk.fx().execute(() -> {
                    reading = false;
                    note.set(new Note("The sender could not be read: " + e.told(), Mood.BAD));
                });
            }
        });
    }
}
