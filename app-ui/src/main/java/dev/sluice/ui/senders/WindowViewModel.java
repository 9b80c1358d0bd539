package dev.sluice.ui.senders;

import dev.sluice.model.sms.Forecast;
import dev.sluice.model.sms.SmsView;
import dev.sluice.ui.change.Changes;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.Note;
import dev.sluice.ui.change.Spans;
import dev.sluice.ui.change.Wording;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.fx.Question;
import dev.sluice.ui.link.LinkException;
import dev.sluice.ui.link.SmsClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// How long texts gather, whether they are answered, and with what: changed live, knowing beforehand what
/// it does to the windows that are open. Confined to the FX thread.
final class WindowViewModel {
    private static final Duration EVERY = Duration.ofSeconds(1);

    /// What a preview was asked for.
    private record Asked(String window, String mode, long version) {
        static final Asked NOTHING = new Asked("", "", -1);
    }

    private final Desk desk;
    private final SmsClient sms;
    private final SettingDraft window;
    private final SettingDraft mode;
    private final SettingDraft paused;
    private final SettingDraft autoReply;
    private final SettingDraft text;
    private final ReadOnlyStringWrapper preview = new ReadOnlyStringWrapper(this, "preview", "");
    private final ReadOnlyObjectWrapper<Note> note = new ReadOnlyObjectWrapper<>(this, "note", Note.NONE);
    private Asked asked = Asked.NOTHING;
    private Instant askedAt = Instant.EPOCH;

    WindowViewModel(Desk desk, Changes changes, SmsClient sms) {
        this.desk = desk;
        this.sms = sms;
        this.window = new SettingDraft("CONSOLIDATION_WINDOW", changes);
        this.mode = new SettingDraft("CONSOLIDATION_MODE", changes);
        this.paused = new SettingDraft("CONSOLIDATION_PAUSED", changes);
        this.autoReply = new SettingDraft("SMS_AUTO_REPLY_ENABLED", changes);
        this.text = new SettingDraft("SMS_AUTO_REPLY_TEXT", changes);
        window.draft().subscribe(() -> askedAt = Instant.EPOCH);
        mode.draft().subscribe(() -> askedAt = Instant.EPOCH);
    }

    SettingDraft window() {
        return window;
    }

    SettingDraft mode() {
        return mode;
    }

    SettingDraft paused() {
        return paused;
    }

    SettingDraft autoReply() {
        return autoReply;
    }

    SettingDraft text() {
        return text;
    }

    /// What the drafted window would do to the open ones, as a sentence; empty while unknown.
    ReadOnlyStringProperty preview() {
        return preview.getReadOnlyProperty();
    }

    /// What became of the latest deed on open windows.
    ReadOnlyObjectProperty<Note> note() {
        return note.getReadOnlyProperty();
    }

    /// Takes in the service's latest word, and asks again what the drafts would do.
    void refresh() {
        List.of(window, mode, paused, autoReply, text).forEach(SettingDraft::refresh);
        var snapshot = desk.store().state().snapshot();
        var wanted = new Asked(
                window.draft().get().strip(),
                mode.draft().get(),
                snapshot == null ? -1 : snapshot.sms().version());
        boolean due = !desk.store().now().isBefore(askedAt.plus(EVERY));
        if (due && !wanted.equals(asked) && Spans.read(wanted.window()).isPresent()) {
            askPreview(wanted);
        }
    }

    /// Asks to let the texts of windows to come gather for the drafted time.
    void setWindow() {
        var to = window.draft().get().strip();
        window.send(new Wording(
                "Let texts gather for " + to + "?",
                "It holds for windows that open from now on; open ones keep their time until they are retimed. "
                        + preview.get(),
                "Set " + to + " for new windows",
                "Keep " + window.value(),
                Question.Extras.REASON_AND_TIME));
    }

    /// Asks to count windows to come the drafted way.
    void setMode() {
        var to = mode.draft().get();
        mode.send(new Wording(
                "Count windows the " + to + " way?",
                to.equals("sliding")
                        ? "Each text of a sender puts its window off, up to CONSOLIDATION_CAP. " + preview.get()
                        : "A window closes when its first text is as old as the window is long. " + preview.get(),
                "Make new windows " + to,
                "Keep " + mode.value(),
                Question.Extras.REASON_AND_TIME));
    }

    /// Asks to give all open windows the rules in force.
    void retime() {
        ask(
                "retime",
                forecast -> new Question(
                        "Retime " + DeedWords.counted(forecast.open(), "open window") + "?",
                        "They get the rules in force: " + forecast.windowSeconds() + " s, " + forecast.mode() + ".",
                        List.of(told(forecast), "It cannot be undone."),
                        "Retime open windows",
                        Optional.empty(),
                        "Leave them",
                        Question.Extras.REASON));
    }

