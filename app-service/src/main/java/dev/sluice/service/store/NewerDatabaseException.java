package dev.sluice.service.store;

import java.nio.file.Path;

/// The database was written by a newer release, whose schema this one does not know.
public final class NewerDatabaseException extends RuntimeException {
    NewerDatabaseException(Path file, long found, long known) {
        super(("the database %s has schema version %d, this release knows versions up to %d: "
                        + "start the newer release, or restore the data directory from before the upgrade")
                .formatted(file, found, known));
    }
}
