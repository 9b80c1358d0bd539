package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// An OpenAI-compatible provider that answers as each request's [Plan] says and counts what it is asked: a
/// process of its own, so that its processor time is nobody else's.
///
/// `GET /stats` tells the counts, `GET /reset` sets them to 0. `POST /reply` takes a reply to somebody's
/// texts, as a gateway does, and counts it.
final class FakeProvider {
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger inAir = new AtomicInteger();
    private final AtomicInteger mostInAir = new AtomicInteger();
    private final AtomicInteger aborted = new AtomicInteger();
    private final AtomicLong abortedNanos = new AtomicLong();
    private final AtomicInteger replies = new AtomicInteger();
    private final AtomicLong repliedNanos = new AtomicLong();

    private FakeProvider() {}

    public static void main(String[] args) throws IOException {
        try (var server = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress())) {
            System.out.println("provider on port " + server.getLocalPort());
            var provider = new FakeProvider();
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> provider.serve(socket));
            }
        }
    }

    /// Reads on while it answers: that is how it learns that a client has left.
    private void serve(Socket socket) {
        Thread answering = Thread.currentThread();
        Call call = null;
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
            for (String request = read(in); request != null; request = read(in)) {
                if (call != null) {
                    answering.join();
                }
                if (request.startsWith("GET /stats") || request.startsWith("GET /reset")) {
                    Answers.plain(socket.getOutputStream(), "text/plain", stats(request.startsWith("GET /reset")));
                    continue;
                }
                if (request.startsWith("POST /reply")) {
                    repliedNanos.set(System.nanoTime());
                    replies.incrementAndGet();
                    Answers.plain(socket.getOutputStream(), "application/json", "{}");
                    continue;
                }
                call = new Call(socket, Plan.in(request));
                begun();
                answering = Thread.ofVirtual().start(call);
            }
        } catch (IOException reset) {
            // the same as its end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (call != null && call.leave()) {
            abortedNanos.set(System.nanoTime());
            aborted.incrementAndGet();
            answering.interrupt();
        }
    }

    private void begun() {
        calls.incrementAndGet();
        int now = inAir.incrementAndGet();
        mostInAir.accumulateAndGet(now, Math::max);
    }

    private String stats(boolean reset) {
        if (reset) {
            calls.set(0);
            mostInAir.set(inAir.get());
            aborted.set(0);
            replies.set(0);
        }
        return "calls=" + calls + " inAir=" + inAir + " mostInAir=" + mostInAir + " aborted=" + aborted
                + " abortedNanos=" + abortedNanos + " replies=" + replies + " repliedNanos=" + repliedNanos;
    }

    /// Returns the next request, or null at the end.
    private static @Nullable String read(InputStream in) throws IOException {
        var head = new StringBuilder();
        int length = 0;
        while (true) {
            String line = line(in);
            if (line == null) {
                return null;
            }
            if (line.isEmpty()) {
                break;
            }
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            } else if (line.regionMatches(true, 0, "transfer-encoding:", 0, 18)) {
                throw new IOException("bodies come with their length here");
            }
            head.append(line).append('\n');
        }
        return head.append(new String(in.readNBytes(length), ISO_8859_1)).toString();
    }

    private static @Nullable String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return line.toString();
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return null;
    }

    /// One answer under way.
    private final class Call implements Runnable {
        private final Socket socket;
        private final Plan plan;
        private boolean over; // guarded by this

        Call(Socket socket, Plan plan) {
            this.socket = socket;
            this.plan = plan;
        }

        @Override
        public void run() {
            try {
                Thread.sleep(plan.latencyMs());
                Answers.give(socket.getOutputStream(), plan, this::end);
                end();
            } catch (IOException | InterruptedException gone) {
                // the reading side notices, too, and counts: were the call over now, it would not
            }
        }

        /// Returns whether the client left before the end.
        synchronized boolean leave() {
            boolean early = !over;
            over = true;
            if (early) {
                inAir.decrementAndGet();
            }
            return early;
        }

        private void end() {
            leave();
        }
    }
}
