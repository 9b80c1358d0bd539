package dev.sluice.service.replay;

import java.time.Duration;

/// How long tests of the engines wait for another thread, and how often they repeat; mutation testing asks for less.
public final class Patience {
    /// Long enough for any machine, short enough that a test that hangs ends.
    public static final Duration FOREVER = Duration.ofSeconds(Long.getLong("sluice.test.patience-seconds", 20));

    private Patience() {}

    /// Returns how often a test of a race or a property is to be repeated: once at least.
    public static int rounds(int usual) {
        return Math.max(1, usual / Integer.getInteger("sluice.test.rounds-divisor", 1));
    }
}
