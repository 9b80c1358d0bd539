package dev.sluice.service.session;

import java.time.Duration;

/// What the sessions' keeper has done since the service started.
///
/// @param running sessions under way
/// @param events events made durable
/// @param commits in how many commits
/// @param refusals commits the store did not take
/// @param refusing whether the store did not take the last commit
/// @param waiting sessions with events that are not durable
/// @param lost sessions given up because the store took nothing for too long
/// @param merged chunks saved by merging
/// @param removed sessions removed, too old or to be forgotten
/// @param longestStep the longest that one step of merging or removing took
public record SessionStats(
        int running,
        long events,
        long commits,
        long refusals,
        boolean refusing,
        int waiting,
        long lost,
        long merged,
        long removed,
        Duration longestStep) {}
