package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Tests and docs/promises.md name the same promises, so that an id met in one is found in the other.
class PromisesTest {
    private static final Pattern NAMED = Pattern.compile("@DisplayName\\(\\s*\"((?:[CRDSOX]\\d+[,:]? )+)");
    private static final Pattern LISTED = Pattern.compile("(?m)^\\| ([CRDSOX]\\d+) \\|");
    private static final Pattern ID = Pattern.compile("[CRDSOX]\\d+");

    private final SourceTree tree = SourceTree.ofThisBuild();

    @Test
    void everyPromiseHasATestAndEveryIdIsAPromise() throws IOException {
        assertThat(named()).isEqualTo(listed());
    }

    private Set<String> named() throws IOException {
        Set<String> ids = new TreeSet<>();
        for (Path file : tree.javaFiles()) {
            var display = NAMED.matcher(Files.readString(file));
            while (display.find()) {
                ID.matcher(display.group(1)).results().forEach(id -> ids.add(id.group()));
            }
        }
        return ids;
    }

    private Set<String> listed() throws IOException {
        Set<String> ids = new TreeSet<>();
        LISTED.matcher(Files.readString(tree.root().resolve("docs/promises.md")))
                .results()
                .forEach(row -> ids.add(row.group(1)));
        return ids;
    }
}
