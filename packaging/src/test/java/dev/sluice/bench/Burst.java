package dev.sluice.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Clients whose connections stand and whose requests leave together. Used by one thread.
final class Burst implements AutoCloseable {
    private static final long PATIENCE_NANOS = 70_000_000_000L;
    private static final int SETTLE_MS = 100;

    /// What came of one burst; times are from the release of all to the last byte of each, in nanoseconds.
    ///
    /// @param failed how many had no whole answer with status 200
    record Result(Sample nanos, int failed) {}

    /// Something done while the burst is in the air.
    ///
    /// @param afterNanos after the release
    record Deed(long afterNanos, Runnable what) {}

    private final int port;
    private final List<Link> links = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);

    Burst(int port, int clients) throws IOException, InterruptedException {
        this.port = port;
        for (int i = 0; i < clients; i++) {
            links.add(connected(i));
        }
        Thread.sleep(SETTLE_MS); // accepting them all is no part of the burst
    }

    int clients() {
        return links.size();
    }

    /// Returns how many of the latest answers bear a header.
    ///
    /// @param name in lower case, as the value
    int count(String name, String value) {
        return (int) links.stream()
                .filter(link -> link.reader.header(name).equals(value))
                .count();
    }

    /// Sends the same request on every connection and waits for all answers.
    Result fire(byte[] request) throws IOException, InterruptedException {
        return fire(_ -> request, 0, null);
    }

    /// Sends the first request alone, for [#fire(IntFunction, int, Deed)] to go on with.
    void lead(byte[] request) throws IOException, InterruptedException {
        mend();
        links.getFirst().reader.next();
        links.getFirst().send(request);
    }

    /// Loses the first connection.
    void loseLeader() {
        links.getFirst().close();
    }

    /// Sends a request on every connection from `first` on and waits for their answers.
    Result fire(IntFunction<byte[]> requests, int first, @Nullable Deed deed) throws IOException, InterruptedException {
        if (first == 0) {
            mend();
        }
        links.subList(first, links.size()).forEach(link -> link.reader.next());
        var nanos = new Sample();
        long released = System.nanoTime();
        for (int i = first; i < links.size(); i++) {
            links.get(i).send(requests.apply(i));
        }
        int failed = await(first, released, deed, nanos);
        return new Result(nanos, failed);
    }

    private int await(int first, long released, @Nullable Deed deed, Sample nanos) throws IOException {
        boolean done = deed == null;
        int open = links.size() - first;
        int failed = 0;
        while (open > 0 && System.nanoTime() - released < PATIENCE_NANOS) {
            selector.select(done ? 1_000 : 1);
            for (SelectionKey key : selector.selectedKeys()) {
                int number = (Integer) key.attachment();
                Link link = links.get(number);
                boolean before = link.reader.done() || link.lost();
                boolean there = link.read(buffer);
                if (!there) {
                    key.cancel();
                }
                if (!before && (link.reader.done() || !there) && number >= first) {
                    open--;
                    nanos.add(System.nanoTime() - released);
                    failed += link.reader.done() && link.reader.status() == 200 ? 0 : 1;
                }
            }
            selector.selectedKeys().clear();
            if (!done && deed != null && System.nanoTime() - released >= deed.afterNanos()) {
                done = true;
                deed.what().run();
            }
        }
        return failed + open;
    }

    /// Replaces connections that were lost.
    private void mend() throws IOException, InterruptedException {
        boolean mended = false;
        for (int i = 0; i < links.size(); i++) {
            if (!links.get(i).read(buffer)) {
                links.get(i).close();
                links.set(i, connected(i));
                mended = true;
            }
        }
        if (mended) {
            Thread.sleep(SETTLE_MS);
        }
    }

    private Link connected(int number) throws IOException {
        var link = new Link(port, (_, _, _) -> {});
        link.channel().register(selector, SelectionKey.OP_READ, number);
        return link;
    }

    @Override
    public void close() throws IOException {
        links.forEach(Link::close);
        selector.close();
    }
}
