package dev.sluice.packaging;

import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Plays bursts, streams and single requests against a running service and prints what the service says
/// of them.
@Command(
        name = "sluice demo",
        description = "Plays bursts, streams and single requests against a running service.",
        footer = {
            "",
            "Each round: 50 identical questions over 10 connections, 10 identical streams at once and 3 different"
                    + " questions, each on a fresh thread; then six texts of three senders, who are never answered. Against a real provider these are paid calls, so that one round"
                    + " is played unless --rounds or --forever says otherwise."
        })
public final class Demo implements Callable<Integer> {
    private static final int SIMULATED_ROUNDS = 3;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8000",
            description = "the service; default ${DEFAULT-VALUE}")
    private URI url = URI.create("http://127.0.0.1:8000");

    @Option(
            names = "--org",
            paramLabel = "NAME",
            defaultValue = "demo",
            description = "the tenant to play; default ${DEFAULT-VALUE}")
    private String org = "demo";

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "how many rounds; default " + SIMULATED_ROUNDS + ", or 1 when the answers are real")
    private @Nullable Integer rounds;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this and stop")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Option(names = "--forever", description = "play until interrupted")
    private boolean forever;

    @Spec
    private @Nullable CommandSpec spec;

    /// Runs the demo; the exit status is 0 when all rounds were played, 1 when the service did not answer
    /// as it should.
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /// Returns the command, ready to be run.
    static CommandLine commandLine() {
        var demo = new Demo();
        return new CommandLine(demo).setExecutionExceptionHandler((failure, command, _) -> {
            command.getErr().println("sluice: " + demo.explain(failure));
            return 1;
        });
    }

    @Override
    public Integer call() throws Exception {
        CommandLine command = Objects.requireNonNull(spec, "set by picocli").commandLine();
        if (rounds != null && rounds < 1) {
            throw new ParameterException(command, "--rounds is " + rounds + "; at least 1 is needed");
        }
        PrintWriter out = command.getOut();
        try (var service = new ServiceClient(url, org)) {
            for (int number = 1; ; number++) {
                var round = new Round(service, out, number);
                round.play();
                if (!forever && number >= roundsWanted(round.simulated())) {
                    return 0;
                }
            }
        }
    }

    private int roundsWanted(boolean simulated) {
        if (rounds != null) {
            return rounds;
        }
        return simulated ? SIMULATED_ROUNDS : 1;
    }

    private String explain(Exception failure) {
        if (failure instanceof ConnectException) {
            return "no service answers at " + url + "; start one with: packaging/sluice service";
        }
        if (failure instanceof HttpTimeoutException) {
            return "the service at " + url + " did not answer in time";
        }
        return failure.getMessage() + " (" + url + ")";
    }
}
