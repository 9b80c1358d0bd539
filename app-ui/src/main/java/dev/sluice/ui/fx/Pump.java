package dev.sluice.ui.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import javafx.animation.AnimationTimer;
import javafx.util.Subscription;

/// The one beat by which the console draws. Events never schedule drawing: panes are looked at when their time has
/// come and drawn only if their version changed, so the cost does not depend on how much the service says.
///
/// Confined to the FX thread.
public final class Pump {
    /// How often a pane may be drawn.
    public enum Rate {
        /// Each pulse of the display.
        PULSE(0),
        /// Figures and tables: ten times a second.
        TILES(100_000_000L),
        /// Charts, ages and staleness: four times a second.
        CHARTS(250_000_000L);

        private final long nanos;

        Rate(long nanos) {
            this.nanos = nanos;
        }
    }

    private static final class Pane {
        final Rate rate;
        final LongSupplier version;
        final Runnable draw;
        long drawnVersion;
        long drawnAt;

        Pane(Rate rate, LongSupplier version, Runnable draw) {
            this.rate = rate;
            this.version = version;
            this.draw = draw;
        }
    }

    private final List<Pane> panes = new ArrayList<>();
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            beat(now);
        }
    };

    /// Starts the beat.
    public void start() {
        timer.start();
    }

    /// Stops the beat.
    public void stop() {
        timer.stop();
    }

    /// Draws a pane now, and again whenever its version changed, until the subscription is cancelled.
    ///
    /// @param version any number that differs once there is something new to draw
    public Subscription draw(Rate rate, LongSupplier version, Runnable draw) {
        var pane = new Pane(rate, version, draw);
        pane.drawnVersion = version.getAsLong();
        panes.add(pane);
        draw.run();
        return () -> panes.remove(pane);
    }

    /// Runs something at a steady rate, for what changes by time alone, until the subscription is cancelled.
    public Subscription tick(Rate rate, Runnable tick) {
        var beats = new long[1];
        return draw(rate, () -> beats[0]++, tick);
    }

    /// Draws whatever is due.
    void beat(long now) {
        for (var pane : List.copyOf(panes)) {
            if (now - pane.drawnAt < pane.rate.nanos) {
                continue;
            }
            long version = pane.version.getAsLong();
            if (version != pane.drawnVersion) {
                pane.drawnVersion = version;
                pane.drawnAt = now;
                pane.draw.run();
            }
        }
    }
}
