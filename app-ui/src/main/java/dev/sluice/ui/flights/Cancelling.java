package dev.sluice.ui.flights;

import dev.sluice.model.ops.FlightView;
import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.Note;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.fx.Question;
import dev.sluice.ui.link.LinkException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The operator's cancels: asked first, pending until the service's event shows the flight ended. Confined to the FX
/// thread.
final class Cancelling {
    private final Desk desk;
    private final Set<String> pending = new HashSet<>();
    private final ReadOnlyObjectWrapper<Note> note = new ReadOnlyObjectWrapper<>(this, "note", Note.NONE);

    Cancelling(Desk desk) {
        this.desk = desk;
    }

    ReadOnlyObjectProperty<Note> note() {
        return note.getReadOnlyProperty();
    }

    boolean pending(String flight) {
        return pending.contains(flight);
    }

    /// Asks whether a flight shall be cancelled.
    void request(FlightView flight) {
        if (!desk.obstacle().isEmpty() || pending.contains(flight.id()) || !flight.live()) {
            return;
        }
        desk.dialogs().ask(question(flight), answer -> {
            if (answer instanceof Answer.Confirmed confirmed) {
                send(flight.id(), confirmed.reason());
            }
        });
    }

    /// Looks whether the service's events tell that pending ones have ended.
    void refresh(OpsSnapshot snapshot) {
        for (var flight : snapshot.flights()) {
            if (!flight.live() && pending.remove(flight.id())) {
                note.set(new Note(
                        flight.state().equals("cancelled")
                                ? "Flight " + flight.id() + " is cancelled, confirmed by the service."
                                : "Flight " + flight.id() + " had ended before it could be cancelled.",
                        Mood.GOOD));
            }
        }
    }

    private void send(String flight, Optional<String> reason) {
        pending.add(flight);
        note.set(new Note("Pending: cancelling flight " + flight + "…", Mood.WAITING));
        desk.background().execute(() -> {
            try {
                desk.ops().cancelFlight(flight, reason);
            } catch (LinkException.Refused refused) {
                desk.fx().execute(() -> rollBack(flight, refused.told()));
            } catch (LinkException.NoAnswer silence) {
                readAgain(flight, silence);
            }
        });
    }

    /// Silence is no failure: only a flight that still flies was not cancelled.
    private void readAgain(String flight, LinkException.NoAnswer silence) {
        try {
            boolean flies = desk.ops().snapshot().flights().stream()
                    .anyMatch(each -> each.id().equals(flight) && each.live());
            if (flies) {
                desk.fx().execute(() -> rollBack(flight, silence.told() + ". Looked again, it still flies"));
            }
        } catch (LinkException e) {
            desk.fx()
                    .execute(() -> note.set(new Note(
                            "Pending: " + silence.told() + ". The next event will tell whether it ended.",
                            Mood.WAITING)));
        }
    }

    private void rollBack(String flight, String reason) {
        if (pending.remove(flight)) {
            note.set(new Note("Flight " + flight + " was not cancelled: " + reason, Mood.BAD));
        }
    }

    private static Question question(FlightView flight) {
        int listeners = flight.listeners();
        var heard = listeners == 0
                ? "Nobody listens to it."
                : (listeners == 1 ? "1 request that listens" : listeners + " requests that listen")
                        + " will end with an error; what they received so far stays theirs.";
        return new Question(
                "Cancel flight " + flight.id() + "?",
                flight.provider() + " · " + flight.model() + ", organisation " + flight.org() + ", state "
                        + flight.state() + ".",
                List.of(heard, "The call to the provider ends; what it has charged already is spent."),
                "Cancel the flight",
                Optional.empty(),
                "Let it fly",
                Question.Extras.REASON);
    }
}
