package dev.sluice.ui.store;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/// The two clocks of the console: a wall clock for what people read, a monotonic one for silence and age of data.
///
/// @param wall this machine's time of day, which may jump
/// @param nanos monotonic nanoseconds from an arbitrary origin
public record Clocks(InstantSource wall, LongSupplier nanos) {
    /// Returns the clocks of this machine.
    public static Clocks system() {
        return new Clocks(InstantSource.system(), System::nanoTime);
    }
}
