package dev.sluice.ui.fx;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javafx.collections.ListChangeListener;
import javafx.css.CssParser;

/// Collects what JavaFX complains of while it is open: style sheets it cannot follow, exceptions nobody caught.
public final class Complaints implements AutoCloseable {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("javafx");
    private final Thread.UncaughtExceptionHandler before =
            Toolkit.on(() -> Thread.currentThread().getUncaughtExceptionHandler());
    private final ListChangeListener<CssParser.ParseError> parsing = change -> {
        while (change.next()) {
            change.getAddedSubList().forEach(error -> heard.add(error.toString()));
        }
    };
    private final Handler logging = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                heard.add(line.getLoggerName() + ": " + line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /// Begins to listen.
    public Complaints() {
        logger.addHandler(logging);
        Toolkit.run(() -> {
            CssParser.errorsProperty().addListener(parsing);
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> heard.add("uncaught: " + e));
        });
    }

    /// Returns what was heard.
    public List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        logger.removeHandler(logging);
        Toolkit.run(() -> {
            CssParser.errorsProperty().removeListener(parsing);
            Thread.currentThread().setUncaughtExceptionHandler(before);
        });
    }
}
