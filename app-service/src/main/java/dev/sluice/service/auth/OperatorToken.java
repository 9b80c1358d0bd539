package dev.sluice.service.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// The token that the bundled console reads from the data directory.
public final class OperatorToken {
    /// Longest file that is looked at; a token is far shorter.
    private static final int MAX_FILE_BYTES = 1024;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private OperatorToken() {}

    /// Sees to it that `file` holds a token that works, and returns its row.
    ///
    /// A file that is missing, unreadable as a token, or whose token this store does not know gets a new one; no
    /// token is revoked. The file is only for its owner (0600 where the file system knows modes) and replaced
    /// whole.
    ///
    /// @param owner whose token a new one is, see `owner()`
    /// @throws UncheckedIOException if the file can be neither read nor written
    public static TokenRow ensure(Path file, TokenStore tokens, String owner) {
        return ensure(file, tokens, owner, InstantSource.system(), new SecureRandom());
    }

    static TokenRow ensure(Path file, TokenStore tokens, String owner, InstantSource clock, SecureRandom random) {
        try {
            var known = read(file)
                    .flatMap(text -> tokens.findBySha256(FreshToken.sha256(text)))
                    .filter(row -> row.worksAt(clock.instant()) && row.role().equals(Role.OPERATOR.wireName()));
            if (known.isPresent()) {
                restrict(file);
                return known.get();
            }
            var fresh = FreshToken.make(random, owner, Role.OPERATOR, null, clock.instant(), null);
            tokens.insert(fresh.row());
            write(file, fresh.text());
            return fresh.row();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the operator token in " + file, e);
        }
    }

    /// Returns the owner of a token made at start: the person whose account runs the service.
    public static String owner() {
        return "operator@" + OsUser.name();
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                return Optional.empty();
            }
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void write(Path file, String text) throws IOException {
        var target = file.toAbsolutePath();
        var draft = target.resolveSibling(target.getFileName() + ".new");
        Files.deleteIfExists(draft);
        try (var channel =
                FileChannel.open(draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
            var bytes = StandardCharsets.US_ASCII.encode(text + "\n");
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Takes from others what a copy or a restored backup may have given them.
    private static void restrict(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && !view.readAttributes().permissions().equals(OWNER_ONLY)) {
            view.setPermissions(OWNER_ONLY);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }
}
