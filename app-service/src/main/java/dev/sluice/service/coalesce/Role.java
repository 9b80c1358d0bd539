package dev.sluice.service.coalesce;

/// How a caller came by its answer.
public enum Role {
    /// Started the flight.
    LEADER,
    /// Joined a flight in the air.
    FOLLOWER,
    /// Was answered by a kept result.
    REUSED,
    /// Flew alone, by wish or by rule.
    BYPASS;

    /// Returns the word used on the wire and in the log.
    public String wireName() {
        return switch (this) {
            case LEADER -> "leader";
            case FOLLOWER -> "follower";
            case REUSED -> "reused";
            case BYPASS -> "bypass";
        };
    }
}
