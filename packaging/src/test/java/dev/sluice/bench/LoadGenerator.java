package dev.sluice.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Clients that go on asking: each as soon as it was answered, or all of them at a rate. Used by one
/// thread.
final class LoadGenerator implements AutoCloseable {
    private static final long LAST_ANSWERS_NANOS = 30_000_000_000L;
    /// A driver that looked without a pause would take one of the service's processors.
    private static final long NAP_NANOS = 50_000;

    /// What came of it.
    ///
    /// @param nanos from when a request was due until its answer was there
    /// @param failed answers other than 200, and those that never came
    record Result(Sample nanos, int failed, double seconds) {
        double perSecond() {
            return nanos.count() / seconds;
        }
    }

    private final List<Link> links = new ArrayList<>();
    private final long[] since;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    private final Deque<Integer> idle = new ArrayDeque<>();
    private Sample nanos = new Sample();
    private int failed;

    LoadGenerator(int port, int clients) throws IOException {
        since = new long[clients];
        for (int i = 0; i < clients; i++) {
            var link = new Link(port, (_, _, _) -> {});
            link.channel().register(selector, SelectionKey.OP_READ, i);
            links.add(link);
        }
    }

    /// Has every client ask again at once when it was answered.
    Result closed(Supplier<byte[]> requests, double seconds) throws IOException {
        begin();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        for (long now = start; now < end; now = System.nanoTime()) {
            while (!idle.isEmpty()) {
                send(requests.get(), System.nanoTime());
            }
            selector.select(100);
            take();
        }
        double took = (System.nanoTime() - start) / 1e9;
        var before = nanos;
        nanos = new Sample(); // what comes later is awaited and not counted
        await();
        return new Result(before, failed, took);
    }

    /// Asks at a rate, whether or not the answers keep up: who waits for a free client waits for the
    /// service.
    Result paced(Supplier<byte[]> requests, double perSecond, double seconds) throws IOException {
        begin();
        long start = System.nanoTime();
        long count = (long) (perSecond * seconds);
        long sent = 0;
        while (sent < count) {
            long due = start + (long) (sent * 1e9 / perSecond);
            long left = due - System.nanoTime();
            if (left <= 0 && !idle.isEmpty()) {
                send(requests.get(), due);
                sent++;
                continue;
            }
            if (left > 1_000_000 || idle.isEmpty()) {
                selector.select(Math.max(1, left / 1_000_000));
            } else if (selector.selectNow() == 0) {
                LockSupport.parkNanos(Math.min(Math.max(0, left), NAP_NANOS));
            }
            take();
        }
        await();
        return new Result(nanos, failed, (System.nanoTime() - start) / 1e9);
    }

    private void begin() {
        nanos = new Sample();
        failed = 0;
        idle.clear();
        for (int i = 0; i < links.size(); i++) {
            idle.add(i);
        }
    }

    private void send(byte[] request, long due) throws IOException {
        int client = idle.remove();
        links.get(client).reader.next();
        since[client] = due;
        links.get(client).send(request);
    }

    private void take() throws IOException {
        for (SelectionKey key : selector.selectedKeys()) {
            int client = (Integer) key.attachment();
            Link link = links.get(client);
            if (!link.read(buffer)) {
                throw new IOException("a connection was lost");
            }
            if (link.reader.done()) {
                nanos.add(System.nanoTime() - since[client]);
                failed += link.reader.status() == 200 ? 0 : 1;
                idle.add(client);
            }
        }
        selector.selectedKeys().clear();
    }

    private void await() throws IOException {
        long end = System.nanoTime() + LAST_ANSWERS_NANOS;
        while (idle.size() < links.size() && System.nanoTime() < end) {
            selector.select(100);
            take();
        }
        failed += links.size() - idle.size();
    }

    @Override
    public void close() throws IOException {
        links.forEach(Link::close);
        selector.close();
    }
}
