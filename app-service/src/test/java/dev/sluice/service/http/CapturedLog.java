package dev.sluice.service.http;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What is logged, by anybody in this process, while it is open; nobody else hears of it.
final class CapturedLog extends Handler implements AutoCloseable {
    private final Collection<LogRecord> records = new ConcurrentLinkedQueue<>();
    private final Logger root = Logger.getLogger("");
    private final Logger access = Logger.getLogger("dev.sluice.access");
    private final Level accessLevel = access.getLevel();
    private final List<Handler> others = List.of(root.getHandlers());

    CapturedLog() {
        access.setLevel(Level.INFO);
        others.forEach(root::removeHandler);
        root.addHandler(this);
    }

    /// Returns the lines of the access log so far.
    List<String> accesses() {
        return records.stream()
                .filter(each -> each.getLoggerName().equals(access.getName()))
                .map(LogRecord::getMessage)
                .toList();
    }

    List<LogRecord> records() {
        return List.copyOf(records);
    }

    /// Returns what an operator would have to look at.
    List<String> complaints() {
        return records.stream()
                .filter(each -> each.getLevel().intValue() >= Level.WARNING.intValue())
                .map(each -> each.getLoggerName() + ": " + each.getMessage() + " " + each.getThrown())
                .toList();
    }

    @Override
    public void publish(LogRecord logged) {
        records.add(logged);
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        root.removeHandler(this);
        others.forEach(root::addHandler);
        access.setLevel(accessLevel);
    }
}
