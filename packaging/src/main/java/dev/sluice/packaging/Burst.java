package dev.sluice.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Many requests over a bounded number of connections, as load tools make them.
final class Burst {
    private Burst() {}

    /// Runs `request` `count` times, at most `connections` at once, and returns the results.
    ///
    /// @throws Exception the first request's failure, if any failed
    static <T> List<T> of(int count, int connections, Callable<T> request) throws Exception {
        try (var workers =
                Executors.newFixedThreadPool(connections, Thread.ofVirtual().factory())) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                running.add(workers.submit(request));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(resultOf(one));
            }
            return results;
        }
    }

    private static <T> T resultOf(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
