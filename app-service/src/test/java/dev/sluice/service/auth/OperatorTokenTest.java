package dev.sluice.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.service.SetClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OperatorTokenTest {
    @TempDir
    private Path directory;

    private final MemoryTokens tokens = new MemoryTokens();
    private final SetClock clock = new SetClock();
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("operator.token");
    }

    @Test
    void firstStartMakesAToken() throws IOException {
        TokenRow row = ensure();

        assertThat(row.role()).isEqualTo("operator");
        assertThat(row.owner()).isEqualTo("ann");
        assertThat(row.org()).isNull();
        assertThat(row.expiresAt()).isNull();
        assertThat(Files.readString(file)).matches("slc_[A-Za-z0-9_-]{43}\n");
        assertThat(tokens.findBySha256(FreshToken.sha256(text()))).contains(row);
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void laterStartsKeepIt() throws IOException {
        TokenRow first = ensure();
        String text = text();

        assertThat(ensure()).isEqualTo(first);

        assertThat(text()).isEqualTo(text);
        assertThat(tokens.list()).hasSize(1);
    }

    @Test
    @DisplayName("X2 nobody but its owner may read the file")
    void fileIsForItsOwner() throws IOException {
        assumeTrue(posix(), "this file system knows no modes");

        ensure();

        assertThat(mode()).isEqualTo("rw-------");
    }

    @Test
    @DisplayName("X2 a file that others may read is closed to them")
    void openFileIsClosed() throws IOException {
        assumeTrue(posix(), "this file system knows no modes");
        TokenRow first = ensure();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(ensure()).isEqualTo(first);

        assertThat(mode()).isEqualTo("rw-------");
    }

    @Test
    @DisplayName("X2 a file that others may read is closed to them also when its token is replaced")
    void openFileIsReplaced() throws IOException {
        assumeTrue(posix(), "this file system knows no modes");
        Files.writeString(file, "nonsense");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        ensure();

        assertThat(mode()).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "nonsense", "slc_unknown", "\u0000\u00ff"})
    void fileThatIsNoTokenIsReplaced(String content) throws IOException {
        Files.writeString(file, content);

        TokenRow row = ensure();

        assertThat(tokens.findBySha256(FreshToken.sha256(text()))).contains(row);
    }

    @Test
    void hugeFileIsReplacedUnread() throws IOException {
        Files.write(file, new byte[1 << 20]);

        ensure();

        assertThat(Files.size(file)).isLessThan(100);
    }

    @Test
    void tokenOfAnotherDatabaseIsReplaced() throws IOException {
        OperatorToken.ensure(file, new MemoryTokens(), "ann", clock, new SecureRandom());
        String other = text();

        ensure();

        assertThat(text()).isNotEqualTo(other);
    }

    @Test
    void revokedTokenIsReplacedAndStaysRevoked() throws IOException {
        TokenRow first = ensure();
        tokens.revokeAll(clock.instant());

        TokenRow second = ensure();

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(tokens.list()).hasSize(2);
        assertThat(tokens.list().getFirst().revokedAt()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "admin", "viewer"})
    void tokenOfAnotherRoleIsReplaced(String role) throws IOException {
        Files.writeString(file, tokens.issue(Role.parse(role).orElseThrow(), null));

        assertThat(ensure().role()).isEqualTo("operator");
    }

    @Test
    void whatACrashLeftIsNoObstacle() throws IOException {
        Files.writeString(directory.resolve("operator.token.new"), "half");

        ensure();

        assertThat(text()).startsWith("slc_");
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    @DisplayName("X2 a failure names the file, not the token")
    void failureNamesTheFile() throws IOException {
        Path nowhere = directory.resolve("missing").resolve("operator.token");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> OperatorToken.ensure(nowhere, tokens, "ann", clock, new SecureRandom()))
                .withMessageContaining(nowhere.toString())
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("slc_"));
    }

    private TokenRow ensure() {
        return OperatorToken.ensure(file, tokens, "ann", clock, new SecureRandom());
    }

    private String text() throws IOException {
        return Files.readString(file).strip();
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private boolean posix() throws IOException {
        return Files.getFileStore(directory).supportsFileAttributeView("posix");
    }
}
