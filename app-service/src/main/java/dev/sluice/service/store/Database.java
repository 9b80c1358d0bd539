package dev.sluice.service.store;

import dev.sluice.service.store.StoreUnavailableException.Reason;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The SQLite database: one writer thread with group commit, a thread that copies its log into the
/// database, a few reader threads, callers that only wait.
///
/// SQLite's native calls hold their carrier thread, so none of them runs on a virtual thread.
/// Thread-safe.
public final class Database implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Database.class.getName());
    private static final Executor ON_VIRTUAL_THREAD =
            task -> Thread.ofVirtual().name("store-answer").start(task);

    private final Path file;
    private final DatabaseOptions options;
    private final SubmissionQueue writes;
    private final SubmissionQueue reads;
    private final GroupWriter writer;
    private final ReaderPool readers;
    private final Checkpoints checkpoints;

    private Database(Path file, DatabaseOptions options, Slot slot) {
        this.file = file;
        this.options = options;
        this.writes = new SubmissionQueue(options.queueCapacity());
        this.reads = new SubmissionQueue(options.queueCapacity());
        this.writer = new GroupWriter(writes, slot, options);
        this.readers = new ReaderPool(reads, file, options);
        this.checkpoints = new Checkpoints(writer, Slot.writing(file, options), options);
    }

    /// Loads SQLite's native code and its driver, which the first [#open] would do. Takes a good part of
    /// a start: a thread with nothing else to do may do it beforehand.
    ///
    /// @throws StoreUnavailableException if there is none for this machine
    public static void load() {
        try (var _ = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            LOG.log(Level.DEBUG, "event=driver_loaded");
        } catch (SQLException e) {
            throw new StoreUnavailableException(Reason.IO, "cannot load SQLite's native code: " + e, e);
        }
    }

    /// Opens the database of a data directory as the service uses it.
    public static Database open(DataDirectory directory) {
        return open(directory.databaseFile(), DatabaseOptions.defaults());
    }

    /// Opens a database, creates it if it is not there (mode 0600), and migrates it to this release.
    ///
    /// @throws NewerDatabaseException if a newer release wrote it
    /// @throws StoreUnavailableException if it cannot be opened or written
    public static Database open(Path file, DatabaseOptions options) {
        return open(file, options, slot -> {
            createPrivate(file);
            Migrations.apply(slot, file, options.clock().instant());
        });
    }

    /// Opens the database of a data directory that a service may be using at this moment.
    ///
    /// The lock of a data directory keeps two services apart; it is not needed for a short transaction,
    /// since SQLite's own locks order the transactions of several processes. So this takes the lock for a
    /// moment only, to create a database or bring one to this release: no service may be running then. A
    /// current database is opened as it is.
    ///
    /// @throws DataDirectoryInUseException if the running service is of an older release
    /// @throws NewerDatabaseException if a newer release wrote it
    /// @throws StoreUnavailableException if it cannot be opened or written
    public static Database share(Path directory, DatabaseOptions options) {
        var file = DataDirectory.databaseFile(directory);
        if (!Files.exists(file) || version(file, options) < Migrations.newest()) {
            try (var held = DataDirectory.open(directory)) {
                open(held).close();
            }
        }
        return open(file, options, slot -> {});
    }

    /// Returns the schema version of a database, changing nothing; 0 if no release of ours wrote it.
    ///
    /// @throws NewerDatabaseException if a newer release wrote it
    /// @throws StoreUnavailableException if it cannot be read
    public static long version(Path file, DatabaseOptions options) {
        try (var slot = Slot.reading(file, options.busyTimeout())) {
            return Migrations.found(slot, file);
        } catch (NewerDatabaseException | StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StoreUnavailableException(Reason.IO, "cannot read the database " + file + ": " + e, e);
        }
    }

    /// Returns the schema version of this release.
    public static long newestVersion() {
        return Migrations.newest();
    }

    private static Database open(Path file, DatabaseOptions options, Preparation preparation) {
        var slot = Slot.writing(file, options);
        try {
            preparation.prepare(slot);
        } catch (NewerDatabaseException | StoreUnavailableException | IllegalArgumentException e) {
            slot.close();
            throw e;
        } catch (IOException | RuntimeException e) {
            slot.close();
            throw new StoreUnavailableException(Reason.IO, "cannot open the database " + file + ": " + e, e);
        }
        var database = new Database(file, options, slot);
        database.writer.start();
        database.readers.start();
        database.checkpoints.start();
        return database;
    }

    /// Runs a unit and returns once it is durable.
    ///
    /// @param what names the unit in messages, `store turn`; no personal data
    /// @throws StoreUnavailableException if it was not committed: disk full, locked, closed, queue full
    /// @throws OutcomeUnknownException if the caller was interrupted while it waited
    /// @throws RuntimeException what the unit itself threw; it was undone
    public <T extends @Nullable Object> T write(String what, Unit<T> unit) {
        return await(submitWrite(what, unit, Runnable::run), e -> new OutcomeUnknownException(what, e));
    }

    /// Runs a unit; the future completes, on a virtual thread, once it is durable or failed as [#write]
    /// would. Cancelling the future does not withdraw the unit.
    ///
    /// @throws StoreUnavailableException if the queue is full or the database closed
    public <T extends @Nullable Object> CompletableFuture<T> writeAsync(String what, Unit<T> unit) {
        return submitWrite(what, unit, ON_VIRTUAL_THREAD);
    }

    /// Runs a query on one snapshot of what is committed and returns its answer; no transaction outlives
    /// the call.
    ///
    /// @throws StoreUnavailableException if it could not be run, or the caller was interrupted
    public <T extends @Nullable Object> T read(Unit<T> query) {
        requireForeignThread("read");
        var future = new CompletableFuture<T>();
        reads.add(new Submission<>("a query", query, future, Runnable::run));
        return await(future, e -> new StoreUnavailableException(Reason.INTERRUPTED, "interrupted while reading", e));
    }

    /// Returns what the writer did so far.
    public StoreStats stats() {
        return writer.stats();
    }

    /// Returns whether the disk took the last write. While it did not, the writer asks it every second by
    /// itself.
    public boolean healthy() {
        return writer.healthy();
    }

    /// Returns the last time the disk refused a write, healthy again or not.
    public Optional<StoreFailure> lastFailure() {
        return writer.lastFailure();
    }

    /// Returns how often the disk refused a write since the database was opened.
    public long refusals() {
        return writer.refusals();
    }

    /// Finishes what is queued, empties the write-ahead log into the database and releases the files.
    /// Waits at most the close timeout; later calls have no effect.
    @Override
    public void close() {
        requireForeignThread("close");
        reads.close(readers.size());
        writes.close(1);
        boolean done = false;
        try {
            // SQLite empties the log when the last connection leaves
            boolean checked = checkpoints.stop(options.closeTimeout());
            boolean read = readers.join(options.closeTimeout());
            boolean written = writer.join(options.closeTimeout());
            done = checked && read && written;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        GroupWriter.refuse(writes.drain());
        GroupWriter.refuse(reads.drain());
        if (!done) {
            LOG.log(Level.ERROR, "event=store-close-incomplete file=" + file + " timeout=" + options.closeTimeout());
        }
    }

    private <T extends @Nullable Object> CompletableFuture<T> submitWrite(
            String what, Unit<T> unit, Executor delivery) {
        requireForeignThread("write");
        var future = new CompletableFuture<T>();
        writes.add(new Submission<>(what, unit, future, delivery));
        return future;
    }

    private void requireForeignThread(String operation) {
        if (writer.isCurrentThread() || readers.isCurrentThread()) {
            throw new IllegalStateException("a unit may not call " + operation + " on the database that runs it");
        }
    }

    private static <T extends @Nullable Object> T await(
            CompletableFuture<T> future, Function<InterruptedException, RuntimeException> interrupted) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted.apply(e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException own -> throw own;
                case Error own -> throw own;
                case null, default -> throw new IllegalStateException("a unit failed", e);
            }
        }
    }

    // SQLite gives its -wal and -shm files the mode of the database
    private static void createPrivate(Path file) throws IOException {
        var owner = PosixFilePermissions.fromString("rw-------");
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (!Files.exists(file) && view != null) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
        } else if (view != null) {
            view.setPermissions(owner);
        }
    }

    /// What is done to a database before it is used.
    private interface Preparation {
        void prepare(Slot slot) throws IOException;
    }
}
