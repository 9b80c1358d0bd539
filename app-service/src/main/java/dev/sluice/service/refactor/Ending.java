package dev.sluice.service.refactor;

import dev.sluice.service.session.Outcome;

/// The ways a job ends.
enum Ending {
    COMPLETED("complete", Stage.COMPLETE, Status.COMPLETED, Outcome.COMPLETED),
    FAILED("complete", Stage.FAILED, Status.FAILED, Outcome.FAILED),
    CANCELLED("complete", Stage.FAILED, Status.CANCELLED, Outcome.CANCELLED),
    /// The service could not go on with it.
    BROKEN("error", Stage.FAILED, Status.FAILED, Outcome.FAILED),
    /// The service stops.
    INTERRUPTED("error", Stage.FAILED, Status.FAILED, Outcome.INTERRUPTED);

    private final String event;
    private final Stage stage;
    private final Status status;
    private final Outcome outcome;

    Ending(String event, Stage stage, Status status, Outcome outcome) {
        this.event = event;
        this.stage = stage;
        this.status = status;
        this.outcome = outcome;
    }

    /// Returns the type of the terminal event.
    String event() {
        return event;
    }

    Stage stage() {
        return stage;
    }

    Status status() {
        return status;
    }

    Outcome outcome() {
        return outcome;
    }
}
