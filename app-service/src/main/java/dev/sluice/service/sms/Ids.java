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
        return prefix + HEX.toHexDigits(now.toEpochMilli(), 12) + HEX.toHexDigits(random.nextLong());
    }
}
