package dev.sluice.service;

import dev.sluice.service.store.NewerDatabaseException;
import dev.sluice.service.store.StoreUnavailableException;
import io.helidon.config.ConfigException;
import java.util.ArrayList;
import java.util.List;

/// What a check found, a line each. Not thread-safe.
final class Findings {
    private final List<String> lines = new ArrayList<>();
    private boolean good = true;

    /// Adds what is as it should be.
    void ok(String what) {
        lines.add("ok     " + what);
    }

    /// Adds what is worth knowing and stops no start.
    void note(String what) {
        lines.add("note   " + what);
    }

    /// Adds what stops a start.
    void error(String what) {
        lines.add("error  " + what);
        good = false;
    }

    /// Runs a step; what stops it is an error found. Returns whether it ran to its end.
    boolean attempt(Runnable step) {
        try {
            step.run();
            return true;
        } catch (IllegalArgumentException
                | ConfigException
                | NewerDatabaseException
                | StoreUnavailableException found) {
            error(String.valueOf(found.getMessage()).lines().findFirst().orElse(found.toString()));
            return false;
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /// Returns whether no error was found.
    boolean good() {
        return good;
    }
}