    /// Asks to close all open windows.
    void closeAll() {
        ask(
                "close",
                forecast -> new Question(
                        "Close " + DeedWords.counted(forecast.open(), "open window") + " now?",
                        "Their texts are handled at once, paced, one batch for each sender. Held ones stay held.",
                        List.of(
                                DeedWords.counted(forecast.open(), "batch")
                                        + " will be classified, and answered if auto-reply is on.",
                                "It cannot be undone."),
                        "Close all windows",
                        Optional.empty(),
                        "Leave them open",
                        Question.Extras.REASON));
    }

    /// Asks to pause, or to go on.
    void turnPause() {
        boolean on = paused.face().get().on();
        var waiting = DeedWords.counted(glance().pending(), "sender");
        paused.turn(new Wording(
                on ? "Let windows go on?" : "Pause all windows?",
                on
                        ? "Windows that are overdue are handled, paced. " + waiting + " wait."
                        : "Texts are taken and kept; no window closes, nothing is classified or answered. " + waiting
                                + " wait.",
                on ? "Let windows go on" : "Pause all windows",
                on ? "Stay paused" : "Keep going",
                Question.Extras.REASON_AND_TIME));
    }

    /// Asks to turn replies on or off.
    void turnAutoReply() {
        boolean on = autoReply.face().get().on();
        var glance = glance();
        var how = glance.real()
                ? "Replies leave through " + glance.sender() + "."
                : "SMS_SENDER is " + glance.sender() + ": replies are written to its log, nothing leaves.";
        autoReply.turn(new Wording(
                on ? "Turn auto-reply off?" : "Turn auto-reply on?",
                on ? "Batches are classified and not answered. " + how : "Each batch gets one reply. " + how,
                on ? "Turn auto-reply off" : "Turn auto-reply on",
                on ? "Keep it on" : "Keep it off",
                Question.Extras.REASON_AND_TIME));
    }

    /// Asks to set the drafted text.
    void setText() {
        var to = text.draft().get().strip();
        text.send(new Wording(
                to.isEmpty() ? "Let replies depend on the verdict again?" : "Answer every batch with this text?",
                to.isEmpty() ? "The text for all is removed." : "“" + to + "” " + ReplyWords.cost(to) + ".",
                to.isEmpty() ? "Remove the text" : "Set the reply text",
                "Keep the old one",
                Question.Extras.REASON_AND_TIME));
    }

    private void ask(String deed, Function<Forecast, Question> question) {
        if (!desk.obstacle().isEmpty()) {
            return;
        }
        forecast(
                window.value(),
                mode.value(),
                forecast -> desk.dialogs().ask(question.apply(forecast), answer -> {
                    if (answer instanceof Answer.Confirmed confirmed) {
                        send(deed, confirmed.reason());
                    }
                }));
    }

    private void send(String deed, Optional<String> reason) {
        note.set(new Note("Pending: " + deed + " all open windows…", Mood.WAITING));
        desk.background().execute(() -> {
            var outcome = ReplyWords.outcome(
                    () -> DeedWords.counted(sms.windows(deed, reason), "window")
                            + (deed.equals("close") ? " closed" : " retimed"),
                    Optional::empty);
            desk.fx().execute(() -> {
                note.set(outcome);
                asked = Asked.NOTHING;
            });
        });
    }

    private void askPreview(Asked wanted) {
        asked = wanted;
        askedAt = desk.store().now();
        forecast(wanted.window(), wanted.mode(), forecast -> {
            if (asked.equals(wanted)) {
                preview.set(told(forecast));
            }
        });
    }

    private void forecast(String length, String way, Consumer<Forecast> then) {
        desk.background().execute(() -> {
            try {
                var forecast = sms.forecast(length, way);
                desk.fx().execute(() -> then.accept(forecast));
            } catch (LinkException e) {
                desk.fx().execute(() -> preview.set("What it would do is not known: " + e.told()));
            }
        });
    }

    private SmsView glance() {
        var snapshot = desk.store().state().snapshot();
        return snapshot == null ? SmsView.NONE : snapshot.sms();
    }

    /// Tells a forecast: `12 windows are open; applied to them, 7 would move and 3 would close now.`
    static String told(Forecast forecast) {
        if (forecast.open() == 0) {
            return "No window is open.";
        }
        return DeedWords.counted(forecast.open(), "window") + (forecast.open() == 1 ? " is" : " are")
                + " open; applied to them, " + Figures.count(forecast.moved()) + " would move and "
                + Figures.count(forecast.due()) + " would close now.";
    }
}
