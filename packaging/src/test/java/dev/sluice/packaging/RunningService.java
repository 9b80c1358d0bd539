package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The service as users run it: a process of its own, with the class path of the launcher.
@SuppressWarnings("try") // closing waits for the process, and a test that is interrupted must know
final class RunningService implements AutoCloseable {
    private static final String MAIN_CLASS = "dev.sluice.service.Main";
    private static final Pattern LISTENING = Pattern.compile("listening on (https?://\\S+)");
    private static final long START_SECONDS = 90;

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<URI> address = new CompletableFuture<>();
    private final Thread reader;

    private RunningService(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual().name("service output").start(this::read);
    }

    /// Returns whether there is a service to run: its jar holds a main class.
    static boolean isBuilt() throws IOException {
        Path directory = classPath();
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> jars = Files.list(directory)) {
            for (Path jar : jars.filter(name -> name.getFileName().toString().startsWith("app-service-"))
                    .toList()) {
                try (var opened = new JarFile(jar.toFile())) {
                    if (opened.getEntry(MAIN_CLASS.replace('.', '/') + ".class") != null) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /// Starts a service on a free port and waits until it listens.
    ///
    /// @param environment set in addition to a clean environment: nothing of the caller's SLUICE_ or provider
    ///     settings
    static RunningService start(Path dataDirectory, Map<String, String> environment) throws Exception {
        return start(List.of(), dataDirectory, environment);
    }

    /// Starts a service that may have so many files open, connections among them.
    static RunningService withOpenFiles(int most, Path dataDirectory) throws Exception {
        return start(List.of("/bin/sh", "-c", "ulimit -n " + most + "; exec \"$@\"", "sh"), dataDirectory, Map.of());
    }

    private static RunningService start(List<String> wrapper, Path dataDirectory, Map<String, String> environment)
            throws Exception {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(command("-XX:AOTCache=" + PreparedClasses.file(), dataDirectory));
        return begin(command, environment);
    }

    /// Runs a service to its end, after which the JVM leaves its classes loaded and linked in a file.
    static void prepareClasses(Path file, Path dataDirectory) throws Exception {
        try (var service = begin(command("-XX:AOTCacheOutput=" + file, dataDirectory), Map.of())) {
            assertThat(service.terminate(START_SECONDS)).as(service.printed()).isZero();
        }
    }

    private static List<String> command(String classes, Path dataDirectory) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                classes,
                "-cp",
                classPath().resolve("*").toString(),
                MAIN_CLASS,
                "--port",
                "0",
                "--data-dir",
                dataDirectory.toString());
    }

    private static RunningService begin(List<String> command, Map<String, String> environment) throws Exception {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "TMPDIR"));
        builder.environment().putAll(environment);
        var service = new RunningService(builder.start());
        service.awaitAddress();
        return service;
    }

    /// Returns where it listens.
    URI base() {
        return address.getNow(URI.create("http://not.listening.invalid"));
    }

    /// Returns what it has printed so far.
    List<String> output() {
        return List.copyOf(lines);
    }

    /// Returns how much processor time it has taken since its start.
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /// Makes the kernel refuse every write to a file from now on, as a full disk does, or take them again. Linux alone
    /// can.
    void files(boolean writable) throws IOException, InterruptedException {
        var limit = new ProcessBuilder(
                "prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + (writable ? "unlimited" : "0") + ":");
        int status = limit.inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("prlimit ended with " + status);
        }
    }

    /// Asks it to end, as an init system does, and returns its exit status.
    int terminate(long withinSeconds) throws InterruptedException {
        process.toHandle().destroy(); // the process itself would close the pipe into which it writes
        return awaitExit(withinSeconds);
    }

    /// Kills it as the kernel does: nothing of it runs any more.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitExit(10);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
        reader.join();
    }

    private int awaitExit(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + seconds + " s; it printed:\n" + printed());
        }
        return process.exitValue();
    }

    private void awaitAddress() throws InterruptedException {
        try {
            address.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            kill();
            throw new AssertionError("the service did not start; it printed:\n" + printed(), e);
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                var matcher = LISTENING.matcher(line);
                if (matcher.find()) {
                    address.complete(URI.create(matcher.group(1)));
                }
            }
        } catch (IOException e) {
            // a killed process takes its pipe along
            address.completeExceptionally(new UncheckedIOException(e));
        }
        address.completeExceptionally(new IllegalStateException("the output ended before it listened"));
    }

    private String printed() {
        return String.join("\n", lines);
    }

    private static Path classPath() {
        String dist = Objects.requireNonNull(System.getProperty("sluice.dist"), "run by Maven, which sets sluice.dist");
        return Path.of(dist, "service");
    }
}
