package dev.sluice.packaging;

import java.net.http.HttpHeaders;

/// Why a request was answered as it was: the `Sluice-Role` header, in the order in which roles are listed.
enum Role {
    LEADER("leader", "leaders"),
    FOLLOWER("follower", "followers"),
    REUSED("reused", "reused"),
    BYPASS("bypass", "bypassed"),
    UNKNOWN("of unknown role", "of unknown role");

    private final String one;
    private final String many;

    Role(String one, String many) {
        this.one = one;
        this.many = many;
    }

    /// Reads a response's role; [#UNKNOWN] if it names none that is known.
    static Role of(HttpHeaders headers) {
        String value = headers.firstValue("Sluice-Role").orElse("");
        for (Role role : values()) {
            if (role.one.equals(value)) {
                return role;
            }
        }
        return UNKNOWN;
    }

    /// Returns how many there were, in words.
    String counted(long count) {
        return count + " " + (count == 1 ? one : many);
    }
}
