package dev.sluice.packaging;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/// Clients from npm, of the versions in the lock file, installed into the build's directory.
final class NodeClients {
    private static final String LOCK = "package-lock.json";

    private final Path directory;

    private NodeClients(Path directory) {
        this.directory = directory;
    }

    /// Installs the clients if they are not there.
    ///
    /// @throws TestAbortedException if the registry cannot be reached
    static NodeClients install() throws IOException, InterruptedException {
        Path packaging = SourceTree.ofThisBuild().root().resolve("packaging");
        Path sources = packaging.resolve("src/test/npm");
        Path directory = Files.createDirectories(packaging.resolve("target/npm"));
        Path installed = directory.resolve("installed"); // the lock file that was installed to its end
        for (String file : List.of("package.json", LOCK, "read.mjs")) {
            Files.copy(sources.resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(installed) || Files.mismatch(installed, directory.resolve(LOCK)) != -1) {
            fetch(directory);
            Files.copy(directory.resolve(LOCK), installed, StandardCopyOption.REPLACE_EXISTING);
        }
        return new NodeClients(directory);
    }

    private static void fetch(Path directory) throws IOException, InterruptedException {
        try {
            Program.run(directory, Map.of(), List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        } catch (AssertionError offline) {
            throw new TestAbortedException("the clients cannot be fetched from the npm registry", offline);
        }
    }

    /// Returns the events that a client read, as JSON.
    String read(String client, URI events) throws IOException, InterruptedException {
        return Program.run(directory, Map.of(), List.of("node", "read.mjs", client, events.toString()));
    }
}
