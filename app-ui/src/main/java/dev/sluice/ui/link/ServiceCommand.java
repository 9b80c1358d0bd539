package dev.sluice.ui.link;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// How the bundled service is started.
///
/// @param words the program and its leading arguments; the data directory and the port are added
public record ServiceCommand(List<String> words) {
    private static final String MAIN_CLASS = "dev.sluice.service.Main";

    /// As the launcher starts a service without a console.
    private static final List<String> JVM_OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Xms64m",
            "-Xmx512m",
            "-XX:CompileThresholdScaling=2",
            "-XX:+ExitOnOutOfMemoryError");

    public ServiceCommand {
        words = List.copyOf(words);
    }

    /// Finds the command: the executable that `sluice.service.command` names (the installed launcher),
    /// else this Java with the class path in `sluice.service.classpath`, else with the console's own.
    /// `sluice.service.aot` may name a file with its classes prepared (JEP 483); the JVM starts without
    /// it if another one made it, but a JDK 25 does not see that a jar is another (JDK-8377932).
    public static ServiceCommand from(Properties system) {
        var executable = system.getProperty("sluice.service.command", "");
        if (!executable.isBlank()) {
            return new ServiceCommand(List.of(executable));
        }
        var java = Path.of(system.getProperty("java.home"), "bin", "java").toString();
        var classPath = system.getProperty("sluice.service.classpath", system.getProperty("java.class.path"));
        var words = new ArrayList<>(List.of(java));
        words.addAll(JVM_OPTIONS);
        var prepared = system.getProperty("sluice.service.aot", "");
        if (!prepared.isBlank()) {
            words.addAll(List.of("-XX:AOTCache=" + prepared, "-Xlog:aot=off"));
        }
        words.addAll(List.of("-cp", classPath, MAIN_CLASS));
        return new ServiceCommand(words);
    }

    List<String> on(DataDirectory directory, int port) {
        var all = new ArrayList<>(words);
        all.addAll(List.of("--data-dir", directory.path().toString(), "--port", Integer.toString(port)));
        return all;
    }
}
