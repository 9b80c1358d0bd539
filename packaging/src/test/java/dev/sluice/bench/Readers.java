package dev.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/// Thousands of readers of event streams on one thread, which notes when each stamped event came.
///
/// Opened, asked and closed by one thread; what it counts may be read by any.
final class Readers implements AutoCloseable {
    private final int port;
    private final Selector selector = Selector.open();
    private final List<Reader> all = new ArrayList<>();
    private final List<Link> stuck = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().name("readers").unstarted(this::loop);
    private volatile boolean closed;
    private long since = Long.MAX_VALUE; // these guarded by this
    private Sample delays = new Sample();
    private long delivered;
    private int answered;
    private int refused;
    private int lost;
    private int disordered;

    Readers(int port) throws IOException {
        this.port = port;
        thread.start();
    }

    /// What the readers have seen.
    ///
    /// @param answered heads that came with status 200
    /// @param refused the status of the last other head; 0 if there was none
    /// @param lost connections that ended before their stream did
    /// @param delivered stamped events
    /// @param disordered events that did not follow the one before
    record Counts(int answered, int refused, int lost, long delivered, int disordered) {}

    /// Opens connections; nothing is asked yet.
    void open(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            var reader = new Reader(port);
            all.add(reader);
            reader.link.channel().register(selector, SelectionKey.OP_READ, reader);
        }
        selector.wakeup();
    }

    /// Opens connections that ask and then never read, through buffers as small as they can be.
    void openStuck(int count, byte[] request) throws IOException {
        for (int i = 0; i < count; i++) {
            var link = new Link(port, (_, _, _) -> {}, 4 << 10);
            stuck.add(link);
            link.send(request);
        }
    }

    /// Opens connections and asks at once on each.
    void open(int count, byte[] request) throws IOException {
        for (int i = 0; i < count; i++) {
            open(1);
            ask(all.size() - 1, request);
        }
    }

    /// Asks on every connection.
    void ask(IntFunction<byte[]> request) throws IOException {
        for (int i = 0; i < all.size(); i++) {
            ask(i, request.apply(i));
        }
    }

    /// Asks on one connection.
    void ask(int reader, byte[] request) throws IOException {
        all.get(reader).askedNanos = System.nanoTime();
        all.get(reader).link.send(request);
    }

    int size() {
        return all.size();
    }

    synchronized Counts counts() {
        return new Counts(answered, refused, lost, delivered, disordered);
    }

    /// Forgets the delays noted so far, and notes those of events sent from now on.
    synchronized void note() {
        since = System.nanoTime();
        delays = new Sample();
    }

    /// Returns the delays, in nanoseconds, and stops noting.
    synchronized Sample delays() {
        since = Long.MAX_VALUE;
        return delays;
    }

    /// Returns when each reader that has so many events had them, in nanoseconds from its request.
    synchronized Sample reached(long events) {
        var sample = new Sample();
        for (Reader reader : all) {
            if (reader.events >= events && reader.target == events) {
                sample.add(reader.targetNanos - reader.askedNanos);
            }
        }
        return sample;
    }

    /// Sets the number of events after which each reader's time is noted.
    synchronized void target(long events) {
        all.forEach(reader -> reader.target = events);
    }

    /// Waits until something holds.
    ///
    /// @return whether it did in time
    boolean await(long millis, BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(1);
        }
        return true;
    }

    /// Waits until every reader was answered.
    ///
    /// @throws IOException if that takes too long or any was refused
    void awaitAnswered(long millis) throws IOException, InterruptedException {
        if (!await(millis, () -> counts().answered() >= all.size()) || counts().refused() > 0) {
            throw new IOException("of " + all.size() + " readers: " + counts());
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(reader -> reader.link.close());
        stuck.forEach(Link::close);
        selector.close();
    }

    private void loop() {
        ByteBuffer buffer = ByteBuffer.allocate(256 << 10);
        try {
            while (!closed) {
                selector.select(1_000);
                synchronized (this) {
                    for (SelectionKey key : selector.selectedKeys()) {
                        ((Reader) key.attachment()).read(key, buffer);
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private final class Reader implements Stamp.Seen {
        private final Link link;
        private final Stamp.Finder finder = new Stamp.Finder(this);
        private long askedNanos;
        private long readNanos;
        private long events;
        private long last;
        private long target;
        private long targetNanos;

        Reader(int port) throws IOException {
            link = new Link(port, finder::read);
        }

        void read(SelectionKey key, ByteBuffer buffer) {
            boolean before = link.reader.answered();
            readNanos = System.nanoTime();
            if (!link.read(buffer)) {
                key.cancel();
                lost += link.reader.done() || link.reader.untilClose() ? 0 : 1;
            }
            if (!before && link.reader.answered()) {
                if (link.reader.status() == 200) {
                    answered++;
                } else {
                    refused = link.reader.status();
                }
            }
        }

        @Override
        public void stamp(long sentNanos, long seq) {
            events++;
            delivered++;
            disordered += last != 0 && seq != last + 1 ? 1 : 0;
            last = seq;
            if (sentNanos >= since) {
                delays.add(readNanos - sentNanos);
            }
            if (events == target) {
                targetNanos = readNanos;
            }
        }
    }
}
