package dev.sluice.service.config;

/// The settings changed since the caller read them; nothing was saved.
public final class VersionConflictException extends RuntimeException {
    private final long currentVersion;

    VersionConflictException(long expectedVersion, long currentVersion) {
        super("the settings are at version %d, the change was made for version %d: read them again"
                .formatted(currentVersion, expectedVersion));
        this.currentVersion = currentVersion;
    }

    /// Returns the version in force.
    public long currentVersion() {
        return currentVersion;
    }
}
