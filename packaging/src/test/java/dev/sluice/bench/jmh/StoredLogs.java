package dev.sluice.bench.jmh;

import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.coalesce.FlightLogs;
import dev.sluice.service.coalesce.Work;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.Retention;
import dev.sluice.service.replay.Wakeups;
import dev.sluice.service.session.Kind;
import dev.sluice.service.session.NewSession;
import dev.sluice.service.session.Outcome;
import dev.sluice.service.session.SessionPolicy;
import dev.sluice.service.session.Sessions;
import dev.sluice.service.store.DataDirectory;
import dev.sluice.service.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Logs that are chat sessions in a database of their own, in a temporary directory, as the service stores them.
final class StoredLogs implements FlightLogs<String>, AutoCloseable {
    private final Path path = temporary();
    private final DataDirectory directory = DataDirectory.open(path);
    private final Database database = Database.open(directory);
    private final Wakeups wakeups = Wakeups.start();
    private final Sessions sessions = Sessions.open(database, wakeups, InstantSource.system(), SessionPolicy.DEFAULT);

    Wakeups wakeups() {
        return wakeups;
    }

    @Override
    public EventLog open(String id, Work<String> work, Retention retention) {
        return open(id, retention);
    }

    /// Begins a log that is stored as it grows.
    EventLog open(String id, Retention retention) {
        return sessions.beginBeside(
                new NewSession(id, Kind.CHAT, "acme", Instant.now(), null, "ann", "thread", id, "mock", "mock-1", true),
                retention);
    }

    @Override
    public void ending(String id, @Nullable FlightException failure) {
        sessions.ending(id, failure == null ? Outcome.COMPLETED : Outcome.FAILED);
    }

    @Override
    public void close() {
        sessions.close();
        wakeups.close();
        database.close();
        directory.close();
        delete();
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path, e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("sluice-jmh");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory", e);
        }
    }
}
