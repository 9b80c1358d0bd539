package dev.sluice.service.store;

import java.time.Duration;
import java.time.InstantSource;

/// How a [Database] runs.
///
/// @param queueCapacity units that may wait for the writer (and queries for the readers) before callers
///     are refused
/// @param readers reader threads, each with a connection of its own; 1 to 16
/// @param busyTimeout how long to wait for a lock that another process holds
/// @param logPages pages in the write-ahead log at which commits wait until it was emptied; 1 or more
/// @param checkpointAfter after how long a commit is copied from the log into the database though little
///     was written; it is looked for once a second
/// @param closeTimeout how long [Database#close] waits for queued units
/// @param clock tells when a failure happened
/// @param beforeCommit runs on the writer's thread before each commit; throwing makes the commit fail
/// (for tests)
public record DatabaseOptions(
        int queueCapacity,
        int readers,
        Duration busyTimeout,
        int logPages,
        Duration checkpointAfter,
        Duration closeTimeout,
        InstantSource clock,
        Runnable beforeCommit) {
    public DatabaseOptions {
        if (queueCapacity < 1 || readers < 1 || readers > 16 || logPages < 1) {
            throw new IllegalArgumentException("queueCapacity %d and logPages %d must be at least 1, readers %d 1 to 16"
                    .formatted(queueCapacity, logPages, readers));
        }
    }

    /// Returns what the service uses.
    public static DatabaseOptions defaults() {
        return new DatabaseOptions(
                10_000,
                2,
                Duration.ofSeconds(5),
                32_768, // 128 MB
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                InstantSource.system(),
                () -> {});
    }

    /// Returns a copy with another queue capacity.
    public DatabaseOptions withQueueCapacity(int units) {
        return new DatabaseOptions(
                units, readers, busyTimeout, logPages, checkpointAfter, closeTimeout, clock, beforeCommit);
    }

    /// Returns a copy with another busy timeout.
    public DatabaseOptions withBusyTimeout(Duration timeout) {
        return new DatabaseOptions(
                queueCapacity, readers, timeout, logPages, checkpointAfter, closeTimeout, clock, beforeCommit);
    }

    /// Returns a copy with other checkpoints.
    public DatabaseOptions withCheckpoints(int pages, Duration after) {
        return new DatabaseOptions(
                queueCapacity, readers, busyTimeout, pages, after, closeTimeout, clock, beforeCommit);
    }

    /// Returns a copy with another hook before each commit.
    public DatabaseOptions withBeforeCommit(Runnable hook) {
        return new DatabaseOptions(
                queueCapacity, readers, busyTimeout, logPages, checkpointAfter, closeTimeout, clock, hook);
    }
}
