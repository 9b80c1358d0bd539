package dev.sluice.service.refactor;

import java.util.Locale;

/// What a person is asked to confirm.
public enum Confirmation {
    PLAN(Stage.AWAITING_PLAN_CONFIRMATION),
    VALIDATION(Stage.AWAITING_VALIDATION_CONFIRMATION),
    PUSH(Stage.AWAITING_PUSH_CONFIRMATION);

    private final Stage stage;

    Confirmation(Stage stage) {
        this.stage = stage;
    }

    /// Returns the stage of a job that waits for it.
    Stage stage() {
        return stage;
    }

    /// Returns the word used on the wire.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
