package dev.sluice.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A chat flight's session: the provider's chunks are the events, and one client that asked keeps it in the air.
record SluiceFeed(Sluice sluice, Keys keys) implements Feed {
    @Override
    public String name() {
        return sluice.name();
    }

    @Override
    public int port() {
        return sluice.port();
    }

    @Override
    public List<Long> pids() {
        return sluice.pids();
    }

    @Override
    public Session open(Plan plan) throws Exception {
        var socket = new Socket(InetAddress.getLoopbackAddress(), sluice.port());
        try {
            OutputStream out = socket.getOutputStream();
            out.write(sluice.ask(keys.next(), plan));
            var asking = new Asking(socket, plan.chunks());
            Thread.ofVirtual().start(asking);
            return new Session(sluice, asking, asking.session.get(30, TimeUnit.SECONDS));
        } catch (Exception e) {
            socket.close();
            throw e;
        }
    }

    /// @param id the session's
    record Session(Sluice sluice, Asking asking, String id) implements Channel {
        @Override
        public byte[] read(long after) {
            return sluice.events(id, after);
        }

        @Override
        public void awaitPublished() throws InterruptedException {
            asking.published.await();
        }

        @Override
        public void close() {
            try {
                asking.socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// The client whose message it is: reads what it gets and forgets it.
    private static final class Asking implements Runnable {
        private final Socket socket;
        private final int events;
        private final CompletableFuture<String> session = new CompletableFuture<>();
        private final CountDownLatch published = new CountDownLatch(1);

        Asking(Socket socket, int events) {
            this.socket = socket;
            this.events = events;
        }

        @Override
        public void run() {
            var finder = new Stamp.Finder((_, seq) -> {
                if (seq == events) {
                    published.countDown();
                }
            });
            var reader = new HttpReader(finder::read);
            byte[] buffer = new byte[64 << 10];
            try (InputStream in = socket.getInputStream()) {
                for (int read = in.read(buffer); read >= 0 && !reader.done(); read = in.read(buffer)) {
                    reader.read(buffer, 0, read);
                    if (reader.answered()) {
                        session.complete(reader.header("sluice-flight"));
                    }
                }
            } catch (IOException closed) {
                // the channel was closed: there is nothing left to read
            }
            session.completeExceptionally(new IOException("the stream ended before its head"));
            published.countDown();
        }
    }
}
