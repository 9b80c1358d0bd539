package dev.sluice.bench;

import dev.sluice.bench.Pairs.Comparison;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table of results: printed line by line, and written as Markdown after each line, so that a run
/// that is stopped leaves what it found. Used by one thread.
final class Report {
    static final String ABSENT = "peer absent";

    private static final List<String> HEAD =
            List.of("| goal | what | ours | peer | ratio (min - max) | goal is | |", "|---|---|---|---|---|---|---|");

    private final List<Row> rows = new ArrayList<>();
    private final List<String> about;
    private final @Nullable Path file;
    private final PrintStream out;

    /// @param about what is told below the table
    /// @param file where the table goes; null for nowhere
    Report(List<String> about, @Nullable Path file, PrintStream out) {
        this.about = new ArrayList<>(about);
        this.file = file;
        this.out = out;
    }

    /// Adds a goal that is a ratio to a peer.
    ///
    /// @param peer its name
    /// @param unit of both numbers
    void compared(String goal, String what, Comparison found, String peer, String unit, Limit limit)
            throws IOException {
        add(new Row(
                goal,
                what,
                Numbers.text(found.ours()) + unit,
                Numbers.text(found.peer()) + unit + " (" + peer + ")",
                found.spread(),
                limit.text("x"),
                limit.verdict(found.ratio()) + doubt(found, limit)));
    }

    /// Says so when a goal is met in some pairs and missed in others: the verdict is the median's alone
    /// then.
    private static String doubt(Comparison found, Limit limit) {
        return limit.metBy(found.least()) == limit.metBy(found.most()) ? "" : ", pairs disagree";
    }

    /// Adds a goal that is a number of ours.
    void absolute(String goal, String what, double value, String unit, Limit limit) throws IOException {
        add(new Row(goal, what, Numbers.text(value) + unit, "", "", limit.text(unit), limit.verdict(value)));
    }

    /// Adds a number that no goal is set for.
    void told(String goal, String what, String ours, String peer) throws IOException {
        add(new Row(goal, what, ours, peer, "", "", ""));
    }

    /// Adds a goal that could not be measured.
    ///
    /// @param why instead of a verdict
    void unmeasured(String goal, String what, String why) throws IOException {
        add(new Row(goal, what, "", "", "", "", why));
    }

    void add(Row row) throws IOException {
        if (rows.isEmpty()) {
            HEAD.forEach(out::println);
        }
        rows.add(row);
        out.println(row.markdown());
        write();
    }

    /// Adds to what is told below the table.
    void tell(String line) throws IOException {
        about.add(line);
        write();
    }

    private void write() throws IOException {
        if (file != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, markdown());
        }
    }

    /// Returns what is told below the table.
    List<String> about() {
        return about;
    }

    /// Returns the whole table.
    String markdown() {
        List<String> lines = new ArrayList<>(HEAD);
        rows.forEach(row -> lines.add(row.markdown()));
        lines.add("");
        about.forEach(line -> lines.add("- " + line));
        return String.join("\n", lines) + "\n";
    }
}
