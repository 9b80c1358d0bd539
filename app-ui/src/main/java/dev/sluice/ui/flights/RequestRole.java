package dev.sluice.ui.flights;

import dev.sluice.ui.parts.Sign;
import java.util.Locale;

/// The part a request had, with a word and a sign for it.
public enum RequestRole {
    /// Started a flight.
    LEADER("Leader", "fth-flag"),
    /// Joined one in the air.
    FOLLOWER("Follower", "fth-users"),
    /// Got a kept answer.
    REUSED("Reused", "fth-repeat"),
    /// Called alone.
    BYPASS("Bypass", "fth-corner-up-right"),
    /// Was refused.
    REJECTED("Rejected", "fth-x-octagon"),
    /// A part this console does not know: the service is newer.
    OTHER("Other", "fth-help-circle");

    private final String word;
    private final String icon;

    RequestRole(String word, String icon) {
        this.word = word;
        this.icon = icon;
    }

    static RequestRole of(String wire) {
        for (var role : values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(wire)) {
                return role;
            }
        }
        return OTHER;
    }

    /// Returns how it is shown.
    public Sign sign() {
        return new Sign(word, icon, "role-" + name().toLowerCase(Locale.ROOT));
    }
}
