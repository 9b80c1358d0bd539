package dev.sluice.service;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// All that this process logs while it is open, details included.
public final class LogLines extends Handler implements AutoCloseable {
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Logger root = Logger.getLogger("");
    private final Logger ours = Logger.getLogger("dev.sluice");
    private final Logger access = Logger.getLogger("dev.sluice.access");
    private final Level before = ours.getLevel();
    private final Level accessBefore = access.getLevel();

    /// Begins to listen.
    public LogLines() {
        ours.setLevel(Level.ALL);
        access.setLevel(Level.ALL); // other tests silence it for the whole process
        setLevel(Level.ALL);
        root.addHandler(this);
    }

    /// Returns every message with what was thrown.
    public List<String> all() {
        return records.stream()
                .map(each -> each.getMessage() + " " + each.getThrown())
                .toList();
    }

    /// Returns the lines of the access log.
    public List<String> accesses() {
        return records.stream()
                .filter(each -> String.valueOf(each.getLoggerName()).equals("dev.sluice.access"))
                .map(LogRecord::getMessage)
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
        ours.setLevel(before);
        access.setLevel(accessBefore);
    }
}
