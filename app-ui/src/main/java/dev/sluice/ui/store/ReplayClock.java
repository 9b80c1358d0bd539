package dev.sluice.ui.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/// The time within a recorded session while it is played: it goes on at a speed, stands still, and jumps.
///
/// What is shown is computed from the position alone, so no change of speed or place can lose or repeat an
/// event. Not thread-safe.
public final class ReplayClock {
    /// The slowest speed, as a multiple of real time.
    public static final double SLOWEST = 0.25;
    /// The fastest speed.
    public static final double FASTEST = 16;
    /// The longest pause between two events while idle times are skipped, in recorded time.
    public static final Duration LONGEST_IDLE = Duration.ofSeconds(1);

    private final LongSupplier nanos;
    private final Timeline timeline;
    private long position;
    private long seen;
    private double speed = 1;
    private boolean playing;
    private boolean skipsIdle;

    /// Creates a clock that stands at the beginning.
    ///
    /// @param nanos monotonic nanoseconds
    public ReplayClock(LongSupplier nanos, Timeline timeline) {
        this.nanos = nanos;
        this.timeline = timeline;
    }

    /// Goes on; from the beginning if it is at the end.
    public void play() {
        advance();
        if (position >= timeline.length()) {
            position = 0;
        }
        playing = true;
    }

    /// Stands still.
    public void pause() {
        advance();
        playing = false;
    }

    /// Returns whether it goes on; at the end it stops by itself.
    public boolean playing() {
        advance();
        return playing;
    }

    /// Returns the speed, as a multiple of real time.
    public double speed() {
        return speed;
    }

    /// Sets the speed; what lies outside of the limits is brought to the nearest one.
    public void speed(double factor) {
        advance();
        speed = Math.clamp(factor, SLOWEST, FASTEST);
    }

    /// Returns whether long pauses are cut short.
    public boolean skipsIdle() {
        return skipsIdle;
    }

    /// Sets whether long pauses are cut short.
    public void skipIdle(boolean skip) {
        advance();
        skipsIdle = skip;
    }

    /// Jumps.
    ///
    /// @param to nanoseconds from the first event; what lies outside of the session is brought to its
    ///     nearest end
    public void seek(long to) {
        advance();
        position = Math.clamp(to, 0, timeline.length());
    }

    /// Returns where it is, nanoseconds from the first event.
    public long position() {
        advance();
        return position;
    }

    /// Returns how many lines have happened by now.
    public int happened() {
        return timeline.happened(position());
    }

    private void advance() {
        long now = nanos.getAsLong();
        if (playing) {
            position = Math.min(timeline.length(), walk(position, (long) ((now - seen) * speed)));
            playing = position < timeline.length();
        }
        seen = now;
    }

    private long walk(long from, long by) {
        return skipsIdle ? walkWithoutIdle(from, by) : from + by;
    }

    private long walkWithoutIdle(long from, long by) {
        long at = from;
        long left = by;
        for (int next = timeline.happened(at); next < timeline.size(); next = timeline.happened(at)) {
            long before = next == 0 ? 0 : timeline.offset(next - 1);
            long busyUntil = Math.min(timeline.offset(next), before + LONGEST_IDLE.toNanos());
            long needed = Math.max(0, busyUntil - at);
            if (left < needed) {
                return at + left;
            }
            left -= needed;
            at = timeline.offset(next);
        }
        return at;
    }
}
