package dev.sluice.ui.link;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Supplier;

/// Closes a stream that went silent. The JDK client's time-out ends with the headers, so a peer that vanished without
/// a word would be waited for without end.
final class SilenceWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SilenceWatch.class.getName());

    private final Supplier<Duration> silence;
    private final Duration longest;
    private final InputStream watched;
    private final Thread thread;
    private volatile boolean fired;

    /// @param silence how long nothing was heard
    SilenceWatch(Supplier<Duration> silence, Duration longest, InputStream watched) {
        this.silence = silence;
        this.longest = longest;
        this.watched = watched;
        this.thread = Thread.ofVirtual().name("silence").unstarted(this::run);
        thread.start();
    }

    /// Returns whether it was this watch that closed the stream.
    boolean fired() {
        return fired;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            for (var left = left(); left.isPositive(); left = left()) {
                Thread.sleep(left.compareTo(Duration.ofMillis(250)) < 0 ? left : Duration.ofMillis(250));
            }
            fired = true;
            watched.close();
        } catch (InterruptedException e) {
            // the stream ended by itself
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing a silent stream failed", e);
        }
    }

    private Duration left() {
        return longest.minus(silence.get());
    }
}
