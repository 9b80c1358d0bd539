package dev.sluice.service;

import java.io.PrintWriter;
import java.io.StringWriter;

/// What one run of the command line printed.
///
/// @param status its exit status
/// @param out its standard output
/// @param err its standard error
record CommandRun(int status, String out, String err) {
    static CommandRun of(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new CommandRun(status, out.toString(), err.toString());
    }
}
