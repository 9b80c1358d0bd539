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

    public ServiceCommand {
        words = List.copyOf(words);
    }

    /// Finds the command: the executable that `sluice.service.command` names (the installed launcher), else this Java
    /// with the class path in `sluice.service.classpath`, else with the console's own.
    public static ServiceCommand from(Properties system) {
        var executable = system.getProperty("sluice.service.command", "");
        if (!executable.isBlank()) {
            return new ServiceCommand(List.of(executable));
        }
        var java = Path.of(system.getProperty("java.home"), "bin", "java").toString();
        var classPath = system.getProperty("sluice.service.classpath", system.getProperty("java.class.path"));
        return new ServiceCommand(List.of(java, "--enable-native-access=ALL-UNNAMED", "-cp", classPath, MAIN_CLASS));
    }

    List<String> on(DataDirectory directory, int port) {
        var all = new ArrayList<>(words);
        all.addAll(List.of("--data-dir", directory.path().toString(), "--port", Integer.toString(port)));
        return all;
    }
}
