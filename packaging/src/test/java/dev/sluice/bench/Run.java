package dev.sluice.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/// One run of the program: what suites share. Used by one thread.
///
/// @param root the source tree
/// @param quick whether a few pairs do, to see that all works
/// @param directory for the files of everything that is started
@SuppressWarnings("try") // closing waits for processes
record Run(Path root, boolean quick, Path directory, Report report, PrintStream log, Deque<AutoCloseable> started)
        implements AutoCloseable {

    static Run begin(Path root, boolean quick, Report report, PrintStream log) throws IOException {
        Path directory = Files.createTempDirectory("sluice-bench");
        // peers drop their rights and must still get in
        var _ = directory.toFile().setExecutable(true, false);
        var _ = directory.toFile().setReadable(true, false);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory), "end of a run"));
        return new Run(root, quick, directory, report, log, new ArrayDeque<>());
    }

    /// Returns one of two numbers: the second in a quick run.
    int count(int usual, int quickly) {
        return quick ? quickly : usual;
    }

    /// Returns how many pairs tell a median.
    int pairs() {
        return count(5, 2);
    }

    /// Returns how many pairs tell a p99.
    int tailPairs() {
        return count(7, 2);
    }

    /// Creates a directory of its own for something that is started.
    Path newDirectory(String name) throws IOException {
        Path created = Files.createTempDirectory(directory, name);
        var _ = created.toFile().setExecutable(true, false);
        var _ = created.toFile().setReadable(true, false);
        return created;
    }

    /// Has something closed when the suite has ended, however it ends.
    <T extends AutoCloseable> T own(T part) {
        started.push(part);
        return part;
    }

    void say(String line) {
        log.println("bench: " + line);
    }

    /// Runs a suite; what it started is closed, and its failure is a row.
    void perform(Suite suite) throws IOException, InterruptedException {
        say(suite.name() + ": " + suite.about());
        String load = Machine.load();
        Steal before = Steal.now();
        long began = System.nanoTime();
        try {
            suite.run(this);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError failed) {
            failed.printStackTrace(log);
            report.unmeasured(suite.name(), suite.about(), "failed: " + oneLine(failed));
        } finally {
            close();
        }
        String circumstances = suite.name() + " took " + (System.nanoTime() - began) / 1_000_000_000
                + " s; load average before " + load + "; of the processor time wanted meanwhile the host took "
                + Steal.now().percentSince(before) + " % for others";
        say(circumstances);
        report.tell(circumstances);
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                // the others must still be closed
                e.printStackTrace(log);
            }
        }
    }

    private static String oneLine(Throwable failed) {
        String text = String.valueOf(failed).replaceAll("[\\s|]+", " ");
        return text.substring(0, Math.min(160, text.length()));
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            // a process that is just ending may still write there; it is a temporary directory
            System.err.println("bench: not all of " + directory + " could be removed: " + left);
        }
    }

    static List<Suite> named(List<String> names, List<Suite> all) {
        return names.contains("all")
                ? all
                : names.stream().map(name -> find(name, all)).toList();
    }

    private static Suite find(String name, List<Suite> all) {
        return all.stream()
                .filter(suite -> suite.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no suite is named " + name + "; --help lists them"));
    }
}
