package dev.sluice.service.sms;

import java.time.Instant;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Makes ids that nobody guesses and that sort by their time, so that new rows go to the end of an index.
/// Thread-safe if its randomness is.
public final class Ids {
    private static final HexFormat HEX = HexFormat.of();

    private final RandomGenerator random;

    /// @param random of a kind that cannot be foretold
    public Ids(RandomGenerator random) {
        this.random = random;
    }

    /// Returns a new id: the prefix, 12 hexadecimal digits of milliseconds and 16 of chance.
    String next(String prefix, Instant now) {
        return first(prefix, now) + HEX.toHexDigits(random.nextLong());
    }

    /// Returns what sorts before all ids of that millisecond and later ones, and after all earlier ones.
    static String first(String prefix, Instant time) {
        return prefix + HEX.toHexDigits(time.toEpochMilli(), 12);
    }
}
