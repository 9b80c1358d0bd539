package dev.sluice.ui.fake;

import dev.sluice.model.ops.OpsChange;
import dev.sluice.model.ops.OpsSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Stands in for the service as a process of its own: same arguments, same files, same first line, and
/// traffic to look at. An executable that starts it, named by `sluice.service.command`, makes it the
/// console's bundled service.
public final class DemoService {
    private DemoService() {}

    public static void main(String[] args) throws IOException {
        var arguments = List.of(args);
        var directory = Path.of(arguments.get(arguments.indexOf("--data-dir") + 1));
        if (Files.exists(directory.resolve("refuse-to-start"))) {
            System.out.println("port 8000 is taken");
            System.exit(3);
        }
        int port = Integer.parseInt(arguments.get(arguments.indexOf("--port") + 1));
        var service = new FakeService(Samples.snapshot(Instant.now(), Samples.ANNA), port);
        Files.writeString(directory.resolve("operator.token"), "operator-token\n");
        var card = directory.resolve("service.json");
        Files.writeString(
                card,
                "{\"url\":\"" + service.base() + "\",\"pid\":"
                        + ProcessHandle.current().pid() + ",\"instance_id\":\"i-7f3a\"}");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(card)));
        traffic(service);
        System.out.println("listening on " + service.base());
    }

    private static void traffic(FakeService service) {
        var random = new Random(11);
        var _ = Executors.newSingleThreadScheduledExecutor()
                .scheduleAtFixedRate(
                        () -> service.publish(next(service.state(), random)), 1_000, 250, TimeUnit.MILLISECONDS);
    }

    private static OpsChange next(OpsSnapshot before, Random random) {
        var now = Instant.now();
        int inFlight = Math.max(0, before.load().inFlight() + random.nextInt(5) - 2);
        return new OpsChange(
                now,
                Samples.totals(before.totals().requests() + random.nextInt(12)),
                Samples.load(inFlight),
                Samples.flights(now),
                null,
                null,
                null,
                null,
                null);
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
