package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `sluice service token`, as people type it.
final class TokenCommand {
    private TokenCommand() {}

    /// Runs it to its end and returns what it printed.
    ///
    /// @param arguments those after `token`
    static String run(Path dataDirectory, String... arguments) throws IOException, InterruptedException {
        Path launcher = SourceTree.ofThisBuild().root().resolve("packaging/sluice");
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString(), "service", "token"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data-dir", dataDirectory.toString()));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        // Maven is running: what is tested is what it built
        builder.environment().put("SLUICE_BUILD", "never");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return out;
    }
}
