package dev.sluice.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// nginx with nchan: events are published by POST, each over the same connection, and read as event
/// streams.
final class Nchan implements Feed, AutoCloseable {
    private final Child process;
    private final int port;
    private final int workers;
    private int channels;

    private Nchan(Child process, int port, int workers) {
        this.process = process;
        this.port = port;
        this.workers = workers;
    }

    static Nchan start(Run run, int workers) throws IOException, InterruptedException {
        int port = Http.freePort();
        Child process = NginxCache.launch(
                run.newDirectory("nchan"), workers, "load_module " + Programs.NCHAN_MODULE + ";", """
                    nchan_shared_memory_size 512M;
                    tcp_nodelay on;
                    server {
                        listen 127.0.0.1:%d backlog=4096;
                        location /pub {
                            nchan_publisher;
                            nchan_channel_id $arg_id;
                            nchan_message_buffer_length 20000;
                            nchan_message_timeout 10m;
                        }
                        location /sub {
                            nchan_subscriber eventsource;
                            nchan_channel_id $arg_id;
                            nchan_subscriber_first_message oldest;
                            nchan_subscriber_timeout 0;
                            nchan_eventsource_ping_interval 15;
                        }
                    }
                """.formatted(port));
        return run.own(new Nchan(process, port, workers));
    }

    @Override
    public String name() {
        return "nchan, " + workers + (workers == 1 ? " worker" : " workers");
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public List<Long> pids() {
        return process.pids();
    }

    @Override
    public Channel open(Plan plan) throws IOException {
        var publisher = new Publisher("c" + channels++, plan, new Socket(InetAddress.getLoopbackAddress(), port));
        publisher.thread.start();
        return publisher;
    }

    @Override
    public void close() {
        process.close();
    }

    private final class Publisher implements Channel {
        private final String id;
        private final Plan plan;
        private final Socket socket;
        private final CountDownLatch published = new CountDownLatch(1);
        private volatile @Nullable IOException failure;
        private final Thread thread = Thread.ofPlatform().name("publisher").unstarted(this::publish);

        Publisher(String id, Plan plan, Socket socket) throws IOException {
            this.id = id;
            this.plan = plan;
            this.socket = socket;
            socket.setTcpNoDelay(true);
        }

        @Override
        public byte[] read(long after) {
            return Http.get(port, "/sub?id=" + id, "Accept: text/event-stream\r\n");
        }

        @Override
        public void awaitPublished() throws IOException, InterruptedException {
            published.await();
            IOException broken = failure;
            if (broken != null) {
                throw new IOException("publishing failed", broken);
            }
        }

        @Override
        public void close() {
            thread.interrupt();
        }

        private void publish() {
            var reader = new HttpReader((_, _, _) -> {});
            byte[] buffer = new byte[16 << 10];
            try (socket) {
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream();
                Thread.sleep(plan.latencyMs());
                long began = System.nanoTime();
                for (int i = 1; i <= plan.chunks(); i++) {
                    Pause.until(began + (i - 1) * 1_000L * plan.intervalMicros());
                    out.write(Http.post(port, "/pub?id=" + id, "", Stamp.text(i, plan.bytes())));
                    reader.next();
                    while (!reader.done()) {
                        int read = in.read(buffer);
                        if (read < 0) {
                            throw new IOException("nchan closed the publisher's connection");
                        }
                        reader.read(buffer, 0, read);
                    }
                    if (reader.status() / 100 != 2) {
                        throw new IOException("nchan refused an event with " + reader.status());
                    }
                }
            } catch (IOException broken) {
                failure = broken;
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            } finally {
                published.countDown();
            }
        }
    }
}
