package dev.sluice.ui.senders;

import dev.sluice.model.sms.SenderView;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.Note;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.link.LinkException;
import dev.sluice.ui.link.SmsClient;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The operator's deeds on one sender or many: asked first where it matters, pending until the service's
/// own list shows them, taken back in one go. Confined to the FX thread.
final class SenderActing {
    /// So many are asked for one after the other.
    private static final int FEW = 16;
    private static final int LANES = 8;
    private static final int PROGRESS = 50;

    private final Desk desk;
    private final SmsClient sms;
    private final Consumer<List<SenderView>> done;
    private final Map<String, SenderDeed> pending = new HashMap<>();
    private final ReadOnlyObjectWrapper<Note> note = new ReadOnlyObjectWrapper<>(this, "note", Note.NONE);
    private final ReadOnlyBooleanWrapper undoable = new ReadOnlyBooleanWrapper(this, "undoable", false);
    private List<Target> acted = List.of();

    /// @param done hears of senders as they are after a deed
    SenderActing(Desk desk, SmsClient sms, Consumer<List<SenderView>> done) {
        this.desk = desk;
        this.sms = sms;
        this.done = done;
    }

    /// What became of the latest deed.
    ReadOnlyObjectProperty<Note> note() {
        return note.getReadOnlyProperty();
    }

    /// Whether the latest deed can be taken back.
    ReadOnlyBooleanProperty undoable() {
        return undoable.getReadOnlyProperty();
    }

    @Nullable
    SenderDeed pending(String sender) {
        return pending.get(sender);
    }

    /// Does something about those it fits, asking first where it matters.
    void request(SenderDeed deed, List<Target> targets) {
        var fitting = targets.stream()
                .filter(deed::fits)
                .filter(target -> !pending.containsKey(target.id()))
                .toList();
        if (fitting.isEmpty() || !desk.obstacle().isEmpty()) {
            return;
        }
        if (!deed.asks(fitting.size())) {
            send(deed, fitting, Optional.empty());
            return;
        }
        desk.dialogs().ask(DeedWords.question(deed, fitting), answer -> {
            if (answer instanceof Answer.Confirmed confirmed) {
                send(deed, fitting, confirmed.reason());
            }
        });
    }

    /// Takes the latest deed back.
    void undoLatest() {
        if (undoable.get() && desk.obstacle().isEmpty()) {
            send(SenderDeed.UNDO, acted, Optional.of("undo"));
        }
    }

    private void send(SenderDeed deed, List<Target> targets, Optional<String> reason) {
        targets.forEach(target -> pending.put(target.id(), deed));
        undoable.set(false);
        note.set(new Note(DeedWords.pending(deed, targets, 0), Mood.WAITING));
        desk.background().execute(() -> {
            var outcome = new DeedOutcome(deed);
            if (targets.size() <= FEW) {
                targets.forEach(target -> one(outcome, target, reason));
            } else {
                many(outcome, targets, reason);
            }
            desk.fx().execute(() -> finish(outcome, targets));
        });
    }

    /// Asks for several at once: the service stores together what comes together.
    private void many(DeedOutcome outcome, List<Target> targets, Optional<String> reason) {
        var asked = new AtomicInteger();
        try (var lanes = Executors.newFixedThreadPool(
                LANES, Thread.ofVirtual().name("deed-", 0).factory())) {
            for (var target : targets) {
                lanes.execute(() -> {
                    one(outcome, target, reason);
                    int so = asked.incrementAndGet();
                    if (so % PROGRESS == 0) {
                        desk.fx().execute(() -> tell(outcome.deed(), targets, so));
                    }
                });
            }
        }
    }

    private void tell(SenderDeed deed, List<Target> targets, int asked) {
        if (pending.containsKey(targets.getFirst().id())) {
            note.set(new Note(DeedWords.pending(deed, targets, asked), Mood.WAITING));
        }
    }

    private void one(DeedOutcome outcome, Target target, Optional<String> reason) {
        var deed = outcome.deed();
        var body = new LinkedHashMap<String, String>(deed.body());
        reason.ifPresent(why -> body.put("reason", why));
        try {
            outcome.done(target, sms.act(target.id(), deed.wire(), body));
        } catch (LinkException.Refused refused) {
            outcome.refused(refused.told());
        } catch (LinkException.NoAnswer silence) {
            readAgain(outcome, target, silence.told());
        }
    }

    /// Silence is no failure: what was not done is told by the sender itself.
    private void readAgain(DeedOutcome outcome, Target target, String silence) {
        try {
            var now = sms.sender(target.id());
            if (outcome.deed().doneSince(target, now)) {
                outcome.done(target, now);
            } else {
                outcome.refused(silence + ". Looked again, nothing had changed");
            }
        } catch (LinkException e) {
            outcome.unknown(silence + ". The list will tell once the service is back");
        }
    }

    private void finish(DeedOutcome outcome, List<Target> targets) {
        targets.forEach(target -> pending.remove(target.id()));
        if (outcome.deed().undoable()) {
            acted = outcome.views().stream()
                    .map(Target::of)
                    .filter(SenderDeed.UNDO::fits)
                    .toList();
        }
        undoable.set(outcome.deed().undoable() && !acted.isEmpty());
        note.set(outcome.note());
        done.accept(outcome.views());
    }
}
