package dev.sluice.service.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Another service holds the data directory.
public final class DataDirectoryInUseException extends RuntimeException {
    private final Path directory;
    private final @Nullable String holder;

    DataDirectoryInUseException(Path directory, @Nullable String holder) {
        super("the data directory " + directory + " is in use by another service"
                + (holder == null ? "" : " (" + holder + ")")
                + ": stop it, or choose another directory with SLUICE_HOME");
        this.directory = directory;
        this.holder = holder;
    }

    /// Returns the directory.
    public Path directory() {
        return directory;
    }

    /// Returns what is known of the holder, `url=... pid=...`; null if nothing is.
    public @Nullable String holder() {
        return holder;
    }
}
