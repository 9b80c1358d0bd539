package dev.sluice.service.consolidate;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the engine has in hand, and what it did since it was started.
///
/// @param gathering windows with a deadline to wait for
/// @param keys keys that have any window that is not over
/// @param waiting keys with closed windows that wait for their turn
/// @param postponed keys whose processing was put off
/// @param running windows in process
/// @param nextDeadline the earliest; null if none is waited for
/// @param closed windows that their deadline closed
/// @param processed windows whose processing is over
/// @param failures how often processing failed
/// @param quarantined windows left for an operator
/// @param storeFailures how often the store could not be asked
/// @param latenessP99 how late windows closed, the 99th percentile of the latest thousand
/// @param latenessWorst the worst since the start
public record ConsolidatorStats(
        int gathering,
        int keys,
        int waiting,
        int postponed,
        int running,
        @Nullable Instant nextDeadline,
        long closed,
        long processed,
        long failures,
        long quarantined,
        long storeFailures,
        Duration latenessP99,
        Duration latenessWorst) {}
