package dev.sluice.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The program `packaging/bench`.
@Command(
        name = "packaging/bench",
        description = "Measures Sluice beside nginx, Varnish and nchan on this machine's loopback.")
public final class Bench implements Callable<Integer> {
    @Parameters(paramLabel = "SUITE", arity = "0..*", description = "what to measure, or all")
    private List<String> names = List.of();

    @Option(names = "--quick", description = "few pairs: to see that it works, not for numbers")
    private boolean quick;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "where the table goes as Markdown; all writes target/bench/results.md unless told otherwise")
    private @Nullable Path out;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this and stop")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Spec
    private @Nullable CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        var commandLine = new CommandLine(new Bench());
        var suites = Suites.ALL.stream()
                .map(suite -> String.format("  %-10s %s", suite.name(), suite.about()))
                .toList();
        commandLine
                .getCommandSpec()
                .usageMessage()
                .width(120)
                .footer(("%nsuites:%n" + String.join("%n", suites)
                                + "%n  all        every one, within an hour on two cores")
                        .split("%n", -1));
        return commandLine;
    }

    @Override
    public Integer call() throws Exception {
        PrintStream log = System.err;
        Path root = Path.of(System.getProperty("sluice.root", ".")).toAbsolutePath();
        if (names.isEmpty()) {
            throw new ParameterException(line(), "which suite? --help lists them");
        }
        List<Suite> suites;
        try {
            suites = Run.named(names, Suites.ALL);
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(line(), String.valueOf(unknown.getMessage()));
        }
        if (!Programs.missing().isEmpty()) {
            log.println("bench: missing, their rows are marked \"" + Report.ABSENT
                    + "\": apt-get update && apt-get install -y --no-install-recommends "
                    + String.join(" ", Programs.missing()));
        }
        String command = "packaging/bench " + String.join(" ", names) + (quick ? " --quick" : "");
        var report = new Report(Machine.describe(root, command), file(root), System.out);
        try (var run = Run.begin(root, quick, report, log)) {
            for (Suite suite : suites) {
                run.perform(suite);
            }
        }
        report.about().forEach(line -> System.out.println("- " + line));
        return 0;
    }

    private @Nullable Path file(Path root) {
        return out == null && names.contains("all") ? root.resolve("target/bench/results.md") : out;
    }

    private CommandLine line() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return spec.commandLine();
    }
}
