package dev.sluice.service.auth;

import java.util.Locale;
import java.util.Optional;

/// What a caller is; the order carries no meaning (see `Caller#may`).
public enum Role {
    /// Uses its own org's threads and sessions.
    CLIENT,
    /// Delivers webhooks; known by signature, reaches nothing else.
    WEBHOOK,
    /// Reads everything that operators see.
    VIEWER,
    /// Changes settings, acts on senders and flights, imports, unmasks.
    OPERATOR,
    /// Manages tokens; may do all the others may.
    ADMIN;

    /// Returns the role's stored name, lower case.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Parses a stored name; empty if there is no such role, so that an unknown one grants nothing.
    public static Optional<Role> parse(String wireName) {
        for (Role role : values()) {
            if (role.wireName().equals(wireName)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
