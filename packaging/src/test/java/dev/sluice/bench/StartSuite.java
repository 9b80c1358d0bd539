package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;

/// P21: from the command to the first answer, and what the service weighs then.
final class StartSuite implements Suite {
    private static final int PATIENCE_SECONDS = 60;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "P21: from `packaging/sluice service` to the first 200 of a built tree, and the memory after it";
    }

    @Override
    public void run(Run run) throws Exception {
        Provider provider = Provider.start(run);
        var seconds = new Sample();
        var memory = new Sample();
        start(run, provider, seconds, memory); // the files are in the system's cache from here on
        seconds = new Sample();
        memory = new Sample();
        for (int i = 0; i < run.count(9, 3); i++) {
            start(run, provider, seconds, memory);
        }
        run.report().absolute("P21", "start to the first 200, median", seconds.median() / 1e9, " s", Limit.atMost(1.0));
        run.report()
                .absolute(
                        "P21", "memory in RAM after the start", memory.median() / (1 << 20), " MB", Limit.atMost(200));
    }

    private static void start(Run run, Provider provider, Sample nanos, Sample memory) throws Exception {
        int port = Http.freePort();
        long began = System.nanoTime();
        Child child = Sluice.launch(run, provider, Map.of(), run.newDirectory("start"), port);
        try {
            awaitHealthy(child, port);
            nanos.add(System.nanoTime() - began);
            memory.add(Proc.residentBytes(child.pid()));
        } finally {
            child.close();
        }
    }

    private static void awaitHealthy(Child child, int port) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (!healthy(port)) {
            if (!child.alive() || System.nanoTime() > end) {
                throw new IOException("the service did not start");
            }
            Thread.sleep(2);
        }
    }

    private static boolean healthy(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(Http.get(port, "/health", "Connection: close\r\n"));
            return new String(socket.getInputStream().readNBytes(12), ISO_8859_1).equals("HTTP/1.1 200");
        } catch (ConnectException notYet) {
            return false;
        }
    }
}
