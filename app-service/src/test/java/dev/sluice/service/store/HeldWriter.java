package dev.sluice.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps the writer busy with a unit, so that what comes next queues up and goes into one group.
final class HeldWriter {
    private final CountDownLatch released = new CountDownLatch(1);
    private final CompletableFuture<Boolean> held;

    HeldWriter(Database db) throws InterruptedException {
        var holding = new CountDownLatch(1);
        held = db.writeAsync("hold", sql -> {
            holding.countDown();
            try {
                return released.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        holding.await();
    }

    void release() {
        released.countDown();
        assertThat(held.join()).isTrue();
    }
}
