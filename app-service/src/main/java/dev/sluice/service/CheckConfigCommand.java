package dev.sluice.service;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Tells whether the service would start, without starting it or changing anything.
@Command(
        name = "check-config",
        mixinStandardHelpOptions = true,
        header = "Tells whether the service would start, without starting it.",
        description = {
            "Checks all that a start checks, given the same options, environment and file, without starting or",
            "changing anything: values, PEM files, data directory, database, port, tokens, provider keys."
        },
        footer = {
            "",
            "One line for each finding: ok, note or error. Secrets are never printed.",
            "Exit status: 0 if the service would start, 1 if not."
        })
final class CheckConfigCommand implements Callable<Integer> {
    @Mixin
    private final StartOptions options = new StartOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // injected by picocli before call()
    private CommandSpec spec;

    CheckConfigCommand() {}

    @Override
    public Integer call() {
        var findings = new Findings();
        findings.attempt(() -> new ConfigCheck(options.values(), findings).run());
        PrintWriter out = spec.commandLine().getOut();
        findings.lines().forEach(out::println);
        out.flush();
        return findings.good() ? 0 : 1;
    }
}
