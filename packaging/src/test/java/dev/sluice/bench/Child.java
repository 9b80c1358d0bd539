package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A process that a benchmark started. It ends with [#close], and with this program however that ends.
@SuppressWarnings("try") // closing waits for the process
final class Child implements AutoCloseable {
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final String name;
    private final Process process;
    private final Path output;
    private final Thread atExit = new Thread(this::kill, "end of a child");

    private Child(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            kill();
            throw ending;
        }
    }

    /// Starts a process whose output goes to a file.
    ///
    /// @param environment set in addition to a clean environment
    static Child start(String name, Path directory, Map<String, String> environment, List<String> command)
            throws IOException {
        Path output = Files.createTempFile(directory, name, ".log");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "TMPDIR"));
        builder.environment().putAll(environment);
        return new Child(name, builder.start(), output);
    }

    /// Waits until it has printed something.
    MatchResult await(Pattern wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + START_NANOS;
        while (process.isAlive() && System.nanoTime() < end) {
            var found = wanted.matcher(Files.readString(output));
            if (found.find()) {
                return found.toMatchResult();
            }
            Thread.sleep(20);
        }
        String printed = Files.readString(output);
        close();
        throw new IOException(name + " did not start; it printed:\n" + printed);
    }

    /// Returns its own id and those of its children.
    List<Long> pids() {
        return Stream.concat(Stream.of(process.pid()), process.descendants().map(ProcessHandle::pid))
                .toList();
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            // the hook is running, and finds it dead
        }
    }

    private void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
