package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that does nothing but write each event to all its readers: what the driver measures with it is the
/// driver and the kernel.
final class RawServer {
    private static final byte[] HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".getBytes(US_ASCII);

    private final List<SocketChannel> readers = new CopyOnWriteArrayList<>();

    private RawServer() {}

    public static void main(String[] args) throws IOException {
        try (var server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
            System.out.println("raw on port " + server.socket().getLocalPort());
            var raw = new RawServer();
            while (true) {
                raw.greet(server.accept());
            }
        }
    }

    /// The first reader's plan is everybody's; the channel ends with its last event.
    private void greet(SocketChannel reader) throws IOException {
        reader.setOption(StandardSocketOptions.TCP_NODELAY, true);
        ByteBuffer request = ByteBuffer.allocate(4 << 10);
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            if (reader.read(request) < 0) {
                reader.close();
                return;
            }
            text = new String(request.array(), request.arrayOffset(), request.position(), US_ASCII);
        }
        reader.write(ByteBuffer.wrap(HEAD));
        boolean first = readers.isEmpty();
        readers.add(reader);
        if (first) {
            Plan plan = Plan.in(text);
            Thread.ofPlatform().start(() -> broadcast(plan));
        }
    }

    private void broadcast(Plan plan) {
        try {
            Thread.sleep(plan.latencyMs());
            long began = System.nanoTime();
            for (int i = 1; i <= plan.chunks(); i++) {
                Pause.until(began + (i - 1) * 1_000L * plan.intervalMicros());
                byte[] event = ("data: " + Stamp.text(i, plan.bytes()) + "\n\n").getBytes(US_ASCII);
                for (SocketChannel reader : readers) {
                    reader.write(ByteBuffer.wrap(event));
                }
            }
        } catch (IOException left) {
            // a reader that leaves early ends the channel
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            List<SocketChannel> all = List.copyOf(readers);
            readers.clear();
            for (SocketChannel reader : all) {
                close(reader);
            }
        }
    }

    private static void close(SocketChannel reader) {
        try {
            reader.close();
        } catch (IOException e) {
            // it is gone, which is what was wanted
        }
    }
}
