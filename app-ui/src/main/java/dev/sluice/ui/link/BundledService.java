package dev.sluice.ui.link;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The service on this machine's data directory: attached to if it runs, started if not, started again if it died.
///
/// Supervision needs no thread: whoever lost the stream asks [#locate] again, with the backoff of [ReconnectPolicy].
public final class BundledService implements ServiceSource {
    private static final System.Logger LOG = System.getLogger(BundledService.class.getName());
    private static final Duration POLL = Duration.ofMillis(40);

    private record Child(Process process, URI base) {}

    private final HttpClient http;
    private final DataDirectory directory;
    private final ServiceCommand command;
    private final int port;
    private final Duration startPatience;
    private final ServiceLog log;
    private volatile @Nullable Child child;
    private volatile boolean closing;

    /// Creates the supervisor; nothing is started before [#locate].
    ///
    /// @param port the port a started service listens on; 0 for any free one
    /// @param startPatience how long a started service may take until it listens
    public BundledService(
            HttpClient http, DataDirectory directory, ServiceCommand command, int port, Duration startPatience) {
        this.http = http;
        this.directory = directory;
        this.command = command;
        this.port = port;
        this.startPatience = startPatience;
        this.log = new ServiceLog(directory.serviceLog());
    }

    @Override
    public Endpoint locate() throws InterruptedException {
        try {
            var own = child;
            if (own != null && own.process().isAlive()) {
                return new Endpoint(own.base(), directory.token());
            }
            var running = directory.running();
            if (running.isPresent() && running.get().answers(http)) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "service attached pid={0}",
                        Long.toString(running.get().pid()));
                return new Endpoint(running.get().url(), directory.token());
            }
            if (closing) {
                throw new InterruptedException("the console is closing");
            }
            return new Endpoint(start(), directory.token());
        } catch (IOException e) {
            throw new LinkException.NoAnswer("The bundled service cannot be used: " + ServiceLine.reason(e), e);
        }
    }

    @Override
    public String doing() {
        return "Starting the bundled service…";
    }

    /// Returns whether a service that the console started is running.
    public boolean startedOne() {
        var own = child;
        return own != null && own.process().isAlive();
    }

    /// Returns the output of the services started here.
    public ServiceLog log() {
        return log;
    }

    /// Asks the started service to end, and makes it end if it has not after `patience`.
    public void stop(Duration patience) throws InterruptedException {
        closing = true;
        var own = child;
        if (own != null) {
            own.process().destroy();
            if (!own.process().waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "service killed pid={0}",
                        Long.toString(own.process().pid()));
                own.process().destroyForcibly();
            }
        }
    }

    private URI start() throws IOException, InterruptedException {
        Files.createDirectories(directory.path());
        long offset = log.begin();
        var process = new ProcessBuilder(command.on(directory, port))
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
                .start();
        LOG.log(System.Logger.Level.INFO, "service started pid={0}", Long.toString(process.pid()));
        try {
            var base = awaitListening(process, offset);
            child = new Child(process, base);
            return base;
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.destroy();
            throw e;
        }
    }

    private URI awaitListening(Process process, long offset) throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + startPatience.toNanos();
        while (System.nanoTime() < giveUp) {
            boolean alive = process.isAlive();
            var announced = log.announced(offset);
            if (announced.isPresent()) {
                return URI.create(announced.get());
            }
            if (!alive) {
                throw new LinkException.NoAnswer(
                        "The service ended with exit code " + process.exitValue() + ": "
                                + log.lastLine(offset).orElse("it said nothing"),
                        null);
            }
            Thread.sleep(POLL);
        }
        throw new LinkException.NoAnswer("The service did not listen within " + startPatience.toSeconds() + " s", null);
    }

    private static File nothing() {
        return new File(System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
    }
}
