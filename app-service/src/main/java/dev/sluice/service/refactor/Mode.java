package dev.sluice.service.refactor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How much a person wants to be asked.
public enum Mode {
    /// Never.
    AUTONOMOUS,
    /// Before what follows from the plan.
    INTERACTIVE,
    /// Wherever the pipeline can be steered.
    INTERACTIVE_DETAILED;

    /// Returns the word used on the wire.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Finds a mode by its word; empty if there is no such mode.
    static Optional<Mode> parse(String word) {
        return Arrays.stream(values())
                .filter(mode -> mode.wireName().equals(word))
                .findFirst();
    }
}
