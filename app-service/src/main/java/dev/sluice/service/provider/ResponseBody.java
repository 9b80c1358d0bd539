package dev.sluice.service.provider;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A response's body as it arrives, read by one thread.
///
/// Unlike the JDK's input stream it hands over everything that came before a connection broke: words
/// already paid for, usage already counted, the error that explains the break. [#close] may be called
/// from any thread; it aborts the request, unless the body has ended, and lets the reader see the end.
final class ResponseBody implements HttpResponse.BodySubscriber<ResponseBody>, AutoCloseable {
    /// What [#read] returns when nothing more comes.
    static final int END = -1;

    private sealed interface Part {
        record Bytes(List<ByteBuffer> buffers) implements Part {}

        record End(@Nullable Throwable failure) implements Part {}
    }

    private final LinkedBlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private Flow.@Nullable Subscription subscription;
    private boolean closed;
    private volatile boolean ended;
    private Part.Bytes current = new Part.Bytes(List.of());

    /// Fills `target` with what is there, waiting for at least one byte.
    ///
    /// @return the bytes read, or [#END]
    /// @throws IOException if the connection broke; all that came before has been read
    /// @throws InterruptedException if interrupted before or while waiting
    int read(byte[] target) throws IOException, InterruptedException {
        int count = take(target);
        while (count == 0) {
            switch (parts.take()) {
                case Part.Bytes bytes -> {
                    current = bytes;
                    demand();
                }
                case Part.End end -> {
                    parts.add(end);
                    if (end.failure() != null) {
                        throw new IOException("the response broke off", end.failure());
                    }
                    return END;
                }
            }
            count = take(target);
        }
        return count;
    }

    @Override
    public CompletionStage<ResponseBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        boolean wanted;
        lock.lock();
        try {
            wanted = subscription == null && !closed;
            if (wanted) {
                subscription = newSubscription;
            }
        } finally {
            lock.unlock();
        }
        if (wanted) {
            newSubscription.request(1);
        } else {
            newSubscription.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        parts.add(new Part.Bytes(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        ended = true;
        parts.add(new Part.End(failure));
    }

    @Override
    public void onComplete() {
        ended = true;
        parts.add(new Part.End(null));
    }

    @Override
    public void close() {
        Flow.Subscription open;
        lock.lock();
        try {
            closed = true;
            open = subscription;
        } finally {
            lock.unlock();
        }
        if (open != null && !ended) { // the client would still make an exception of it, trace and all
            open.cancel();
        }
        parts.add(new Part.End(null));
    }

    private int take(byte[] target) {
        int count = 0;
        for (ByteBuffer buffer : current.buffers()) {
            int length = Math.min(buffer.remaining(), target.length - count);
            buffer.get(target, count, length);
            count += length;
        }
        return count;
    }

    private void demand() {
        Flow.Subscription open;
        lock.lock();
        try {
            open = subscription;
        } finally {
            lock.unlock();
        }
        if (open != null) {
            open.request(1);
        }
    }
}
