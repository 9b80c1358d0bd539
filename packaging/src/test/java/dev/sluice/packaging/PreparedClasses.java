package dev.sluice.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// The service's classes loaded and linked (JEP 514), as the launcher prepares them: a start with them takes half
/// as long, and the tests start dozens. Made once by each JVM of tests, from what was just built. Thread-safe.
final class PreparedClasses {
    private static final class Holder {
        private static final Path FILE = prepare();
    }

    private PreparedClasses() {}

    /// Returns the file that holds them, which goes with this JVM.
    static Path file() {
        return Holder.FILE;
    }

    private static Path prepare() {
        try {
            Path directory = Files.createTempDirectory("sluice-classes");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            Path file = directory.resolve("service.aot");
            RunningService.prepareClasses(file, directory.resolve("data"));
            return file;
        } catch (Exception e) {
            throw new IllegalStateException("the service's classes could not be prepared", e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            System.err.println(directory + " is left: " + e);
        }
    }
}
