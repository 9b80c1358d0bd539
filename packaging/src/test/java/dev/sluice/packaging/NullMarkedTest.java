package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A package without `@NullMarked` would silently be left out of the nullness check.
class NullMarkedTest {
    private final SourceTree tree = SourceTree.ofThisBuild();

    /// The tests of a package share the mark of its sources, and the other way round.
    @Test
    void everyPackageIsNullMarked() throws IOException {
        Set<String> unmarked = new TreeSet<>();
        for (Path file : tree.javaFiles()) {
            Path directory = Objects.requireNonNull(file.getParent());
            if (!isMarked(directory) && !isMarked(counterpart(directory))) {
                unmarked.add(tree.name(directory));
            }
        }
        assertThat(unmarked)
                .as("packages without a package-info.java that says @NullMarked")
                .isEmpty();
    }

    private Path counterpart(Path directory) {
        String name = tree.name(directory);
        return tree.root()
                .resolve(
                        name.contains("/src/test/")
                                ? name.replace("/src/test/", "/src/main/")
                                : name.replace("/src/main/", "/src/test/"));
    }

    private static boolean isMarked(Path directory) throws IOException {
        Path info = directory.resolve("package-info.java");
        return Files.isRegularFile(info) && Files.readString(info).contains("@NullMarked\npackage ");
    }
}
