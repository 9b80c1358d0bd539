package dev.sluice.service;

import java.util.Optional;

/// The product's version, as the build wrote it into the jar.
final class Version {
    private Version() {}

    /// Returns the version, or `development` when classes run outside a jar.
    static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
