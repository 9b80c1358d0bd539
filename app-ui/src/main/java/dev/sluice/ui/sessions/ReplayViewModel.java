package dev.sluice.ui.sessions;

import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.store.ReplayClock;
import dev.sluice.ui.store.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Plays a session again by its recorded times. Confined to the FX thread.
public final class ReplayViewModel {
    /// The speeds to choose from.
    static final List<String> SPEEDS = List.of("0.25×", "0.5×", "1×", "2×", "4×", "8×", "16×");

    private final LongSupplier nanos;
    private Timeline timeline = new Timeline();
    private ReplayClock clock;
    private final ReadOnlyBooleanWrapper active = new ReadOnlyBooleanWrapper(this, "active", false);
    private final ReadOnlyBooleanWrapper playing = new ReadOnlyBooleanWrapper(this, "playing", false);
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(this, "progress", 1);
    private final ReadOnlyStringWrapper time = new ReadOnlyStringWrapper(this, "time", "");
    private final StringProperty speed = new SimpleStringProperty(this, "speed", "1×");
    private final BooleanProperty skipIdle = new SimpleBooleanProperty(this, "skipIdle", false);

    /// @param nanos monotonic nanoseconds
    ReplayViewModel(LongSupplier nanos) {
        this.nanos = nanos;
        this.clock = new ReplayClock(nanos, timeline);
        speed.subscribe(word -> clock.speed(factor(word)));
        skipIdle.subscribe(skip -> clock.skipIdle(skip));
    }

    /// Begins with another session, at the speed chosen for the one before.
    void begin() {
        timeline = new Timeline();
        clock = new ReplayClock(nanos, timeline);
        clock.speed(factor(speed.get()));
        clock.skipIdle(skipIdle.get());
        active.set(false);
        refresh();
    }

    Timeline timeline() {
        return timeline;
    }

    /// Whether the log is shown up to a place in time, and not all of it.
    ReadOnlyBooleanProperty active() {
        return active.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty playing() {
        return playing.getReadOnlyProperty();
    }

    /// The place in time, 0 to 1.
    ReadOnlyDoubleProperty progress() {
        return progress.getReadOnlyProperty();
    }

    /// The place in time and the length, in words.
    ReadOnlyStringProperty time() {
        return time.getReadOnlyProperty();
    }

    StringProperty speed() {
        return speed;
    }

    BooleanProperty skipIdle() {
        return skipIdle;
    }

    /// Plays, or stands still; from the beginning if all was shown.
    void toggle() {
        if (clock.playing()) {
            clock.pause();
        } else {
            if (!active.get()) {
                clock.seek(0);
            }
            active.set(true);
            clock.play();
        }
        refresh();
    }

    /// Jumps to the beginning.
    void restart() {
        scrub(0);
    }

    /// Jumps.
    ///
    /// @param part of the whole, 0 to 1
    void scrub(double part) {
        active.set(true);
        clock.seek((long) (part * timeline.length()));
        refresh();
    }

    /// Jumps to when a line happened, if it is played.
    void to(int line) {
        if (active.get()) {
            clock.seek(timeline.offset(line));
            refresh();
        }
    }

    /// Goes one speed up or down.
    void faster(int by) {
        int now = SPEEDS.indexOf(speed.get());
        speed.set(SPEEDS.get(Math.clamp((long) now + by, 0, SPEEDS.size() - 1)));
    }

    /// Ends the replay: everything is shown.
    void showAll() {
        clock.pause();
        active.set(false);
        refresh();
    }

    /// Returns how many lines are to be shown now.
    int shown() {
        return active.get() ? clock.happened() : timeline.size();
    }

    /// Shows what time changed.
    void refresh() {
        long length = timeline.length();
        long position = active.get() ? clock.position() : length;
        playing.set(clock.playing());
        progress.set(length == 0 ? 1 : (double) position / length);
        time.set(Figures.offset(Duration.ofNanos(position)) + " of " + Figures.offset(Duration.ofNanos(length)));
    }

    private static double factor(String word) {
        return Double.parseDouble(word.substring(0, word.length() - 1));
    }
}
