package dev.sluice.service.store;

import org.jspecify.annotations.Nullable;

/// A unit of work on the database: all of it happens or none.
///
/// It runs on one of the database's own threads, so it only talks to the database: no network, no waiting, no call
/// back into [Database]. It may run at most once.
///
/// @param <T> what it returns; mapped values, never anything that reads on later
@FunctionalInterface
public interface Unit<T extends @Nullable Object> {
    /// Does the work; throwing an unchecked exception undoes it.
    T run(Sql sql);
}
