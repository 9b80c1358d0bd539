package dev.sluice.service.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A unit on its way through the database, with the future its caller waits on.
///
/// @param what names it in messages
/// @param delivery runs the future's completion, so that what hangs on it never runs on a database thread
record Submission<T extends @Nullable Object>(
        String what, Unit<T> unit, CompletableFuture<T> future, Executor delivery) {
    /// Runs the unit and returns what acknowledges it.
    Runnable run(Sql sql) {
        try {
            T value = unit.run(sql);
            return () -> delivery.execute(() -> future.complete(value));
        } finally {
            sql.expire();
        }
    }

    /// Tells the caller that it failed.
    void fail(Throwable failure) {
        delivery.execute(() -> future.completeExceptionally(failure));
    }
}
