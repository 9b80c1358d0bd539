package dev.sluice.ui.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import javafx.application.Application;
import picocli.CommandLine;

/// Starts the console. A plain class: the JDK refuses to start an `Application` from a class path.
public final class Main {
    private Main() {}

    /// Runs until the window is closed; 2 if the command line makes no sense.
    public static void main(String[] args) {
        int early = answer(
                args,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        if (early >= 0) {
            System.exit(early);
        }
        Application.launch(ConsoleApp.class, args);
    }

    /// Answers what needs no window.
    ///
    /// @return the exit code, or -1 if a window is wanted
    static int answer(String[] args, PrintWriter out, PrintWriter err) {
        try {
            var line = LaunchOptions.parse(new LaunchOptions(), args);
            if (line.isUsageHelpRequested()) {
                line.usage(out);
                return 0;
            }
            if (line.isVersionHelpRequested()) {
                line.printVersionHelp(out);
                return 0;
            }
            return -1;
        } catch (CommandLine.ParameterException e) {
            err.println("sluice-console: " + e.getMessage());
            return 2;
        }
    }
}
