package dev.sluice.packaging;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/// Programs from npm, of the versions in a lock file, installed into the build's directory.
final class NodeClients {
    private static final String LOCK = "package-lock.json";

    private final Path directory;
    private final String script;

    private NodeClients(Path directory, String script) {
        this.directory = directory;
        this.script = script;
    }

    /// Installs what reads event streams, if it is not there.
    ///
    /// @throws TestAbortedException if the registry cannot be reached
    static NodeClients install() throws IOException, InterruptedException {
        return install("npm", "read.mjs");
    }

    /// Installs what makes providers' signatures, if it is not there.
    ///
    /// @throws TestAbortedException if the registry cannot be reached
    static NodeClients installSigners() throws IOException, InterruptedException {
        return install("npm-signers", "sign.mjs");
    }

    private static NodeClients install(String name, String script) throws IOException, InterruptedException {
        Path packaging = SourceTree.ofThisBuild().root().resolve("packaging");
        Path sources = packaging.resolve("src/test").resolve(name);
        Path directory = Files.createDirectories(packaging.resolve("target").resolve(name));
        Path installed = directory.resolve("installed"); // the lock file that was installed to its end
        for (String file : List.of("package.json", LOCK, script)) {
            Files.copy(sources.resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(installed) || Files.mismatch(installed, directory.resolve(LOCK)) != -1) {
            fetch(directory);
            Files.copy(directory.resolve(LOCK), installed, StandardCopyOption.REPLACE_EXISTING);
        }
        return new NodeClients(directory, script);
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
        return Program.run(directory, Map.of(), List.of("node", script, client, events.toString()));
    }

    /// Returns what the signers answer to a JSON document, as JSON.
    String sign(String request) throws IOException, InterruptedException {
        return Program.run(directory, Map.of(), List.of("node", script, request));
    }
}
