package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Checks the form of all sources with palantir-java-format, on the JDK that compiles them: Maven's own may be
/// too old
/// to parse them.
///
/// `packaging/format` runs this class with `-Dsluice.format=apply`, which mends the files instead.
class SourceFormatTest {
    private static final boolean APPLY = "apply".equals(System.getProperty("sluice.format"));

    private final SourceTree tree = SourceTree.ofThisBuild();
    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    @Test
    void sourcesAreFormatted() throws IOException {
        List<String> unformatted = new ArrayList<>();
        for (Path file : tree.javaFiles()) {
            String source = Files.readString(file);
            String formatted = formatted(file, source);
            if (!formatted.equals(source)) {
                if (APPLY) {
                    Files.writeString(file, formatted);
                } else {
                    unformatted.add(tree.name(file));
                }
            }
        }
        assertThat(unformatted)
                .as("files that differ from their formatted form; mend them with: packaging/format")
                .isEmpty();
    }

    private String formatted(Path file, String source) {
        try {
            return formatted(source);
        } catch (FormatterException e) {
            throw new AssertionError(tree.name(file) + " cannot be formatted", e);
        }
    }

    /// Without the formatter's string wrapping, whose parser refuses some valid sources.
    private String formatted(String source) throws FormatterException {
        return formatter.formatSource(RemoveUnusedImports.removeUnusedImports(
                ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.PALANTIR)));
    }

    /// The formatter takes `///` for a line comment: it leaves the text alone and only wraps lines over 120
    /// characters.
    @Test
    void markdownCommentsAndNewSyntaxSurvive() throws FormatterException {
        String source = """
            package a;

            /// A   *table*:
            ///
            /// | a | b |
            /// |---|---|
            ///
            ///     code, indented by four;   with spaces
            final class A {
                sealed interface Shape permits Circle, Square {}

                record Circle(double radius) implements Shape {}

                record Square(double side) implements Shape {}

                /// Returns the [area][Shape].
                static double area(Object shape) {
                    return switch (shape) {
                        case Circle(double radius) when radius > 0 -> Math.PI * radius * radius;
                        case Circle _ -> 0;
                        case Square(var side) -> side * side;
                        default -> Double.NaN;
                    };
                }
            }
            """;
        assertThat(formatted(source)).isEqualTo(source);
    }
}
