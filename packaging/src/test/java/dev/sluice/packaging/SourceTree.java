package dev.sluice.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The Java sources of all modules, as they lie on disk.
final class SourceTree {
    private static final List<String> MODULES = List.of("shared-model", "app-service", "app-ui", "packaging");
    private static final List<String> SOURCE_SETS = List.of("src/main/java", "src/test/java");

    private final Path root;

    private SourceTree(Path root) {
        this.root = root;
    }

    /// Returns the tree this build works on.
    static SourceTree ofThisBuild() {
        String root = Objects.requireNonNull(System.getProperty("sluice.root"), "run by Maven, which sets sluice.root");
        return new SourceTree(Path.of(root).toAbsolutePath().normalize());
    }

    /// Returns the top-level directory.
    Path root() {
        return root;
    }

    /// Returns a path as people write it, from the top-level directory.
    String name(Path file) {
        return root.relativize(file).toString();
    }

    /// Returns the directories that packages start in.
    List<Path> sourceRoots() {
        return MODULES.stream()
                .flatMap(module -> SOURCE_SETS.stream().map(set -> root.resolve(module, set)))
                .filter(Files::isDirectory)
                .toList();
    }

    /// Returns every Java file of every module, tests included.
    List<Path> javaFiles() {
        return sourceRoots().stream()
                .flatMap(SourceTree::walk)
                .filter(file -> file.toString().endsWith(".java"))
                .sorted()
                .toList();
    }

    private static Stream<Path> walk(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }
}
