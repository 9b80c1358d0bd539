package dev.sluice.ui.fx;

import dev.sluice.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the console remembers between two starts: a small file; losing it costs nothing.
public final class ConsoleMemory {
    /// @param place where the window was; null if never seen
    /// @param theme its theme
    /// @param density its density
    public record Kept(@Nullable WindowPlace place, Theme theme, Density density) {
        /// What a first start begins with.
        public static final Kept FIRST = new Kept(null, Theme.SYSTEM, Density.COMFORTABLE);
    }

    private static final System.Logger LOG = System.getLogger(ConsoleMemory.class.getName());

    private final Path file;

    /// Creates a memory in `file`, which need not exist.
    public ConsoleMemory(Path file) {
        this.file = file;
    }

    /// Returns what was kept; the defaults if there is nothing or nothing sensible.
    public Kept recall() {
        try {
            return Files.exists(file) ? read() : Kept.FIRST;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "unreadable file={0} reason=\"{1}\"", file, e.getMessage());
            return Kept.FIRST;
        }
    }

    /// Keeps it.
    public void keep(Kept kept) {
        try {
            Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(Path.of(".")));
            Files.write(file, Json.bytes(kept));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "unwritable file={0} reason=\"{1}\"", file, e.getMessage());
        }
    }

    private Kept read() throws IOException {
        var kept = Json.mapper().readValue(Files.readAllBytes(file), Kept.class);
        return new Kept(
                kept.place(),
                Optional.ofNullable(kept.theme()).orElse(Theme.SYSTEM),
                Optional.ofNullable(kept.density()).orElse(Density.COMFORTABLE));
    }
}
