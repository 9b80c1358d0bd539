package dev.sluice.service.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// An OpenAI-compatible server on a loopback port that counts, records and misbehaves as told.
///
/// It works on sockets, so it sees what a provider would: how many calls came, how many were in the air at
/// once, and
/// which were aborted (the client closed its connection before the answer was complete). Thread-safe; calls
/// that no
/// reply was queued for get the standing one, at first [FakeReply#words] of 3.
public final class FakeOpenAi implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<FakeReply> queued = new ArrayDeque<>();
    private final List<FakeCall> received = new ArrayList<>();
    private Function<FakeCall, FakeReply> standing = call -> FakeReply.words(3);
    private int concurrent;
    private int maxConcurrent;
    private int aborted;
    private int connections;

    /// Starts a server on a free port of the loopback interface.
    public FakeOpenAi() {
        try {
            server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no loopback port", e);
        }
        Thread.ofVirtual().name("fake-openai-accept").start(this::accept);
    }

    /// Returns the base URL, ending in `/v1`.
    public String baseUrl() {
        return "http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort() + "/v1";
    }

    /// Answers every call from now on with `reply`.
    public void reply(FakeReply reply) {
        answer(call -> reply);
    }

    /// Answers every call from now on with what `script` makes of it.
    public void answer(Function<FakeCall, FakeReply> script) {
        locked(() -> standing = script);
    }

    /// Answers the next calls with `replies`, one each, before the standing reply applies again.
    public void next(FakeReply... replies) {
        locked(() -> queued.addAll(List.of(replies)));
    }

    /// Returns how many requests came.
    public int calls() {
        return received().size();
    }

    /// Returns how many calls the client ended before their answer was complete.
    public int aborted() {
        lock.lock();
        try {
            return aborted;
        } finally {
            lock.unlock();
        }
    }

    /// Returns how many calls are being answered.
    public int concurrent() {
        lock.lock();
        try {
            return concurrent;
        } finally {
            lock.unlock();
        }
    }

    /// Returns the most calls that were being answered at once.
    public int maxConcurrent() {
        lock.lock();
        try {
            return maxConcurrent;
        } finally {
            lock.unlock();
        }
    }

    /// Returns how many connections were opened.
    public int connections() {
        lock.lock();
        try {
            return connections;
        } finally {
            lock.unlock();
        }
    }

    /// Returns the requests so far, in order of arrival.
    public List<FakeCall> received() {
        lock.lock();
        try {
            return List.copyOf(received);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until at least `count` requests have come.
    ///
    /// @throws AssertionError if that takes over 10 s
    public void awaitCalls(int count) throws InterruptedException {
        await(count + " calls", () -> received.size() >= count);
    }

    /// Waits until at least `count` calls have been aborted.
    ///
    /// @throws AssertionError if that takes over 10 s
    public void awaitAborted(int count) throws InterruptedException {
        await(count + " aborted calls", () -> aborted >= count);
    }

    /// Waits until no call is being answered.
    ///
    /// @throws AssertionError if that takes over 10 s
    public void awaitIdle() throws InterruptedException {
        await("no call in the air", () -> concurrent == 0);
    }

    /// Closes the port and every connection.
    @Override
    public void close() {
        closeQuietly(server);
        sockets.forEach(FakeOpenAi::closeQuietly);
    }

    FakeReply begin(FakeCall call) {
        lock.lock();
        try {
            received.add(call);
            concurrent++;
            maxConcurrent = Math.max(maxConcurrent, concurrent);
            changed.signalAll();
            FakeReply reply = queued.poll();
            return reply == null ? standing.apply(call) : reply;
        } finally {
            lock.unlock();
        }
    }

    void end(boolean wasAborted) {
        locked(() -> {
            concurrent--;
            aborted += wasAborted ? 1 : 0;
        });
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                sockets.add(socket);
                locked(() -> connections++);
                Thread.ofVirtual().name("fake-openai-connection").start(() -> {
                    try {
                        new FakeConnection(this, socket).run();
                    } finally {
                        sockets.remove(socket);
                        closeQuietly(socket);
                    }
                });
            }
        } catch (IOException e) {
            // closed: that is how it ends
        }
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError("waited in vain for " + what + ": calls=" + received.size() + " aborted="
                            + aborted + " concurrent=" + concurrent);
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // nothing left to close
        }
    }
}
