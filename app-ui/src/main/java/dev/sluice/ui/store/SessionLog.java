package dev.sluice.ui.store;

import dev.sluice.model.session.EventPage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The log of one open session, each event once and in order, written by its follower and read by whoever
/// draws.
///
/// Thread-safe. Readers never wait for the writer: they get the last complete [Content].
public final class SessionLog {
    /// What is known at one moment, immutable.
    public static final class Content {
        private final SessionLine[] lines;
        private final int size;
        private final int life;
        private final Following following;

        private Content(SessionLine[] lines, int size, int life, Following following) {
            this.lines = lines;
            this.size = size;
            this.life = life;
            this.following = following;
        }

        /// Returns the number of lines.
        public int size() {
            return size;
        }

        /// Returns a line, from 0.
        public SessionLine line(int index) {
            if (index >= size) {
                throw new IndexOutOfBoundsException(index);
            }
            return lines[index];
        }

        /// Returns how often the log began anew: the lines of different lives have nothing to do with each
        /// other.
        public int life() {
            return life;
        }

        /// Returns how its follower fares.
        public Following following() {
            return following;
        }
    }

    private final Map<String, String> types = new HashMap<>();
    private volatile Content content = new Content(new SessionLine[64], 0, 0, new Following.Reading());
    private volatile String cursor = "";
    private @Nullable String epoch;
    private long last;

    /// Creates an empty log.
    public SessionLog() {}

    /// Returns what is known now.
    public Content content() {
        return content;
    }

    /// Returns where to read on, as the service named it; empty for the beginning.
    public String cursor() {
        return cursor;
    }

    /// Appends a page. Events that are there already are left out, missing ones make a gap, and another
    /// life of the log replaces everything.
    public synchronized void add(EventPage page) {
        if (epoch != null && (page.reset() != null || !page.epoch().equals(epoch))) {
            var reason = page.reset();
            begin(reason == null ? "epoch" : reason);
        }
        epoch = page.epoch();
        var gap = page.gap();
        if (gap != null && gap.first() > last + 1) {
            append(new SessionLine.Gap(gap.first() - last - 1));
            last = gap.first() - 1;
        }
        page.events().forEach(this::append);
        cursor = page.next();
    }

    /// Notes how the follower fares.
    public synchronized void following(Following following) {
        content = new Content(content.lines, content.size, content.life, following);
    }

    private void begin(String reason) {
        content = new Content(new SessionLine[64], 0, content.life + 1, content.following);
        last = 0;
        append(new SessionLine.Anew(reason));
    }

    private void append(EventPage.Event event) {
        if (event.seq() <= last) {
            return;
        }
        if (event.seq() > last + 1) {
            append(new SessionLine.Gap(event.seq() - last - 1));
        }
        last = event.seq();
        var type = types.computeIfAbsent(event.event(), name -> name);
        append(new SessionLine.Happened(event.id(), last, event.at(), type, event.data(), event.terminal()));
    }

    /// The array is shared by contents of different sizes: a slot is written before the content that shows
    /// it is published, and never again.
    private void append(SessionLine line) {
        var before = content;
        var lines =
                before.size < before.lines.length ? before.lines : Arrays.copyOf(before.lines, before.lines.length * 2);
        lines[before.size] = line;
        content = new Content(lines, before.size + 1, before.life, before.following);
    }
}
