package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// What a host gave to other machines while this one wanted its processors, since the start, in ticks. No
/// load average here shows it, and all times grow with it.
///
/// @param taken by others
/// @param wanted used here or taken
record Steal(long taken, long wanted) {
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int STOLEN = 7;

    static Steal now() throws IOException {
        return of(Files.readAllLines(Path.of("/proc/stat")).getFirst());
    }

    /// Reads the first line of `/proc/stat` (proc(5)).
    static Steal of(String line) {
        long[] ticks = Arrays.stream(line.strip().split("\\s+", -1))
                .skip(1)
                .limit(STOLEN + 1) // what follows is in these already
                .mapToLong(Long::parseLong)
                .toArray();
        return new Steal(ticks[STOLEN], Arrays.stream(ticks).sum() - ticks[IDLE] - ticks[WAITING]);
    }

    /// Returns which share of what was wanted since then was taken, in percent.
    long percentSince(Steal before) {
        long since = wanted - before.wanted;
        return since == 0 ? 0 : Math.round(100.0 * (taken - before.taken) / since);
    }
}
