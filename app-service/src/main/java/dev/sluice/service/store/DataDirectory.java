package dev.sluice.service.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The directory that holds everything a service keeps: created and kept at mode 0700, and locked, so that two
/// services never share it. Thread-safe.
public final class DataDirectory implements AutoCloseable {
    private static final String LOCK = "service.lock";
    private static final String DESCRIPTION = "service.json";
    private static final String DATABASE = "sluice.db";
    private static final String PRIVATE_DIRECTORY = "rwx------";
    private static final String PRIVATE_FILE = "rw-------";

    // POSIX drops a process's lock when any of its descriptors for the file is closed, so this process must not
    // even
    // open the lock file of a directory it holds. The lock is the process's, and so is this register of it.
    private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Opens a data directory, creates it if it is not there, tightens its mode if others may look into it.
    ///
    /// @throws DataDirectoryInUseException if a service, in this process or another, holds it
    /// @throws UncheckedIOException if it cannot be created, read, written or locked, or is no directory
    public static DataDirectory open(Path directory) {
        try {
            var path = privateDirectory(directory);
            if (!HELD_BY_THIS_PROCESS.add(path)) {
                throw new DataDirectoryInUseException(path, holder(path));
            }
            try {
                return new DataDirectory(path, lock(path));
            } catch (IOException | RuntimeException e) {
                HELD_BY_THIS_PROCESS.remove(path);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot use the data directory %s (%s): it must be a directory that this user may write; set SLUICE_HOME to choose another"
                            .formatted(directory, e),
                    e);
        }
    }

    /// Returns the directory, absolute and with links resolved.
    public Path path() {
        return path;
    }

    /// Returns where the database is.
    public Path databaseFile() {
        return databaseFile(path);
    }

    /// Returns where the database of a data directory is or would be, held or not.
    public static Path databaseFile(Path directory) {
        return directory.resolve(DATABASE);
    }

    /// Returns what is known of the service that holds a data directory, changing nothing; empty if none
    /// does.
    ///
    /// @throws UncheckedIOException if that cannot be found out
    public static Optional<String> holderOf(Path directory) {
        var lock = directory.resolve(LOCK);
        if (!Files.exists(lock)) {
            return Optional.empty();
        }
        try {
            var path = directory.toRealPath();
            var known = Optional.ofNullable(holder(path)).or(() -> Optional.of(""));
            if (HELD_BY_THIS_PROCESS.contains(path)) {
                return known;
            }
            try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                    var free = channel.tryLock()) {
                return free == null ? known : Optional.empty();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at the lock of " + directory, e);
        }
    }

    /// Returns where the file `name` is or would be.
    ///
    /// @throws IllegalArgumentException if `name` is not a plain file name
    public Path resolve(String name) {
        var plain = Path.of(name).getFileName();
        if (plain == null
                || name.isEmpty()
                || !plain.toString().equals(name)
                || name.equals(".")
                || name.equals("..")) {
            throw new IllegalArgumentException("not a plain file name: " + name);
        }
        return path.resolve(name);
    }

    /// Writes a file of mode 0600, whole or not at all: readers see the old content or the new, after a crash too.
    ///
    /// @throws UncheckedIOException if the disk does not take it; the old content is still there
    public void writePrivate(String name, byte[] bytes) {
        var target = resolve(name);
        try {
            var draft = Files.createTempFile(path, "." + name, ".tmp", attributes(path, PRIVATE_FILE));
            try {
                try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                    var buffer = ByteBuffer.wrap(bytes);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                    channel.force(true);
                }
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
            forceDirectory();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target, e);
        }
    }

    /// Releases the lock; later calls have no effect. The lock file stays, since removing it would let two
    /// services
    /// lock two files of one name.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the lock of " + path, e);
        } finally {
            HELD_BY_THIS_PROCESS.remove(path);
        }
    }

    // a rename is durable once the directory is; Windows can neither open one nor needs it
    private void forceDirectory() throws IOException {
        if (posix(path)) {
            try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static Path privateDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            var parent = Objects.requireNonNull(directory.toAbsolutePath().getParent(), "the root is a directory");
            Files.createDirectories(parent);
            try {
                Files.createDirectory(directory, attributes(parent, PRIVATE_DIRECTORY));
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(directory)) {
                    throw e;
                }
            }
        }
        var path = directory.toRealPath();
        var mode = PosixFilePermissions.fromString(PRIVATE_DIRECTORY);
        if (posix(path) && !Files.getPosixFilePermissions(path).equals(mode)) {
            Files.setPosixFilePermissions(path, mode);
        }
        return path;
    }

    private static FileChannel lock(Path path) throws IOException {
        var file = path.resolve(LOCK);
        var channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), attributes(path, PRIVATE_FILE));
        try {
            if (channel.tryLock() == null) {
                throw new DataDirectoryInUseException(path, holder(path));
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean posix(Path existing) {
        return Files.getFileAttributeView(existing, PosixFileAttributeView.class) != null;
    }

    private static FileAttribute<?>[] attributes(Path parent, String mode) {
        return posix(parent)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static @Nullable String holder(Path path) {
        JsonNode description;
        try {
            description = Json.mapper().readTree(path.resolve(DESCRIPTION).toFile());
        } catch (IOException _) {
            // it only makes the message better
            return null;
        }
        var url = description.path("url").asText("");
        var pid = description.path("pid").asText("");
        var known = (url.isEmpty() ? "" : "url=" + url) + (pid.isEmpty() ? "" : " pid=" + pid);
        return known.isEmpty() ? null : known.strip();
    }
}
