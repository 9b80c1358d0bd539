package dev.sluice.service.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Writes one line for each answer: no query (it may hold a ticket), no body.
///
/// Lines are made and written by a thread of its own, some milliseconds after the answers: writing them
/// costs as much as many an answer, and those who wait for one go first. Thread-safe.
final class AccessLog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("dev.sluice.access");
    private static final int LONGEST_PATH = 200;
    /// More are written by the threads that answer, which slows them down.
    private static final int MOST_WAITING = 10_000;

    private static final long LAG_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /// Ends the thread.
    private static final Answer END = new Answer(Instant.EPOCH, "", "", 0, 0, 0, "", "", "");

    private final BlockingQueue<Answer> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread writer =
            Thread.ofPlatform().daemon().name("access-log").unstarted(this::write);

    /// One answer.
    ///
    /// @param at when it was out
    /// @param path without its query
    /// @param bytes what went over the wire, headers included
    /// @param client the client's address, empty if it says nothing: this machine's own
    record Answer(
            Instant at,
            String method,
            String path,
            int status,
            long millis,
            long bytes,
            String requestId,
            String org,
            String client) {}

    private AccessLog() {}

    /// Opens the log, which the caller closes.
    static AccessLog open() {
        var log = new AccessLog();
        log.writer.start();
        return log;
    }

    /// Notes an answer; returns at once unless thousands wait.
    void add(Answer answer) {
        if (!LOG.isLoggable(Level.INFO)) {
            return;
        }
        if (!waiting.offer(answer)) {
            print(answer);
        } else if (!writer.isAlive()) {
            drain(); // closed: nobody else would
        }
    }

    /// Writes what waits; answers that come later are written by whoever adds them.
    @Override
    public void close() {
        try {
            waiting.put(END);
            writer.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        drain();
    }

    private void write() {
        try {
            boolean open = true;
            while (open) {
                Answer first = waiting.take();
                if (!END.equals(first)) {
                    TimeUnit.NANOSECONDS.sleep(LAG_NANOS);
                    print(first);
                }
                open = !END.equals(first) && drain();
            }
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    /// Writes what waits.
    ///
    /// @return whether more may come
    private boolean drain() {
        var all = new ArrayList<Answer>();
        waiting.drainTo(all);
        for (Answer answer : all) {
            if (!END.equals(answer)) {
                print(answer);
            }
        }
        return !all.contains(END);
    }

    private static void print(Answer answer) {
        var line = new LogRecord(Level.INFO, line(answer));
        line.setInstant(answer.at());
        line.setLoggerName(LOG.getName());
        line.setSourceClassName(LOG.getName()); // else it is looked for on the stack
        LOG.log(line);
    }

    private static String line(Answer answer) {
        return "method=" + token(answer.method()) + " path=" + token(answer.path()) + " status=" + answer.status()
                + " ms=" + answer.millis() + " bytes=" + answer.bytes() + " request_id=" + token(answer.requestId())
                + " org=" + answer.org() + (answer.client().isEmpty() ? "" : " client=" + answer.client());
    }

    /// Keeps a client's text from forging further fields or lines.
    private static String token(String text) {
        var clean = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST_PATH); i++) {
            char c = text.charAt(i);
            clean.append(c > ' ' && c <= '~' && c != '=' && c != '"' && c != '{' ? c : '_');
        }
        return clean.isEmpty() ? "-" : clean.toString();
    }
}
