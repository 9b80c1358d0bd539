package dev.sluice.service.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs tasks on virtual threads that are released together.
public final class Together {
    private Together() {}

    /// Runs `count` tasks and returns what they brought, in order of their numbers.
    ///
    /// @throws AssertionError if one fails or the minute is up
    public static <T> List<T> run(int count, Task<T> task) throws InterruptedException {
        var tasks = new ArrayList<Callable<T>>();
        for (int i = 0; i < count; i++) {
            int number = i;
            tasks.add(() -> task.run(number));
        }
        return run(tasks);
    }

    /// Runs the tasks and returns what they brought, in order.
    ///
    /// @throws AssertionError if one fails or the minute is up
    public static <T> List<T> run(List<Callable<T>> tasks) throws InterruptedException {
        var start = new CountDownLatch(1);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var futures = new ArrayList<Future<T>>();
            for (Callable<T> task : tasks) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            start.countDown();
            long deadline = System.nanoTime() + 3 * Patience.FOREVER.toNanos();
            var results = new ArrayList<T>();
            for (Future<T> future : futures) {
                results.add(future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError("a task failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a task hangs", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /// One of several tasks.
    public interface Task<T> {
        /// Does the task's part.
        T run(int number) throws Exception;
    }
}
